import type { LineFormat } from '../contract/lines.ts';
import type { JsonObject } from '../util/json/json.ts';
import { copyFields } from '../util/json/set-field.ts';
import { toJsonText } from '../util/json/to-json-text.ts';
import type { Message, StreamDescriptor } from './messages.ts';

/** One line of JSON, integers of any size included. */
export function toLine(message: Message): string {
  return `${toJsonText(message)}\n`;
}

/** The lines of a page of records, in one piece. */
export function toRecordLines(
  stream: StreamDescriptor,
  records: readonly JsonObject[],
  emittedAt: number,
  fileReferences?: ReadonlyMap<number, JsonObject>,
): string {
  const head = recordHead(stream);
  const tail = recordTail(emittedAt);
  let lines = '';
  records.forEach((record, index) => {
    const file = fileReferences?.get(index);
    const end =
      file === undefined ? tail : `,"emitted_at":${emittedAt},"file_reference":${toJsonText(file)}}}\n`;
    lines += head + toJsonText(withoutNulls(record)) + end;
  });
  return lines;
}

/** The lines of a stream's records, for those who write them without looking at them. */
export function recordLines(
  stream: StreamDescriptor,
  now: () => number,
  room: (size: number) => Uint8Array,
): LineFormat {
  return { head: recordHead(stream), tail: () => recordTail(now()), withoutNulls: true, room };
}

function recordHead({ name, namespace }: StreamDescriptor): string {
  const place = namespace === undefined ? '' : `"namespace":${JSON.stringify(namespace)},`;
  return `{"type":"RECORD","record":{"stream":${JSON.stringify(name)},${place}"data":`;
}

function recordTail(emittedAt: number): string {
  return `,"emitted_at":${emittedAt}}}\n`;
}

/** Bare records, one per line. */
export function toJsonLines(records: readonly JsonObject[]): string {
  let lines = '';
  for (const record of records) lines += `${toJsonText(record)}\n`;
  return lines;
}

/** The CDK leaves top-level nulls out of a record, so its replacement does too. */
function withoutNulls(record: JsonObject): JsonObject {
  for (const name in record) if (isNull(record[name])) return copyWithoutNulls(record);
  return record;
}

/** What is undefined is not written. */
function copyWithoutNulls(record: JsonObject): JsonObject {
  const copy = copyFields(record);
  for (const name in copy) if (copy[name] === null) copy[name] = undefined;
  return copy;
}

function isNull(value: unknown): boolean {
  return value === null || value === undefined;
}
