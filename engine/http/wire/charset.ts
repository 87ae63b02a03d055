import { isUtf8 } from 'node:buffer';
import { createPythonTextDecoder } from '../../util/python/python-text-decoder.ts';

/** The encoding that a content type names; undefined when it names none, or one that nobody knows. */
export function charsetOf(contentType: string | undefined): string | undefined {
  const name = /;\s*charset\s*=\s*["']?([^\s"';]+)/i.exec(contentType ?? '')?.[1]?.toLowerCase();
  if (name === undefined) return undefined;
  try {
    createPythonTextDecoder(name);
    return name;
  } catch {
    return undefined;
  }
}

/** The encoding that a byte order mark announces. */
export function encodingOfMark([first, second, third]: Uint8Array):
  | 'utf-8'
  | 'utf-16le'
  | 'utf-16be'
  | undefined {
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : undefined;
}

/** All of a text, without its byte order mark; undefined when the bytes are not of the encoding. */
export function textIn(bytes: Uint8Array, encoding: string): string | undefined {
  const decoder = createPythonTextDecoder(encoding);
  try {
    return (decoder.decode(bytes) + decoder.end()).replace(/^\ufeff/, '');
  } catch {
    return undefined;
  }
}

/**
 * The text of a body: a byte order mark decides, then the charset of the content type. Bytes that are UTF-8 beyond ASCII
 * are UTF-8 even where another charset is named, because hardly any other text is so by chance. What fits nothing is
 * read as Latin-1, in which every byte is a character.
 */
export function decodeText(bytes: Uint8Array, contentType: string | undefined): string {
  const mark = encodingOfMark(bytes);
  const charset = charsetOf(contentType);
  const isWide = charset !== undefined && /^(?:utf-?(?:16|32)|iso-2022)/.test(charset);
  const encoding = mark ?? (isWide || !isUtf8(bytes) ? charset : 'utf-8');
  const text = encoding === undefined ? undefined : textIn(bytes, encoding);
  return text ?? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}
