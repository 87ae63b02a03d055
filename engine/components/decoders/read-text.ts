import { isAscii } from 'node:buffer';
import type { HttpResponse } from '../../contract/http-response.ts';
import { unreadableBody } from '../../http/send/unreadable-body-error.ts';
import { charsetOf, encodingOfMark } from '../../http/wire/charset.ts';
import { peekBytes } from '../../util/bytes/gunzip.ts';
import {
  type ChunkDecoder,
  createPythonTextDecoder,
  decodeChunks,
} from '../../util/python/python-text-decoder.ts';

/**
 * The text of a response piece by piece, without a byte order mark. A mark decides how it is read, then the encoding
 * that the manifest names, then the charset of the response; otherwise it is UTF-8. Throws UnreadableBodyError where
 * the bytes are not what they should be. `chunks` are those of the response, where somebody has begun to read them.
 */
export async function* readText(
  response: HttpResponse,
  format: string,
  encoding?: string,
  chunks: AsyncIterable<Uint8Array> = response.stream(),
): AsyncGenerator<string> {
  const { head, rest } = await peekBytes(chunks, 4);
  const charset = charsetOf(response.headers.get('content-type'));
  const named = encodingOfMark(head) ?? encoding;
  const decoder =
    named === undefined && charset !== undefined
      ? declaredDecoder(charset)
      : createPythonTextDecoder(named ?? 'utf-8');
  let isFirst = true;
  try {
    for await (const text of decodeChunks(rest, decoder)) {
      const piece = isFirst ? text.replace(/^\ufeff/, '') : text;
      if (isFirst && (looksLikeHtml(piece) || (format === 'CSV' && looksLikeDocument(piece))))
        throw unreadableBody(response, format, piece.slice(0, 1000));
      isFirst = false;
      yield piece;
    }
  } catch (error) {
    // What the decoders of Node and of this engine throw for bytes that they don't know.
    if (!(isError(error) && error.name === 'TypeError')) throw error;
    const what = `text in ${named ?? charset ?? 'utf-8'}`;
    throw unreadableBody(response, what, Buffer.from(head).toString('latin1'), error);
  }
}

/** Errors of Node itself are not instances of a sandbox's Error. */
function isError(error: unknown): error is { readonly name: string } {
  return typeof error === 'object' && error !== null && 'name' in error;
}

/** An error page, where rows or lines are expected. */
function looksLikeHtml(text: string): boolean {
  return /^\s*<(?:!doctype\s+html|html|head|body)\b/i.test(text);
}

/** JSON or XML: what an API that gives tables says about an error. No header line begins like that. */
function looksLikeDocument(text: string): boolean {
  return /^\s*(?:<\?xml\s|\{\s*"[^"\n]*"\s*:|\[\s*\{\s*")/.test(text);
}

/**
 * Many servers name a charset that their texts are not in. What is UTF-8 beyond ASCII is UTF-8, because hardly any
 * other text is so by chance; the first piece that is not ASCII decides.
 */
function declaredDecoder(charset: string): ChunkDecoder {
  if (/^(?:utf-?(?:16|32)|iso-2022|hz)/.test(charset)) return createPythonTextDecoder(charset);
  let chosen: ChunkDecoder | undefined;
  return {
    decode(chunk) {
      if (chosen === undefined) {
        if (isAscii(chunk)) return Buffer.from(chunk).toString('latin1');
        chosen = createPythonTextDecoder(beginsAsUtf8(chunk) ? 'utf-8' : charset);
      }
      return chosen.decode(chunk);
    },
    end: () => chosen?.end() ?? '',
  };
}

function beginsAsUtf8(chunk: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(chunk, { stream: true });
    return true;
  } catch {
    return false;
  }
}
