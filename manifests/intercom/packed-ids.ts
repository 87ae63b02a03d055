/**
 * Ids as keys of a fixed number of words (32 bits). Intercom's ids are hexadecimal or decimal numbers of up to 24 digits:
 * three words each. The first word tells how many digits each of them has, in its second byte, third byte …
 */
const digits = 24;
const wordsPerId = 3;
const digitsPerWord = digits / wordsPerId;

/** Capital letters are other ids, which Intercom does not give. */
const isId = /^[0-9a-f]{1,24}$/;

export const wordsOf = (ids: number): number => 1 + ids * wordsPerId;

/** Undefined for what is no id. */
export function pack(ids: readonly string[]): Int32Array | undefined {
  const key = new Int32Array(wordsOf(ids.length));
  for (const [index, id] of ids.entries()) {
    if (!isId.test(id)) return undefined;
    key[0] = (key[0] ?? 0) | (id.length << (8 * (index + 1)));
    const text = id.padEnd(digits, '0');
    for (let word = 0; word < wordsPerId; word++) {
      const part = text.slice(word * digitsPerWord, (word + 1) * digitsPerWord);
      key[1 + index * wordsPerId + word] = Number.parseInt(part, 16) | 0;
    }
  }
  return key;
}

export function unpack(key: Int32Array): string[] {
  return Array.from({ length: (key.length - 1) / wordsPerId }, (_, index) => {
    const words = key.subarray(1 + index * wordsPerId, 1 + (index + 1) * wordsPerId);
    const text = [...words].map((word) => (word >>> 0).toString(16).padStart(digitsPerWord, '0')).join('');
    return text.slice(0, ((key[0] ?? 0) >>> (8 * (index + 1))) & 0xff);
  });
}
