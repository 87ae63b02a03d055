/** For each ASCII code, whether it stays as it is: the unreserved ones of RFC 3986 do, and those of `safe`. */
export type KeptCodes = readonly boolean[];

export function keptCodes(safe = ''): KeptCodes {
  return Array.from({ length: 128 }, (_, code) => {
    const character = String.fromCharCode(code);
    return /[A-Za-z0-9\-._~]/.test(character) || safe.includes(character);
  });
}

/** Bytes as text in which all but the kept ones are `%XX`. */
export function percentEncode(bytes: Iterable<number>, kept: KeptCodes): string {
  let text = '';
  for (const byte of bytes) {
    text +=
      kept[byte] === true
        ? String.fromCharCode(byte)
        : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return text;
}
