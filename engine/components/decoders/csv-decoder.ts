import * as z from 'zod';
import type { HttpResponse } from '../../contract/http-response.ts';
import { component } from '../../language/component.ts';
import { character } from '../../language/field-types/character.ts';
import { encoding } from '../../language/field-types/encoding.ts';
import { readCsv } from '../../util/bytes/csv-reader.ts';
import type { JsonObject } from '../../util/json/json.ts';
import { setField } from '../../util/json/set-field.ts';
import { createPythonTextDecoder, decodeChunks } from '../../util/python/python-text-decoder.ts';

/**
 * Reads CSV with a header line; every value is text. The missing values of a short row are null, and the surplus of a
 * long row is a list under the key "null", which is what Python's DictReader and JSON writer make of it.
 */
export const CsvDecoder = component({
  family: 'Decoder',
  type: 'CsvDecoder',
  doc: 'Reads a response as CSV whose first line names the fields.',
  fields: () => ({
    encoding: encoding().default('utf-8').describe('Encoding of the text, by its Python name.'),
    delimiter: character().default(',').describe('The character between two values; "\\t" is a tab.'),
    set_values_to_none: z.array(z.string()).optional().describe('Values that become null.'),
  }),
  traits: () => ({ readsOnce: true }),
  make({ encoding: name, delimiter, set_values_to_none }) {
    const separator = delimiter || ',';
    const nulls = new Set(set_values_to_none);
    return Object.freeze({
      isStreaming: true,
      async *decode(response: HttpResponse) {
        let header: readonly string[] | undefined;
        for await (const rows of readCsv(
          decodeChunks(response.stream(), createPythonTextDecoder(name)),
          separator,
        )) {
          header ??= rows.shift() as string[];
          const names = header;
          if (rows.length > 0) yield rows.map((row) => toDocument(names, row, nulls));
        }
      },
    });
  },
});

function toDocument(
  names: readonly string[],
  row: readonly string[],
  nulls: ReadonlySet<string>,
): JsonObject {
  const document: JsonObject = {};
  for (let index = 0; index < names.length; index++) {
    const value = row[index];
    setField(document, names[index] as string, value === undefined || nulls.has(value) ? null : value);
  }
  if (row.length > names.length) document.null = row.slice(names.length);
  return document;
}
