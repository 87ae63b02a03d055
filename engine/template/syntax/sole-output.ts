import type { Expression } from './ast.ts';
import { templateBody } from './template-body.ts';

/** What a text puts out that is one `{{ … }}` and nothing else; undefined for every other text. */
export function soleOutput(text: string): Expression | undefined {
  const [part, ...more] = templateBody(text.trim()) ?? [];
  return part?.type === 'output' && more.length === 0 ? part.value : undefined;
}
