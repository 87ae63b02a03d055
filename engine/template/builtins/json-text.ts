import { PyTypeError, PyValueError } from '../../time/python-error.ts';
import { sortValues } from '../methods/sort.ts';
import { costs } from '../values/budget.ts';
import { type Dict, dictEntries, isDict, jsonKey } from '../values/dict.ts';
import { widest } from '../values/format-spec.ts';
import { bigText, floatRepr, isInt, PyFloat } from '../values/number.ts';
import type { Python } from '../values/python.ts';
import { textOf } from '../values/text.ts';
import { PyTuple } from '../values/tuple.ts';

/** json.dumps with Python's defaults: ASCII only, `, ` and `: `. Throws TypeError for what JSON cannot express. */
export function jsonDumps(
  value: unknown,
  py: Python,
  options: { readonly sortKeys?: boolean; readonly indent?: number | undefined } = {},
): string {
  const { sortKeys = false, indent } = options;
  const write = (item: unknown, level: number): string => {
    const text = textOf(item);
    py.spend(costs.item + (text?.length ?? 0));
    if (text !== undefined) return jsonString(text);
    if (item === null || item === undefined) return 'null';
    if (typeof item === 'boolean') return String(item);
    if (isInt(item)) return bigText(BigInt(item));
    if (typeof item === 'number' || item instanceof PyFloat) return jsonFloat(Number(item));
    if (level > 900) throw new PyTypeError('nested too deeply');
    const items = Array.isArray(item) ? item : item instanceof PyTuple ? item.items : undefined;
    if (items !== undefined) {
      const parts = items.map((each) => write(each, level + 1));
      return enclose('[', ']', parts, level);
    }
    if (isDict(item)) {
      const parts = entriesFor(item, sortKeys, py).map(
        ([key, each]) => `${jsonString(keyText(key, py))}: ${write(each, level + 1)}`,
      );
      return enclose('{', '}', parts, level);
    }
    throw new PyTypeError(`Object of type ${py.typeName(item)} is not JSON serializable`);
  };
  const enclose = (open: string, close: string, parts: readonly string[], level: number): string => {
    if (parts.length === 0 || indent === undefined) return `${open}${parts.join(', ')}${close}`;
    if (indent * (level + 1) > widest) throw new PyValueError('the text would grow too long');
    py.spend((parts.length + 1) * (indent * (level + 1) + 2));
    const pad = `\n${' '.repeat(indent * (level + 1))}`;
    return `${open}${pad}${parts.join(`,${pad}`)}\n${' '.repeat(indent * level)}${close}`;
  };
  return write(value, 0);
}

function entriesFor(dict: Dict, sorted: boolean, py: Python): readonly (readonly [unknown, unknown])[] {
  return sorted ? sortValues(dictEntries(dict), ([key]) => key, false, py) : dictEntries(dict);
}

function keyText(key: unknown, py: Python): string {
  if (
    textOf(key) !== undefined ||
    key === null ||
    typeof key === 'boolean' ||
    typeof key === 'number' ||
    typeof key === 'bigint' ||
    key instanceof PyFloat
  ) {
    return textOf(key) ?? jsonKey(key, py);
  }
  throw new PyTypeError(`keys must be str, int, float, bool or None, not ${py.typeName(key)}`);
}

function jsonFloat(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? 'Infinity' : '-Infinity';
  return floatRepr(value);
}

function jsonString(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007f-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Jinja's htmlsafe_json_dumps. */
export function htmlSafeJson(value: unknown, indent: number | undefined, py: Python): string {
  return jsonDumps(value, py, { sortKeys: true, indent })
    .replaceAll('<', '\\u003c')
    .replaceAll('>', '\\u003e')
    .replaceAll('&', '\\u0026')
    .replaceAll("'", '\\u0027');
}
