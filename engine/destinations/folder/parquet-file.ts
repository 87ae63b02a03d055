import { rename } from 'node:fs/promises';
import type { SchemaElement } from 'hyparquet-writer';
import type { JsonObject } from '../../util/json/json.ts';
import { toJsonText } from '../../util/json/to-json-text.ts';
import type { ColumnType } from '../columns/column-type.ts';
import type { Column } from '../columns/columns.ts';

/** Rows that are kept in memory until they are written together. */
const groupSize = 20_000;

/** Writes rows into a Parquet file, which is there once all of them are. */
export async function writeParquet(
  path: string,
  columns: readonly Column[],
  rows: AsyncIterable<JsonObject>,
): Promise<void> {
  const { ParquetWriter, fileWriter } = await import('hyparquet-writer');
  const part = `${path}.part`;
  const schema: SchemaElement[] = [
    { name: 'root', num_children: columns.length },
    ...columns.map(({ name, type }) => ({ name, repetition_type: 'OPTIONAL' as const, ...elements[type] })),
  ];
  const writer = new ParquetWriter({ writer: fileWriter(part), schema, createdBy: 'manifold' });
  let group: JsonObject[] = [];
  async function flush(): Promise<void> {
    const columnData = columns.map(({ name, type }) => ({
      name,
      data: group.map((row) => cell(row[name], type)),
    }));
    await writer.write({ columnData, rowGroupSize: groupSize });
    group = [];
  }
  for await (const row of rows) {
    group.push(row);
    if (group.length === groupSize) await flush();
  }
  if (group.length > 0) await flush();
  await writer.finish();
  await rename(part, path);
}

const text = { type: 'BYTE_ARRAY', converted_type: 'UTF8', logical_type: { type: 'STRING' } } as const;

const elements: Readonly<Record<ColumnType, Omit<SchemaElement, 'name'>>> = {
  BOOLEAN: { type: 'BOOLEAN' },
  BIGINT: { type: 'INT64' },
  // Digits of any number: Parquet's decimals need to know how many.
  HUGEINT: text,
  DOUBLE: { type: 'DOUBLE' },
  DATE: { type: 'INT32', converted_type: 'DATE', logical_type: { type: 'DATE' } },
  TIMESTAMP: { type: 'INT64', logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: false, unit: 'MICROS' } },
  TIMESTAMPTZ: { type: 'INT64', logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MICROS' } },
  VARCHAR: text,
  // As text: the library's own JSON cannot hold integers beyond 2^53.
  JSON: text,
};

function cell(value: unknown, type: ColumnType): unknown {
  if (value === null || value === undefined) return undefined;
  switch (type) {
    case 'BOOLEAN':
      return value;
    case 'BIGINT':
      return typeof value === 'number' || typeof value === 'bigint' ? BigInt(value) : undefined;
    case 'DOUBLE':
      return Number(value);
    case 'DATE':
      return Date.parse(String(value)) / 86_400_000;
    case 'TIMESTAMP':
    case 'TIMESTAMPTZ':
      return microseconds(String(value));
    case 'JSON':
      return toJsonText(value);
    default:
      return typeof value === 'string' ? value : toJsonText(value);
  }
}

/** `Date` keeps milliseconds only. */
function microseconds(moment: string): bigint {
  const [, day, time = '00:00', fraction = '', offset = ''] =
    /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)(?:\.(\d{1,6}))?(.*)$/.exec(moment) ?? [];
  const zone =
    offset === ''
      ? 'Z'
      : /^[+-]\d\d$/.test(offset)
        ? `${offset}:00`
        : offset.replace(/^([+-]\d\d)(\d\d)$/, '$1:$2');
  const milliseconds = Date.parse(`${day}T${time.length === 5 ? `${time}:00` : time}${zone}`);
  return BigInt(milliseconds) * 1000n + BigInt(fraction.padEnd(6, '0'));
}
