/**
 * A name that is not taken yet: databases do not tell names apart that differ only in case, and some cut off what is
 * longer than `bytes`. `taken` holds names in lower case, and the new one afterwards.
 */
export function freeName(wanted: string, taken: Set<string>, bytes: number): string {
  // No database takes an empty name, or one with the character 0.
  const whole = wanted.replaceAll('\0', '_') || '_';
  for (let number = 1; ; number += 1) {
    const ending = number === 1 ? '' : `_${number}`;
    const name = cut(whole, bytes - ending.length) + ending;
    if (taken.has(name.toLowerCase())) continue;
    taken.add(name.toLowerCase());
    return name;
  }
}

function cut(text: string, bytes: number): string {
  if (Buffer.byteLength(text) <= bytes) return text;
  let kept = '';
  let used = 0;
  for (const character of text) {
    used += Buffer.byteLength(character);
    if (used > bytes) break;
    kept += character;
  }
  return kept;
}
