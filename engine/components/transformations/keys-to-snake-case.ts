import { component } from '../../language/component.ts';
import type { JsonObject } from '../../util/json/json.ts';
import { renameKeys } from './rename-keys.ts';

/** There are few names and many records, but records whose keys are data must not fill the memory. */
const memoLimit = 10_000;

/** Writes the keys of a record and of the objects in it in snake case. */
export const KeysToSnakeCase = component({
  family: 'Transformation',
  type: 'KeysToSnakeCase',
  doc: 'Writes the keys of a record in snake case.',
  fields: () => ({}),
  make() {
    const known = new Map<string, string>();
    let toAscii: (text: string) => string = (text) => text;
    function rename(key: string): string {
      const before = known.get(key);
      if (before !== undefined) return before;
      if (known.size >= memoLimit) known.clear();
      const name = toSnakeCase(toAscii(key));
      known.set(key, name);
      return name;
    }
    return Object.freeze({
      // Its tables are large, so they are loaded only when needed.
      async prepare() {
        toAscii = (await import('any-ascii')).default;
      },
      transform: (record: JsonObject) => renameKeys(record, rename),
    });
  },
});

/**
 * The snake case of an ASCII text. Words are runs of capitals with the small letters that follow, runs of small
 * letters, and runs of digits. Anything else separates them, and leaves an underscore at the start or the end of a name
 * (if it has three parts or more).
 */
export function toSnakeCase(ascii: string): string {
  const parts = ascii.match(/[A-Z]+[a-z]*|[a-z]+|\d+|[^a-zA-Z\d]+/g) ?? [];
  let words = parts.map((part) => (/^[a-zA-Z\d]/.test(part) ? part : ''));
  if (words.length >= 3)
    words = words.filter((word, index) => word !== '' || index === 0 || index === words.length - 1);
  if (/^\d/.test(words[0] ?? '')) words.unshift('');
  return words.join('_').toLowerCase();
}
