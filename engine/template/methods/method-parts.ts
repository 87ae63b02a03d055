import { isPlainObject } from '../../util/json/json.ts';
import { costs } from '../values/budget.ts';
import { type Keywords, noKeywords, type Python } from '../values/python.ts';

/** What `bind` gave for `*rest`. */
export function restOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** What `bind` gave for `**more`. */
export function keywordsOf(value: unknown): Keywords {
  return isPlainObject(value) ? value : noKeywords;
}

/** For methods that change their object, which return None. */
export const done = (_effect: unknown): null => null;

/** A format of dates, whose every directive costs as much as a call. */
export function formatOf(value: unknown, py: Python): string {
  const format = py.text(value);
  py.spend(format.length * costs.format);
  return format;
}
