import { PyTypeError, PyValueError } from '../../time/python-error.ts';
import { type Dict, dictEntries, dictGet, dictOf, isDict } from '../values/dict.ts';
import { isWhole } from '../values/number.ts';
import type { Python } from '../values/python.ts';
import { codePoints } from '../values/text.ts';

function characterAt(code: number): string {
  if (code >= 0 && code <= 0x10ffff) return String.fromCodePoint(code);
  throw new PyValueError('character mapping must be in range(0x110000)');
}

/** str.translate */
export function translate(text: string, table: unknown, py: Python): string {
  if (!isDict(table)) throw new PyTypeError('a translation table is a dict');
  return codePoints(text)
    .map((character) => {
      const to = dictGet(table, character.codePointAt(0), py);
      if (to === undefined) return character;
      if (to === null) return '';
      if (isWhole(to)) return characterAt(Number(to));
      const written = py.text(to, 'integer, None or str');
      py.spend(written.length);
      return written;
    })
    .join('');
}

/** Characters are looked up by their codes; a key that is one already stays. */
function codeOf(key: unknown): unknown {
  if (isWhole(key)) return key;
  if (typeof key !== 'string') throw new PyTypeError('keys in translate table must be strings or integers');
  const [character, ...more] = codePoints(key);
  if (character === undefined || more.length > 0)
    throw new PyValueError('string keys in translate table must be of length 1');
  return character.codePointAt(0);
}

/** str.maketrans */
export function makeTranslation(args: readonly unknown[], py: Python): Dict {
  const [from, to, drop] = args;
  if (to === undefined) {
    if (!isDict(from)) throw new PyTypeError('if you give only one argument to maketrans it must be a dict');
    return dictOf(
      dictEntries(from).map(([key, value]) => [codeOf(key), value] as const),
      py,
    );
  }
  const [keys, values] = [codePoints(py.text(from)), codePoints(py.text(to))];
  if (keys.length !== values.length) {
    throw new PyValueError('the first two maketrans arguments must have equal length');
  }
  const entries: [unknown, unknown][] = keys.map((key, index) => [
    key.codePointAt(0),
    values[index]?.codePointAt(0),
  ]);
  for (const key of drop === undefined ? [] : codePoints(py.text(drop)))
    entries.push([key.codePointAt(0), null]);
  return dictOf(entries, py);
}
