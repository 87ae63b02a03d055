import type { HttpResponse } from '../../contract/http-response.ts';
import { unreadableBody } from '../../http/send/unreadable-body-error.ts';
import { component } from '../../language/component.ts';
import { parseJson } from '../../util/json/parse-json.ts';
import { readText } from './read-text.ts';

/** Reads a response in which every line is a JSON document. In an ignored one, other lines are skipped with a warning. */
export const JsonlDecoder = component({
  family: 'Decoder',
  type: 'JsonlDecoder',
  doc: 'Reads a response in which every line is a JSON document.',
  fields: () => ({}),
  traits: () => ({ readsOnce: true, reads: { kind: 'JSON lines' } }),
  make(_fields, scope) {
    return Object.freeze({
      isStreaming: true,
      async *decode(response: HttpResponse) {
        let lineNumber = 0;
        for await (const lines of readLines(response)) {
          const documents: unknown[] = [];
          for (const line of lines) {
            lineNumber++;
            if (line.trim() === '') continue;
            try {
              documents.push(parseJson(line));
            } catch (error) {
              if (!(error instanceof SyntaxError)) throw error;
              if (!response.ignored) {
                throw unreadableBody(response, `JSON Lines (line ${lineNumber})`, line.slice(0, 1000), error);
              }
              scope.sync.log(
                'WARN',
                `Line ${lineNumber} of a JSON Lines response is not JSON and is skipped.`,
              );
            }
          }
          if (documents.length > 0) yield documents;
        }
      },
    });
  },
});

/** Lines end with `\n` only; any other line break may occur between the tokens of a JSON document. */
async function* readLines(response: HttpResponse): AsyncGenerator<string[]> {
  // The pieces of a long line are joined once.
  let pending: string[] = [];
  for await (const text of readText(response, 'JSON Lines')) {
    const lines = text.split('\n');
    if (lines.length === 1) {
      pending.push(text);
      continue;
    }
    lines[0] = pending.join('') + lines[0];
    pending = [lines.pop() as string];
    yield lines;
  }
  const last = pending.join('');
  if (last !== '') yield [last];
}
