import { RecordTooLongError } from './record-too-long.ts';

/** Reads CSV text that comes in pieces. */
export interface CsvReader {
  /** The rows that are complete now. */
  push(text: string): string[][];
  /** The last row, when no line break followed it. */
  end(): string[][];
}

export interface CsvOptions {
  /** Throw SyntaxError when the text ends inside quotes: it has been cut off. */
  readonly mustClose?: boolean;
  /** Characters of a row. What follows a quote that is never closed is longer than any row: RecordTooLongError. */
  readonly longest?: number;
}

const quote = '"';
const quoteCode = quote.charCodeAt(0);

/**
 * A CSV reader with the rules of Python's csv module (excel dialect, not strict), which csv-parse has no options for: a
 * quote inside an unquoted field is a quote, text after a closing quote belongs to the field, an unclosed quote ends
 * with the text. Line breaks are `\n`, `\r\n` and `\r`, even inside quotes, where they become `\n`. Empty lines are
 * skipped.
 */
export function createCsvReader(delimiter = ',', options: CsvOptions = {}): CsvReader {
  const { longest = Number.POSITIVE_INFINITY } = options;
  let pieces: string[] = [];
  let length = 0;
  let count = 0;
  /** With less text than this it is no use to look for the end of a row again. */
  let enough = 0;
  let endsInReturn = false;

  function push(text: string): string[][] {
    const more = newLines(text);
    pieces.push(more);
    length += more.length;
    if (length < enough && length <= longest) return [];
    const rows = completeRows();
    count += rows.length;
    if (length > longest) throw new RecordTooLongError(longest, count);
    return rows;
  }

  /** A row that is not complete waits until there is twice as much, so that every character is seen but a few times. */
  function completeRows(): string[][] {
    const pending = pieces.join('');
    const rows: string[][] = [];
    let start = 0;
    for (;;) {
      const end = pending.indexOf('\n', start);
      if (end === -1) break;
      const line = pending.slice(start, end);
      if (!line.includes(quote)) {
        if (line !== '') rows.push(line.split(delimiter));
        start = end + 1;
        continue;
      }
      const read = readRow(pending, start, { delimiter });
      if (read === undefined) break;
      rows.push(read.row);
      start = read.next;
    }
    pieces = [pending.slice(start)];
    length = pending.length - start;
    enough = length * 2;
    return rows;
  }

  /** A `\r` at the end waits for what follows it. */
  function newLines(chunk: string): string {
    let text = endsInReturn ? `\r${chunk}` : chunk;
    endsInReturn = text.endsWith('\r');
    if (endsInReturn) text = text.slice(0, -1);
    return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
  }

  return {
    push,
    end() {
      if (endsInReturn) push('\n');
      const rows = completeRows();
      const pending = pieces.join('');
      if (pending === '') return rows;
      if (options.mustClose === true && readRow(`${pending}\n`, 0, { delimiter }) === undefined) {
        throw new SyntaxError('The CSV text ends inside quotes.');
      }
      const read = readRow(pending, 0, { delimiter, isLast: true });
      pieces = [];
      length = 0;
      return read === undefined ? rows : [...rows, read.row];
    },
  };
}

/** The row that starts at `start`, and where the next one does; undefined when the text ends first, unless it `isLast`. */
function readRow(
  text: string,
  start: number,
  { delimiter, isLast = false }: { readonly delimiter: string; readonly isLast?: boolean },
): { readonly row: string[]; readonly next: number } | undefined {
  const row: string[] = [];
  let at = start;
  for (;;) {
    let field = '';
    if (text[at] === quote) {
      const close = closingQuote(text, at + 1);
      if (close === -1 && !isLast) return undefined;
      field = withoutDoubled(text, at + 1, close === -1 ? text.length : close);
      if (close === -1) {
        row.push(field);
        return { row, next: text.length };
      }
      at = close + 1;
    }
    const end = endOfField(text, at, delimiter);
    if (end === text.length && !isLast) return undefined;
    row.push(field + text.slice(at, end));
    if (end === text.length || text[end] === '\n') return { row, next: end + 1 };
    at = end + delimiter.length;
  }
}

/** Characters of a value that is no longer put together as texts usually are. */
const long = 2 ** 16;

/**
 * A part of the text with one quote for each two of them. Of a long one V8 would keep each piece, which for a text of
 * nothing but quotes is many times as long as that.
 */
function withoutDoubled(text: string, start: number, end: number): string {
  if (end - start < long) return text.slice(start, end).replaceAll('""', quote);
  const codes = new Uint16Array(end - start);
  let length = 0;
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    codes[length++] = code;
    if (code === quoteCode) at++;
  }
  return Buffer.from(codes.buffer, 0, 2 * length).toString('utf16le');
}

/** The first quote that is not one of two in a row; -1 when there is none. */
function closingQuote(text: string, start: number): number {
  for (let at = start; ; at += 2) {
    at = text.indexOf(quote, at);
    if (at === -1 || text[at + 1] !== quote) return at;
  }
}

function endOfField(text: string, start: number, delimiter: string): number {
  for (let at = start; at < text.length; at++) {
    if (text[at] === delimiter || text[at] === '\n') return at;
  }
  return text.length;
}

/** The rows of a CSV text, in batches of one per piece of text. */
export async function* readCsv(
  pieces: AsyncIterable<string>,
  delimiter?: string,
  options?: CsvOptions,
): AsyncGenerator<string[][]> {
  const reader = createCsvReader(delimiter, options);
  for await (const text of pieces) {
    const rows = reader.push(text);
    if (rows.length > 0) yield rows;
  }
  const rest = reader.end();
  if (rest.length > 0) yield rest;
}
