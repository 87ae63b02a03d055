import * as z from 'zod';
import type { HttpResponse } from '../../contract/http-response.ts';
import { ConnectorError } from '../../error/connector-error.ts';
import { component } from '../../language/component.ts';
import { encoding } from '../../language/field-types/encoding.ts';
import { createJsonItemScanner } from '../../util/json/json-items.ts';
import { createPythonTextDecoder, decodeChunks } from '../../util/python/python-text-decoder.ts';

/** Reads the items of one array of a JSON document as it arrives; only one item is in memory at a time. */
export const JsonItemsDecoder = component({
  family: 'Decoder',
  type: 'JsonItemsDecoder',
  doc: 'Reads the items of one array inside a JSON document, without holding the document.',
  fields: () => ({
    items_path: z.string().min(1).describe('Path of the array, its keys joined by dots.'),
    encoding: encoding().default('utf-8').describe('Encoding of the text, by its Python name.'),
  }),
  traits: () => ({ readsOnce: true }),
  make({ items_path, encoding: name }) {
    return Object.freeze({
      isStreaming: true,
      async *decode(response: HttpResponse) {
        const scanner = createJsonItemScanner(items_path);
        try {
          for await (const text of decodeChunks(response.stream(), createPythonTextDecoder(name))) {
            const items = scanner.push(text);
            if (items.length > 0) yield items;
          }
          scanner.end();
        } catch (error) {
          if (!(error instanceof SyntaxError)) throw error;
          throw new ConnectorError(`The response cannot be read as JSON: ${error.message}`, { cause: error });
        }
      },
    });
  },
});
