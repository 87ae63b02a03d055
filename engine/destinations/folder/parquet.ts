import { createReadStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { writing } from '../../error/writing.ts';
import { isObject, type JsonObject } from '../../util/json/json.ts';
import { parseJson } from '../../util/json/parse-json.ts';
import { toJsonText } from '../../util/json/to-json-text.ts';
import { type Columns, createColumns } from '../columns/columns.ts';
import { declaredFields } from '../columns/declared-kinds.ts';
import {
  type Destination,
  type DestinationOptions,
  noRefusals,
  RefusedRecords,
  type StreamToWrite,
} from '../destination.ts';
import { isThere } from '../is-there.ts';
import { fileName, openJsonLines } from './json-lines.ts';
import { writeParquet } from './parquet-file.ts';

const tombstone = '_ab_cdc_deleted_at';

/**
 * A folder with a Parquet file per stream, one row for each primary key. What was read lies in `.lines/` as JSON lines, of
 * which the files are made anew when a sync has ended: Parquet files cannot be added to.
 */
export async function openParquet(folder: string, options: DestinationOptions): Promise<Destination> {
  await writing(`The folder ${folder}`, () => mkdir(folder, { recursive: true }));
  const lines = join(folder, '.lines');
  const destination = await openJsonLines(lines, options, folder);
  const opened = new Map<string, StreamToWrite>();
  const changed = new Set<string>();
  /** Lines that could not be written whole are no reason to make other files of them. */
  let isBroken = false;
  async function writingLines(stream: string, work: () => Promise<void>): Promise<void> {
    changed.add(stream);
    try {
      await work();
    } catch (error) {
      isBroken ||= !(error instanceof RefusedRecords);
      throw error;
    }
  }
  return {
    ...destination,
    async open(stream, target) {
      opened.set(stream, target);
      await destination.open(stream, target);
    },
    write: (stream, records) => writingLines(stream, () => destination.write(stream, records)),
    writeLines: (stream, lines) => writingLines(stream, () => destination.writeLines(stream, lines)),
    complete: (stream) => writingLines(stream, () => destination.complete(stream)),
    async close() {
      try {
        for (const stream of isBroken ? [] : changed) {
          const target = opened.get(stream);
          const name = fileName(stream);
          const from = join(lines, `${name}.jsonl`);
          // Of a stream that is replaced only what is complete: until then the lines of before are there, or none.
          if (target === undefined || !(await isThere(from))) continue;
          await convert(from, join(folder, `${name}.parquet`), target);
        }
      } finally {
        await destination.close();
      }
      return noRefusals;
    },
  };
}

/** Goes over the lines twice: what columns there are and which line is the last of its key, then what is in them. */
async function convert(from: string, to: string, { schema, key }: StreamToWrite): Promise<void> {
  const columns = createColumns({
    declared: declaredFields(schema),
    stored: [],
    keyFields: (key ?? []).flatMap(([field]) => field ?? []),
    reserved: [],
    named: new Map(),
    leavesOut: (field) => key !== undefined && field === tombstone,
    nameLimit: 255,
  });
  const last = new Map<string, number>();
  let number = 0;
  for await (const record of recordsIn(from)) {
    columns.take(record);
    const id = keyOf(record, key);
    if (id !== undefined) last.set(id, number);
    number += 1;
  }
  // A file without columns would be none; one of before has rows that are gone.
  if (columns.current().length === 0) return rm(to, { force: true });
  await writing(to, () => writeParquet(to, columns.current(), rows(from, key, last, columns)));
}

async function* rows(
  from: string,
  key: StreamToWrite['key'],
  last: ReadonlyMap<string, number>,
  columns: Columns,
): AsyncGenerator<JsonObject> {
  let number = -1;
  for await (const record of recordsIn(from)) {
    number += 1;
    const id = keyOf(record, key);
    if (id === undefined) yield columns.take(record);
    else if (last.get(id) === number && (record[tombstone] ?? null) === null) yield columns.take(record);
  }
}

async function* recordsIn(path: string): AsyncGenerator<JsonObject> {
  for await (const line of createInterface({
    input: createReadStream(path),
    crlfDelay: Number.POSITIVE_INFINITY,
  })) {
    const record = line === '' ? undefined : parseJson(line);
    if (isObject(record)) yield record;
  }
}

/** Undefined without a key, or where every part of it is missing. */
function keyOf(record: JsonObject, key: StreamToWrite['key']): string | undefined {
  if (key === undefined) return undefined;
  const parts = key.map(
    (path) =>
      path.reduce<unknown>((value, name) => (isObject(value) ? value[name] : undefined), record) ?? null,
  );
  return parts.every((part) => part === null) ? undefined : toJsonText(parts);
}
