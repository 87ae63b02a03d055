import type { HttpResponse } from '../../contract/http-response.ts';
import { component } from '../../language/component.ts';
import { parseJson } from '../../util/json/parse-json.ts';
import { createPythonTextDecoder, decodeChunks } from '../../util/python/python-text-decoder.ts';

/** Reads a response in which every line is a JSON document. Other lines are skipped with a warning. */
export const JsonlDecoder = component({
  family: 'Decoder',
  type: 'JsonlDecoder',
  doc: 'Reads a response in which every line is a JSON document.',
  fields: () => ({}),
  traits: () => ({ readsOnce: true }),
  make(_fields, scope) {
    return Object.freeze({
      isStreaming: true,
      async *decode(response: HttpResponse) {
        let lineNumber = 0;
        for await (const lines of readLines(response.stream())) {
          const documents: unknown[] = [];
          for (const line of lines) {
            lineNumber++;
            if (line.trim() === '') continue;
            try {
              documents.push(parseJson(line));
            } catch (error) {
              if (!(error instanceof SyntaxError)) throw error;
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
async function* readLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string[]> {
  let pending = '';
  for await (const text of decodeChunks(chunks, createPythonTextDecoder())) {
    const lines = text.split('\n');
    lines[0] = pending + lines[0];
    pending = lines.pop() as string;
    yield lines;
  }
  if (pending !== '') yield [pending];
}
