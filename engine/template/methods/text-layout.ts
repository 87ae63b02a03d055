import { PyTypeError, PyValueError } from '../../time/python-error.ts';
import { widest } from '../values/format-spec.ts';
import type { Python } from '../values/python.ts';
import { textLength } from '../values/text.ts';

export type Side = 'left' | 'right' | 'center';

/** The text in a field of a width, at one side of it or in its middle. Throws ValueError for a width beyond reason. */
export function justify(text: string, width: number, fill: string, side: Side): string {
  if (textLength(fill) !== 1) throw new PyTypeError('The fill character must be exactly one character long');
  const missing = width - textLength(text);
  if (missing <= 0) return text;
  if (missing > widest) throw new PyValueError('the text would grow too long');
  if (side === 'left') return text + fill.repeat(missing);
  if (side === 'right') return fill.repeat(missing) + text;
  const before = Math.floor(missing / 2) + (missing & width & 1);
  return fill.repeat(before) + text + fill.repeat(missing - before);
}

/** Zeros go between the sign and the digits. */
export function fillWithZeros(text: string, width: number): string {
  if (width > widest) throw new PyValueError('the text would grow too long');
  const sign = /^[+-]/.exec(text)?.[0] ?? '';
  const missing = width - textLength(text);
  return missing > 0 ? sign + '0'.repeat(missing) + text.slice(sign.length) : text;
}

export function expandTabs(text: string, size: number, py: Python): string {
  if (size > widest) throw new PyValueError('the text would grow too long');
  let column = 0;
  let out = '';
  for (const character of text) {
    if (character === '\t') {
      const width = size > 0 ? size - (column % size) : 0;
      py.spend(width);
      out += ' '.repeat(width);
      column += width;
    } else {
      out += character;
      column = character === '\n' || character === '\r' ? 0 : column + 1;
    }
  }
  return out;
}
