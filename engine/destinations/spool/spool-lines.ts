import { toJsonLines } from '../../protocol/write.ts';
import type { JsonObject } from '../../util/json/json.ts';

/** Whatever a backslash begins in JSON; what no UTF-8 text can hold in a group: half a surrogate pair, the character 0. */
const escapes = /\\(?:(u[dD][89a-fA-F][0-9a-fA-F]{2})|(u0000)|.)/g;

interface Accepted {
  /** Whether texts may hold the character 0. */
  readonly nul: boolean;
}

/** Records as JSON lines that every reader takes. */
export function spoolLines(records: readonly JsonObject[], accepted: Accepted): Uint8Array {
  return acceptedLines(Buffer.from(toJsonLines(records)), accepted);
}

/**
 * Lines as every reader takes them: JSON.stringify escapes halves of surrogate pairs, which are no characters, and
 * PostgreSQL has no character 0. U+FFFD stands for either, as it does for bytes that are no text.
 */
export function acceptedLines(lines: Uint8Array, { nul: takesNul }: Accepted): Uint8Array {
  const bytes = Buffer.from(lines.buffer, lines.byteOffset, lines.byteLength);
  const hasNul = !takesNul && bytes.includes('\\u0000');
  if (!hasNul && !bytes.includes('\\ud')) return lines;
  const text = bytes
    .toString()
    .replace(escapes, (found, half, nul) =>
      half !== undefined || (nul !== undefined && !takesNul) ? '\\ufffd' : found,
    );
  return Buffer.from(text);
}
