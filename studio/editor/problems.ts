import { nextDiagnostic } from '@codemirror/lint';
import { theEditor } from './editor.ts';

/** To the next thing that is wrong. */
export function jumpToProblem(): void {
  const view = theEditor();
  if (view === undefined) return;
  view.focus();
  nextDiagnostic(view);
}
