import * as z from 'zod';
import type { HttpResponse } from '../../contract/http-response.ts';
import { errorInstead, errorSaidIn } from '../../http/send/error-body.ts';
import { unexpectedBody, unreadableBody } from '../../http/send/unreadable-body-error.ts';
import { recordTooLong } from '../../http/wire/body.ts';
import { component } from '../../language/component.ts';
import { encoding } from '../../language/field-types/encoding.ts';
import { fieldOf } from '../../manifest/node.ts';
import { RecordTooLongError } from '../../util/bytes/record-too-long.ts';
import { createJsonItemScanner } from '../../util/json/json-items.ts';
import { parseJson } from '../../util/json/parse-json.ts';
import { readText } from './read-text.ts';

/** More characters than an API needs to say that something went wrong. */
const longestError = 65_536;

/** Reads the items of one array of a JSON document as it arrives; only one item is in memory at a time. */
export const JsonItemsDecoder = component({
  family: 'Decoder',
  type: 'JsonItemsDecoder',
  doc: 'Reads the items of one array inside a JSON document, without holding the document.',
  fields: () => ({
    items_path: z.string().min(1).describe('Path of the array, its keys joined by dots.'),
    encoding: encoding().default('utf-8').describe('Encoding of the text, by its Python name.'),
  }),
  traits: () => ({ readsOnce: true, reads: { kind: 'JSON' } }),
  make({ items_path, encoding: name }, scope) {
    const isNamed = fieldOf(scope.node, 'encoding') !== undefined;
    return Object.freeze({
      isStreaming: true,
      async *decode(response: HttpResponse) {
        const scanner = createJsonItemScanner(items_path, scope.sync.held.record);
        let beginning = '';
        try {
          for await (const text of readText(response, 'JSON', isNamed ? name : undefined)) {
            const items = scanner.push(text);
            if (!scanner.hasFound() && beginning.length <= longestError) beginning += text;
            if (items.length > 0) yield items;
          }
          scanner.end();
          if (!scanner.hasFound() && beginning.length <= longestError) refuseError(response, beginning);
        } catch (error) {
          if (error instanceof RecordTooLongError)
            throw recordTooLong(response.url, `after ${error.before} items of "${items_path}"`, error.limit);
          if (!(error instanceof SyntaxError)) throw error;
          throw unreadableBody(response, 'JSON', error.message, error);
        }
      },
    });
  },
});

/** A document without the array may say why. */
function refuseError(response: HttpResponse, text: string): void {
  if (response.ignored || response.isMeant === true) return;
  const said = errorSaidIn(parseJson(text));
  if (said !== undefined) throw unexpectedBody(response, errorInstead, said);
}
