import { isObject, type JsonObject } from '../../util/json/json.ts';
import { setField } from '../../util/json/set-field.ts';
import { eachItem, fieldPath, innerList } from './field-path.ts';
import { ownFields } from './own-fields.ts';

/** A table that the records of a stream become: their own, or that of the items of a list in them. */
export interface Part {
  /** Of the list in records; empty for the records themselves. */
  readonly path: string;
  /** Fields whose objects and lists stay in a column of JSON. */
  readonly whole: ReadonlySet<string>;
  /** The names that objects had so far, as they stand in paths, by the paths before them; those of items by an empty one. */
  readonly names: Map<string, Set<string>>;
}

export interface SplitOptions<T extends Part> {
  readonly own: T;
  /** The table of a list; undefined when it has none, and stays in a column of JSON. */
  listAt(path: string): T | undefined;
  /** What tells a record apart. */
  keyOf(record: JsonObject): readonly unknown[];
  keeps(field: string): boolean;
}

/** An object with more names than this is rather a map, whose keys are data: those that come later stay together as JSON. */
const mostNames = 200;
/** Objects in objects, and lists in lists, that get columns and tables of their own. */
const mostLevels = 10;
const mostLists = 5;

/** A row that fields are added to. */
interface Target<T> {
  readonly part: T;
  readonly row: JsonObject;
  /** Of the item that it is, and of the items around that, from the outermost list on. */
  readonly positions: readonly number[];
}

/**
 * Takes a record apart: what lies in objects becomes fields of the row, by their paths, and each item of a list a row of
 * the list's own table. `into` gets each row before it has its fields, the record's own first.
 */
export function splitRecord<T extends Part>(
  record: JsonObject,
  { own, listAt, keyOf, keeps }: SplitOptions<T>,
  into: (part: T, row: JsonObject) => void,
): void {
  const key = keyOf(record);
  const whole: Target<T> = { part: own, row: {}, positions: [] };
  into(own, whole.row);
  for (const name in record) if (keeps(name)) addValue(whole, fieldPath(name), record[name], 0);

  function addValue(target: Target<T>, field: string, value: unknown, level: number): void {
    const { part, row, positions } = target;
    if (typeof value !== 'object' || value === null || part.whole.has(field)) setField(row, field, value);
    else if (Array.isArray(value)) {
      // Nothing of it remains: it has no rows.
      if (value.length === 0) return;
      const list = positions.length < mostLists ? listAt(innerList(part.path, field)) : undefined;
      if (list === undefined) setField(row, field, value);
      else for (const [position, item] of value.entries()) addItem(list, item, [...positions, position]);
    } else if (isObject(value) && level < mostLevels) addObject(target, field, `${field}/`, value, level + 1);
    else setField(row, field, value);
  }

  function addObject(target: Target<T>, field: string, prefix: string, value: JsonObject, level: number) {
    const { part, row } = target;
    const names = part.names.get(prefix) ?? new Set();
    part.names.set(prefix, names);
    let rest: JsonObject | undefined;
    for (const name in value) {
      const step = fieldPath(name);
      if (names.size >= mostNames && !names.has(step)) {
        rest ??= {};
        setField(rest, name, value[name]);
      } else {
        names.add(step);
        addValue(target, prefix + step, value[name], level);
      }
    }
    if (rest !== undefined) setField(row, field, rest);
  }

  function addItem(part: T, item: unknown, positions: readonly number[]): void {
    const row: JsonObject = {};
    for (const [index, value] of key.entries()) row[ownFields.key(index)] = value;
    for (const [index, position] of positions.slice(0, -1).entries())
      row[ownFields.outerPosition(index)] = position;
    row[ownFields.position] = positions.at(-1);
    into(part, row);
    const target = { part, row, positions };
    if (isObject(item)) addObject(target, eachItem, '', item, 0);
    else addValue(target, eachItem, item, 0);
  }
}
