import { openLintPanel } from '@codemirror/lint';
import { theEditor } from './editor.ts';

/** Lists what is wrong below the text, each with its fixes; Escape closes the list. */
export function listProblems(): void {
  const view = theEditor();
  if (view === undefined) return;
  openLintPanel(view);
}
