import type { HttpResponse } from '../../contract/http-response.ts';
import type { LinePiece } from '../../contract/records.ts';
import { unreadableBody } from '../../http/send/unreadable-body-error.ts';
import { component } from '../../language/component.ts';
import { parseJson } from '../../util/json/parse-json.ts';
import { linePieces } from './line-pieces.ts';

/** Reads a response in which every line is a JSON document. In an ignored one, other lines are skipped with a warning. */
export const JsonlDecoder = component({
  family: 'Decoder',
  type: 'JsonlDecoder',
  doc: 'Reads a response in which every line is a JSON document.',
  fields: () => ({}),
  traits: () => ({ readsOnce: true, reads: { kind: 'JSON lines' } }),
  make(_fields, scope) {
    function pieces(response: HttpResponse): AsyncIterable<LinePiece> {
      return linePieces(response, scope.sync.held.record, (lines, before) => {
        const documents: unknown[] = [];
        for (const [index, line] of lines.entries()) {
          if (line.trim() === '') continue;
          const lineNumber = before + index + 1;
          try {
            const document = parseJson(line);
            if (typeof document !== 'object' || document === null)
              throw new SyntaxError('It is neither an object nor a list.');
            documents.push(document);
          } catch (error) {
            if (!(error instanceof SyntaxError)) throw error;
            if (!response.ignored) {
              throw unreadableBody(response, `JSON Lines (line ${lineNumber})`, line.slice(0, 1000), error);
            }
            scope.sync.log(
              'WARN',
              `Line ${lineNumber} of a JSON Lines response is no JSON object and is skipped.`,
            );
          }
        }
        return documents;
      });
    }

    return Object.freeze({
      isStreaming: true,
      pieces,
      async *decode(response: HttpResponse) {
        for await (const piece of pieces(response)) {
          const documents = piece.documents();
          if (documents.length > 0) yield documents;
        }
      },
    });
  },
});
