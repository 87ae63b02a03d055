import type { HttpResponse } from '../../contract/http-response.ts';
import type { LinePiece } from '../../contract/records.ts';
import type { ConnectorError } from '../../error/connector-error.ts';
import { unreadableBody } from '../../http/send/unreadable-body-error.ts';
import { recordTooLong } from '../../http/wire/body.ts';
import { charsetOf } from '../../http/wire/charset.ts';
import { peekBytes } from '../../util/bytes/gunzip.ts';
import { readText } from './read-text.ts';

/** Makes documents of lines. `before` is how many lines came before them. */
export type ParseLines = (lines: readonly string[], before: number) => readonly unknown[];

/**
 * A response as pieces of whole lines, which end with `\n` only: any other line break may occur between the tokens of a JSON
 * document. Where the response is UTF-8, as it mostly is, a piece is not decoded before somebody asks for its documents.
 * Throws ConnectorError for a line of more than `longest` bytes, or characters.
 */
export async function* linePieces(
  response: HttpResponse,
  longest: number,
  parse: ParseLines,
): AsyncGenerator<LinePiece> {
  const { head, rest } = await peekBytes(response.stream(), 4);
  const charset = charsetOf(response.headers.get('content-type')) ?? 'utf-8';
  // Anything but an object may be an error page, or begin with a byte order mark.
  const isPlain = head[0] === openBrace && /^utf-?8$/.test(charset);
  yield* isPlain
    ? piecesOfBytes(response, rest, longest, parse)
    : piecesOfText(response, rest, longest, parse);
}

const openBrace = 0x7b;
const lineBreak = 0x0a;

async function* piecesOfBytes(
  response: HttpResponse,
  chunks: AsyncIterable<Uint8Array>,
  longest: number,
  parse: ParseLines,
): AsyncGenerator<LinePiece> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let count = 0;

  function pieceOf(bytes: Uint8Array): LinePiece {
    const before = count;
    for (let at = bytes.indexOf(lineBreak); at !== -1; at = bytes.indexOf(lineBreak, at + 1)) count++;
    return { bytes, documents: () => parse(textOf(bytes).split('\n'), before) };
  }

  function textOf(bytes: Uint8Array): string {
    try {
      return decoder.decode(bytes);
    } catch (error) {
      const beginning = Buffer.from(bytes.subarray(0, 4)).toString('latin1');
      throw unreadableBody(response, 'text in utf-8', beginning, error);
    }
  }

  // The pieces of a long line are joined once.
  let pending: Uint8Array[] = [];
  let waiting = 0;
  for await (const chunk of chunks) {
    const end = chunk.lastIndexOf(lineBreak) + 1;
    if (end > 0) {
      const whole = chunk.subarray(0, end);
      yield pieceOf(pending.length === 0 ? whole : Buffer.concat([...pending, whole]));
      pending = [];
      waiting = 0;
    }
    if (end < chunk.length) pending.push(chunk.subarray(end));
    waiting += chunk.length - end;
    if (waiting > longest) throw tooLong(response, count, longest);
  }
  if (pending.length > 0) yield pieceOf(Buffer.concat(pending));
}

async function* piecesOfText(
  response: HttpResponse,
  chunks: AsyncIterable<Uint8Array>,
  longest: number,
  parse: ParseLines,
): AsyncGenerator<LinePiece> {
  let count = 0;

  function pieceOf(lines: readonly string[]): LinePiece {
    const before = count;
    count += lines.length;
    return { documents: () => parse(lines, before) };
  }

  let pending: string[] = [];
  let waiting = 0;
  for await (const text of readText(response, 'JSON Lines', undefined, chunks)) {
    const lines = text.split('\n');
    if (lines.length > 1) {
      lines[0] = pending.join('') + lines[0];
      const rest = lines.pop() as string;
      pending = [rest];
      waiting = rest.length;
      yield pieceOf(lines);
    } else {
      pending.push(text);
      waiting += text.length;
    }
    if (waiting > longest) throw tooLong(response, count, longest);
  }
  const last = pending.join('');
  if (last !== '') yield pieceOf([last]);
}

function tooLong(response: HttpResponse, before: number, longest: number): ConnectorError {
  return recordTooLong(response.url, `line ${before + 1} of the JSON Lines`, longest);
}
