import { PyLookupError, PyTypeError, PyValueError } from '../time/python-error.ts';
import { needText } from './need-text.ts';
import { dictGet, dictOf, isDict } from './python-dict.ts';
import { codePoints } from './python-logic.ts';

export function encodeText(text: string, encoding = 'utf-8', errors = 'strict'): Uint8Array {
  const name = encoding.toLowerCase().replaceAll('_', '-');
  const limit =
    name === 'ascii' || name === 'us-ascii'
      ? 0x7f
      : ['latin-1', 'latin1', 'iso-8859-1'].includes(name)
        ? 0xff
        : undefined;
  if (limit === undefined) {
    if (name !== 'utf-8' && name !== 'utf8')
      throw new PyLookupError(`unknown encoding: ${encoding}`, 'KeyError');
    if (/\p{Cs}/u.test(text) && errors === 'strict') {
      throw new PyValueError(
        "'utf-8' codec can't encode character: surrogates not allowed",
        'UnicodeEncodeError',
      );
    }
    return Buffer.from(text, 'utf8');
  }
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code <= limit) bytes.push(code);
    else if (errors === 'replace') bytes.push(63);
    else if (errors !== 'ignore') {
      throw new PyValueError(`'${name}' codec can't encode character '${character}'`, 'UnicodeEncodeError');
    }
  }
  return Uint8Array.from(bytes);
}

export function translate(text: string, table: unknown): string {
  if (!isDict(table)) throw new PyTypeError('a translation table is a dict');
  return codePoints(text)
    .map((character) => {
      const to = dictGet(table, character.codePointAt(0));
      if (to === undefined) return character;
      if (to === null) return '';
      return typeof to === 'number' ? String.fromCodePoint(to) : needText(to);
    })
    .join('');
}

export function makeTranslation(args: readonly unknown[]) {
  const [from, to, drop] = args;
  if (to === undefined) {
    if (!isDict(from)) throw new PyTypeError('if you give only one argument to maketrans it must be a dict');
    return from;
  }
  const [keys, values] = [codePoints(needText(from)), codePoints(needText(to))];
  if (keys.length !== values.length) {
    throw new PyValueError('the first two maketrans arguments must have equal length');
  }
  const entries: [unknown, unknown][] = keys.map((key, index) => [
    key.codePointAt(0),
    values[index]?.codePointAt(0),
  ]);
  for (const key of drop === undefined ? [] : codePoints(needText(drop)))
    entries.push([key.codePointAt(0), null]);
  return dictOf(entries);
}
