import { type LineScan, type ScannedRecords, scanRecords } from './scan-records.ts';

const [lineBreak, comma, openBracket, closeBracket, closeBrace, space] = [0x0a, 0x2c, 0x5b, 0x5d, 0x7d, 0x20];

/**
 * The same as `scanRecords` for lines that are a record each: with commas in place of the line breaks they are a list.
 * Undefined when a line is something else, or nothing.
 */
export function scanJsonLines(
  lines: Uint8Array,
  options: Omit<LineScan, 'path'>,
): ScannedRecords | undefined {
  const length = lines.at(-1) === lineBreak ? lines.length - 1 : lines.length;
  const list = Buffer.allocUnsafe(length + 2);
  list.set(lines.subarray(0, length), 1);
  list[0] = openBracket;
  list[length + 1] = closeBracket;
  let count = 1;
  for (let at = list.indexOf(lineBreak); at !== -1; at = list.indexOf(lineBreak, at + 1)) {
    list[at] = comma;
    count++;
  }
  const scanned = scanRecords([list], { ...options, path });
  return scanned?.records.length === count && areLines(lines, list, scanned) ? scanned : undefined;
}

const path: readonly string[] = [];

/**
 * There are as many records as lines, so each is one line if all commas between them were line breaks. An empty object counts
 * as nothing where it is a document.
 */
function areLines(lines: Uint8Array, list: Uint8Array, { records, span }: ScannedRecords): boolean {
  for (let record = 0; record < records.length; record++) {
    const [start, end] = span(record);
    let inside = start + 1;
    while ((list[inside] as number) <= space) inside++;
    if (list[inside] === closeBrace) return false;
    const isLast = record === records.length - 1;
    // The list begins one byte before the lines.
    if (!isLast && lines[list.indexOf(comma, end) - 1] !== lineBreak) return false;
  }
  return true;
}
