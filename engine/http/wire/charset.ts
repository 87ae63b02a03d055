/**
 * The encoding that a content type announces. Text without one is Latin-1 (RFC 2616, and python-requests), JSON is
 * UTF-8.
 */
export function charsetOf(contentType: string | undefined): string | undefined {
  if (contentType === undefined) return undefined;
  const charset = /;\s*charset\s*=\s*["']?([^\s"';]+)/i.exec(contentType)?.[1];
  if (charset !== undefined) return charset.toLowerCase();
  const type = contentType.split(';', 1)[0]?.toLowerCase() ?? '';
  if (type.includes('application/json')) return 'utf-8';
  return type.includes('text') ? 'latin1' : undefined;
}

/** Without a known charset the bytes are UTF-8 if they can be, otherwise Latin-1. */
export function decodeText(bytes: Uint8Array, charset: string | undefined): string {
  if (charset === 'latin1' || charset === 'iso-8859-1') {
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  }
  if (charset !== undefined) {
    try {
      return new TextDecoder(charset).decode(bytes);
    } catch {
      // An unknown encoding: guess, as if none had been announced.
    }
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return decodeText(bytes, 'latin1');
  }
}
