import * as z from 'zod';
import type { HttpResponse } from '../../contract/http-response.ts';
import type { Scope } from '../../contract/scope.ts';
import { ConnectorError } from '../../error/connector-error.ts';
import { component } from '../../language/component.ts';
import { unescapePython } from '../../template/syntax/string-escapes.ts';
import { readCsv } from '../../util/bytes/csv-reader.ts';
import type { JsonObject } from '../../util/json/json.ts';
import { setField } from '../../util/json/set-field.ts';
import { decodeChunks } from '../../util/python/python-text-decoder.ts';
import { createTextDecoder } from './text-decoder.ts';

/**
 * Reads CSV with a header line; every value is text. The missing values of a short row are null, and the surplus of a
 * long row is a list under the key "null", which is what Python's DictReader and JSON writer make of it.
 */
export const CsvDecoder = component({
  family: 'Decoder',
  type: 'CsvDecoder',
  doc: 'Reads a response as CSV whose first line names the fields.',
  fields: () => ({
    encoding: z.string().default('utf-8').describe('Encoding of the text, by its Python name.'),
    delimiter: z.string().default(',').describe('The character between two values; "\\t" is a tab.'),
    set_values_to_none: z.array(z.string()).optional().describe('Values that become null.'),
  }),
  make({ encoding, delimiter, set_values_to_none }, scope) {
    const separator = readEscapes(delimiter, scope) || ',';
    if (separator.length !== 1) {
      throw new ConnectorError(`The delimiter of a CsvDecoder is one character, not "${delimiter}".`, {
        kind: 'config_error',
        nodes: [scope.place],
      });
    }
    // An unknown encoding is reported before anything is read.
    createTextDecoder(encoding, scope);
    const nulls = new Set(set_values_to_none);
    return Object.freeze({
      isStreaming: true,
      async *decode(response: HttpResponse) {
        let header: readonly string[] | undefined;
        for await (const rows of readCsv(
          decodeChunks(response.stream(), createTextDecoder(encoding, scope)),
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

/** A delimiter that starts with a backslash is a Python escape: `\t`, `\x01`, `\u0001`. */
function readEscapes(delimiter: string, { place }: Scope): string {
  if (!delimiter.startsWith('\\')) return delimiter;
  return unescapePython(delimiter, (reason) => {
    throw new ConnectorError(`The delimiter "${delimiter}" of a CsvDecoder cannot be read: ${reason}.`, {
      kind: 'config_error',
      nodes: [place],
    });
  });
}
