import * as z from 'zod';
import type { HttpResponse } from '../../contract/http-response.ts';
import { unreadableBody } from '../../http/send/unreadable-body-error.ts';
import { recordTooLong } from '../../http/wire/body.ts';
import { component } from '../../language/component.ts';
import { character } from '../../language/field-types/character.ts';
import { encoding } from '../../language/field-types/encoding.ts';
import { fieldOf } from '../../manifest/node.ts';
import { readCsv } from '../../util/bytes/csv-reader.ts';
import { RecordTooLongError } from '../../util/bytes/record-too-long.ts';
import type { JsonObject } from '../../util/json/json.ts';
import { setField } from '../../util/json/set-field.ts';
import { readText } from './read-text.ts';

/**
 * Reads CSV with a header line; every value is text. The missing values of a short row are null, and the surplus of a
 * long row is a list under the key "null", which is what Python's DictReader and JSON writer make of it.
 */
export const CsvDecoder = component({
  family: 'Decoder',
  type: 'CsvDecoder',
  doc: 'Reads a response as CSV whose first line names the fields.',
  fields: () => ({
    encoding: encoding()
      .default('utf-8')
      .describe('Encoding of the text, by its Python name; without it the charset of the response counts.'),
    delimiter: character().default(',').describe('The character between two values; "\\t" is a tab.'),
    set_values_to_none: z.array(z.string()).optional().describe('Values that become null.'),
  }),
  traits: ({ delimiter }) => ({ readsOnce: true, reads: { kind: 'CSV', delimiter: delimiter || ',' } }),
  make({ encoding: name, delimiter, set_values_to_none }, scope) {
    const separator = delimiter || ',';
    const isNamed = fieldOf(scope.node, 'encoding') !== undefined;
    const nulls = new Set(set_values_to_none);
    return Object.freeze({
      isStreaming: true,
      async *decode(response: HttpResponse) {
        let header: readonly string[] | undefined;
        const text = readText(response, 'CSV', isNamed ? name : undefined);
        const options = { mustClose: !response.ignored, longest: scope.sync.held.record };
        try {
          for await (const rows of readCsv(text, separator, options)) {
            header ??= rows.shift() as string[];
            const names = header;
            if (rows.length > 0) yield rows.map((row) => toDocument(names, row, nulls));
          }
        } catch (error) {
          if (error instanceof RecordTooLongError)
            throw recordTooLong(
              response.url,
              `row ${error.before + 1} of the CSV, whose quote may never be closed`,
              error.limit,
            );
          if (!(error instanceof SyntaxError)) throw error;
          throw unreadableBody(response, 'CSV', error.message, error);
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
