import { isUtf8 } from 'node:buffer';
import { lengthOf, type Parts, sliceOf } from '../../bytes/parts.ts';
import type { JsonObject } from '../json.ts';
import { parseJsonBytes } from '../parse-json-bytes.ts';
import { setField } from '../set-field.ts';
import { lazyList } from './lazy-list.ts';
import { theScanner } from './scanner.ts';

/** How the records of a document become lines. */
export interface LineScan {
  /** The names that lead to the list of records. */
  readonly path: readonly string[];
  /** Fields whose values are wanted. */
  readonly watched: readonly string[];
  /** What stands before each record, and after it with the end of the line. */
  readonly head: string;
  readonly tail: string;
  /** Leave out fields of a record that are null. */
  readonly withoutNulls: boolean;
  /** Gives memory for so many bytes of lines; without it they get their own. */
  readonly room?: ((size: number) => Uint8Array) | undefined;
}

export interface ScannedRecords {
  /** One line for each record. */
  readonly lines: Uint8Array;
  /** The records, each read when somebody looks at it. */
  readonly records: readonly JsonObject[];
  /** Where a record stands in the document. */
  readonly span: (record: number) => readonly [start: number, end: number];
  /** The watched fields of each record, in the order of the records. */
  readonly watched: readonly JsonObject[];
  /** The whole document; its records are read when somebody looks at them. */
  document(): unknown;
}

/** Larger documents are not scanned, so that the scanner's memory stays small. */
const largestDocument = 4 * 1024 * 1024;

/** Where scanner.as.ts looks for texts, how many bytes each kind may take, and where free memory begins. */
const places = { head: 4096, tail: 12_288, path: 16_384, watched: 24_576, free: 65_536 } as const;
const placeSize = 8000;

const page = 65_536;
/** The scanner looks at 16 bytes at once. */
const padding = 32;

/**
 * The lines of the records in a JSON document, without making objects of them: the same bytes that `JSON.stringify` makes of
 * what `JSON.parse` gives, several times faster. Undefined when the document has to be read in the ordinary way: it is not
 * JSON, is not shaped as expected, or has something in it that the scanner leaves to others.
 */
export function scanRecords(body: Parts, options: LineScan): ScannedRecords | undefined {
  const { path, watched, withoutNulls } = options;
  const length = lengthOf(body);
  if (length > largestDocument) return undefined;
  const scanner = theScanner();
  const from = places.free;
  const to = aligned(from + length + padding);
  const toEnd = to + 4 * length + page;
  const table = aligned(toEnd);
  const tableEnd = table + length + page;
  const missing = tableEnd - scanner.memory.buffer.byteLength;
  if (missing > 0) scanner.memory.grow(Math.ceil(missing / page));
  const memory = viewOf(scanner.memory.buffer);
  let end = from;
  for (const part of body) {
    memory.set(part, end);
    end += part.length;
  }
  if (!isUtf8(memory.subarray(from, end))) return undefined;
  memory.fill(0, end, end + padding);
  if (!writeOptions(memory, options)) return undefined;
  const count = scanner.scan(
    from,
    length,
    to,
    toEnd,
    table,
    tableEnd,
    path.length,
    watched.length,
    withoutNulls,
  );
  if (count < 0) return undefined;
  const width = 2 + 2 * watched.length;
  const spans = copyOf(new Uint32Array(scanner.memory.buffer, table, count * width));
  const span = (index: number) => [(spans[index] ?? 0) - from, (spans[index + 1] ?? 0) - from] as const;
  const records = lazyList(
    count,
    (record) => parseJsonBytes(sliceOf(body, ...span(record * width))) as JsonObject,
  );
  const linesInMemory = memory.subarray(to, scanner.endOfLines());
  const lines = options.room?.(linesInMemory.length) ?? Buffer.allocUnsafe(linesInMemory.length);
  lines.set(linesInMemory);
  const listSpan = [scanner.startOfList() - from, scanner.endOfList() - from] as const;
  return {
    lines,
    records,
    span: (record) => span(record * width),
    watched: watchedFields(count, watched, (record, field) => {
      const at = record * width + 2 + 2 * field;
      return spans[at] === 0 ? undefined : valueIn(memory, spans[at] ?? 0, spans[at + 1] ?? 0);
    }),
    document: () => documentAround(body, listSpan, path, records),
  };
}

let view = Buffer.alloc(0);

/** All of the scanner's memory. It gets another buffer whenever it grows. */
function viewOf(memory: ArrayBuffer): Buffer {
  if (view.buffer !== memory) view = Buffer.from(memory);
  return view;
}

/** As a list, since most are short, and a typed array of its own is memory outside of the heap. */
function copyOf(numbers: Uint32Array): readonly number[] {
  const copy: number[] = [];
  for (let at = 0; at < numbers.length; at++) copy.push(numbers[at] as number);
  return copy;
}

function aligned(address: number): number {
  return (address + 15) & ~15;
}

let written: LineScan | undefined;

/** From one page of a stream to the next only the tail changes. False when they don't fit. */
function writeOptions(memory: Buffer, options: LineScan): boolean {
  const { head, tail, path, watched } = options;
  const before = written;
  written = undefined;
  const isWritten =
    (before?.head === head || writeTexts(memory, places.head, [head])) &&
    (before?.tail === tail || writeTexts(memory, places.tail, [tail])) &&
    (before?.path === path || writeTexts(memory, places.path, path)) &&
    (before?.watched === watched || writeTexts(memory, places.watched, watched));
  if (isWritten) written = options;
  return isWritten;
}

/** Two bytes of length and the text, one after the other. False when they don't fit. */
function writeTexts(memory: Buffer, place: number, texts: readonly string[]): boolean {
  let at = place;
  for (const text of texts) {
    const length = Buffer.byteLength(text);
    if (at + 2 + length > place + placeSize) return false;
    memory.writeUInt16LE(length, at);
    memory.write(text, at + 2);
    at += 2 + length;
  }
  return true;
}

const noFields: JsonObject = Object.freeze({});

function watchedFields(
  count: number,
  names: readonly string[],
  read: (record: number, field: number) => unknown,
): readonly JsonObject[] {
  if (names.length === 0) return new Array<JsonObject>(count).fill(noFields);
  const found: JsonObject[] = [];
  for (let record = 0; record < count; record++) {
    const fields: JsonObject = {};
    for (let field = 0; field < names.length; field++) {
      const value = read(record, field);
      if (value !== undefined) setField(fields, names[field] as string, value);
    }
    found.push(fields);
  }
  return found;
}

const [quote, zero, nine] = [0x22, 0x30, 0x39];

/** Numbers of fewer digits than this are exact. */
const fewDigits = 15;

/** What the scanner has found to be JSON: mostly a count or a plain text, which need no parser. */
function valueIn(memory: Buffer, start: number, end: number): unknown {
  const first = memory[start] as number;
  if (first === quote) {
    const text = memory.toString('latin1', start + 1, end - 1);
    if (plainText.test(text)) return text;
  } else if (first >= zero && first <= nine && end - start < fewDigits) {
    const text = memory.toString('latin1', start, end);
    if (onlyDigits.test(text)) return Number(text);
  }
  return parseJsonBytes(memory.subarray(start, end));
}

const plainText = /^[ !#-[\]-~]*$/;
const onlyDigits = /^\d+$/;

/** What stands around the list is read at once, since it is little. */
function documentAround(
  body: Parts,
  [start, end]: readonly [number, number],
  path: readonly string[],
  records: readonly JsonObject[],
): unknown {
  const last = path.at(-1);
  // Paginators see the items of a list one by one.
  if (last === undefined) return records[0] ?? {};
  const document = parseJsonBytes(
    Buffer.concat([sliceOf(body, 0, start), empty, sliceOf(body, end, lengthOf(body))]),
  );
  let parent = document as JsonObject;
  for (const name of path.slice(0, -1)) parent = parent[name] as JsonObject;
  parent[last] = records;
  return document;
}

const empty = Buffer.from('[]');
