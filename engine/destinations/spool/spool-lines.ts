import { toJsonLines } from '../../protocol/write.ts';
import type { JsonObject } from '../../util/json/json.ts';

/** Whatever a backslash begins in JSON; what no UTF-8 text can hold in a group: half a surrogate pair, the character 0. */
const escapes = /\\(?:(u[dD][89a-fA-F][0-9a-fA-F]{2})|(u0000)|.)/g;

/**
 * Records as JSON lines that every reader takes: JSON.stringify escapes halves of surrogate pairs, which are no characters,
 * and PostgreSQL has no character 0. U+FFFD stands for either, as it does for bytes that are no text.
 */
export function spoolLines(records: readonly JsonObject[], options: { readonly nul: boolean }): string {
  const lines = toJsonLines(records);
  const hasNul = !options.nul && lines.includes('\\u0000');
  if (!hasNul && !lines.includes('\\ud')) return lines;
  return lines.replace(escapes, (found, half, nul) =>
    half !== undefined || (nul !== undefined && !options.nul) ? '\\ufffd' : found,
  );
}
