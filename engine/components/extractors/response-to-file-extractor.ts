import { constants, gunzipSync, inflateSync } from 'node:zlib';
import * as z from 'zod';
import type { DecodedResponse, HttpResponse } from '../../contract/http-response.ts';
import { ConnectorError } from '../../error/connector-error.ts';
import { recordTooLong } from '../../http/wire/body.ts';
import { component } from '../../language/component.ts';
import { readCsv } from '../../util/bytes/csv-reader.ts';
import { peekBytes, unpack } from '../../util/bytes/gunzip.ts';
import { RecordTooLongError } from '../../util/bytes/record-too-long.ts';
import type { JsonObject } from '../../util/json/json.ts';
import { setField } from '../../util/json/set-field.ts';
import { createPythonTextDecoder, decodeChunks } from '../../util/python/python-text-decoder.ts';

/** What pandas takes for a missing value. */
const missing = new Set(
  '#N/A|#N/A N/A|#NA|-1.#IND|-1.#QNAN|-NaN|-nan|1.#IND|1.#QNAN|<NA>|N/A|NA|NULL|NaN|None|n/a|nan|null'.split(
    '|',
  ),
);
missing.add('');

/**
 * The rows of a large CSV response as pandas reads them: every value is text or null. Despite the name nothing goes
 * into a file: rows are read as the response arrives, so only a piece of it is in memory.
 */
export const ResponseToFileExtractor = component({
  family: 'RecordExtractor',
  type: 'ResponseToFileExtractor',
  doc: 'Reads a large CSV response, plain or compressed, row by row.',
  fields: () => ({
    preserve_na_values: z
      .boolean()
      .default(false)
      .describe('Keep values such as "NA" and "null" as text; only empty ones become null.'),
  }),
  traits: () => ({ readsBody: { kind: 'CSV', delimiter: ',' } }),
  make({ preserve_na_values }, scope) {
    const isMissing = preserve_na_values
      ? (value: string) => value === ''
      : (value: string) => missing.has(value);
    return Object.freeze({
      isStreaming: true,
      async *extract({ response }: DecodedResponse) {
        let columns: Columns | undefined;
        const options = { mustClose: true, longest: scope.sync.held.record };
        try {
          for await (const rows of readCsv(textOf(response), ',', options)) {
            const records: JsonObject[] = [];
            for (const row of rows) {
              if (row.length === 1 && /^\s+$/.test(row[0] as string)) continue;
              if (columns === undefined) columns = { names: uniqueNames(row), skipped: undefined };
              else records.push(toRecord(columns, row, isMissing));
            }
            if (records.length > 0) yield records;
          }
        } catch (error) {
          if (error instanceof RecordTooLongError)
            throw recordTooLong(
              response.url,
              `row ${error.before + 1} of the CSV, whose quote may never be closed`,
              error.limit,
            );
          if (!(error instanceof SyntaxError)) throw error;
          throw new ConnectorError(`The response cannot be read as CSV: ${error.message}`, { cause: error });
        }
      },
    });
  },
});

interface Columns {
  readonly names: readonly string[];
  /**
   * How many values come before the first named column: what the first row has in excess of the names. Known from then
   * on.
   */
  skipped: number | undefined;
}

function toRecord(
  columns: Columns,
  row: readonly string[],
  isMissing: (value: string) => boolean,
): JsonObject {
  const { names } = columns;
  columns.skipped ??= Math.max(0, row.length - names.length);
  const expected = names.length + columns.skipped;
  if (row.length > expected)
    throw new SyntaxError(`a row has ${row.length} values where ${expected} are expected.`);
  const record: JsonObject = {};
  for (let index = 0; index < names.length; index++) {
    const value = row[index + columns.skipped];
    setField(record, names[index] as string, value === undefined || isMissing(value) ? null : value);
  }
  return record;
}

/** Repeated names get `.1`, `.2`, …; a column without a name is named by its position. */
function uniqueNames(header: readonly string[]): string[] {
  const taken = new Set(header);
  const used = new Set<string>();
  return header.map((text, index) => {
    const name = text === '' ? `Unnamed: ${index}` : text;
    let unique = name;
    for (let count = 1; used.has(unique) || (unique !== name && taken.has(unique)); count++)
      unique = `${name}.${count}`;
    used.add(unique);
    return unique;
  });
}

async function* textOf(response: HttpResponse): AsyncGenerator<string> {
  const { head, rest } = await peekBytes(response.stream(), 64);
  const format = packingOf(head);
  let isFirst = true;
  for await (const text of decodeChunks(
    format === undefined ? rest : unpack(rest, format),
    createPythonTextDecoder(),
  )) {
    const clean = isFirst ? text.replace(/^\ufeff/, '') : text;
    isFirst = false;
    yield clean.includes('\0') ? clean.replaceAll('\0', '') : clean;
  }
}

/**
 * Two bytes are not enough: `H,` starts a zlib stream as well as a CSV header. So the beginning is unpacked on trial.
 */
function packingOf(head: Uint8Array): 'gzip' | 'zlib' | undefined {
  const flush = { finishFlush: constants.Z_SYNC_FLUSH };
  const [first = 0, second = 0] = head;
  try {
    if (first === 0x1f && second === 0x8b) {
      gunzipSync(head, flush);
      return 'gzip';
    }
    if ((first & 0x0f) !== 8 || ((first << 8) | second) % 31 !== 0) return undefined;
    inflateSync(head, flush);
    return 'zlib';
  } catch {
    return undefined;
  }
}
