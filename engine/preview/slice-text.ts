import type { Slice } from '../contract/slice.ts';
import { isPlainObject, type JsonObject } from '../util/json/json.ts';
import { toJsonText } from '../util/json/to-json-text.ts';

/** What is special about a slice: `company_id=5  2026-02-28 … 2026-03-01`. Empty for a stream without slices. */
export function describeSlice({ partition, cursor }: Slice): string {
  return [...partitionParts(partition), windowText(cursor)].filter((part) => part !== '').join('  ');
}

function partitionParts(partition: JsonObject): readonly string[] {
  return Object.entries(partition).flatMap(([name, value]) => {
    if (name === 'parent_slice')
      return isPlainObject(value) ? partitionParts(value).map((part) => `in ${part}`) : [];
    return [`${name}=${typeof value === 'string' ? value : toJsonText(value)}`];
  });
}

/** Start and end of the window, which are the first and the last of its values. */
function windowText(cursor: JsonObject): string {
  const values = Object.values(cursor);
  if (values.length === 0) return '';
  const [start, end] = [values[0], values.at(-1)];
  return values.length === 1 ? `from ${moment(start)}` : `${moment(start)} … ${moment(end)}`;
}

/** Seconds and milliseconds since the epoch as people read them; other texts as they are. */
function moment(value: unknown): string {
  const text = String(value);
  if (!/^\d{10}(?:\d{3})?$/.test(text)) return text;
  const shown = new Date(Number(text) * (text.length === 10 ? 1000 : 1)).toISOString();
  return shown.replace('T00:00:00.000Z', '').replace(/\.000Z$/, 'Z');
}
