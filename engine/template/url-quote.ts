import { encodeText } from './text-encoding.ts';

/** urllib.parse.quote: UTF-8 bytes, all but letters, digits, `_.-~` and `safe` as %XX. */
export function quote(text: string, safe = '/'): string {
  let out = '';
  for (const byte of encodeText(text)) {
    const character = String.fromCharCode(byte);
    out +=
      /[\w.~-]/.test(character) || safe.includes(character)
        ? character
        : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return out;
}

export function quotePlus(text: string): string {
  return quote(text, ' ').replaceAll(' ', '+');
}
