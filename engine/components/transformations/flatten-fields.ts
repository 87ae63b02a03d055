import * as z from 'zod';
import { component } from '../../language/component.ts';
import { isPlainObject, type JsonObject } from '../../util/json/json.ts';
import { setField } from '../../util/json/set-field.ts';
import { replaceRecord } from './replace-record.ts';

/** Moves the values of nested objects and lists to the top of a record. */
export const FlattenFields = component({
  family: 'Transformation',
  type: 'FlattenFields',
  doc: 'Brings nested values to the top of a record.',
  fields: () => ({
    flatten_lists: z.boolean().default(true).describe('Flatten lists too, item by item.'),
  }),
  make({ flatten_lists }) {
    return Object.freeze({
      transform: (record: JsonObject) => replaceRecord(record, flatten(record, flatten_lists)),
    });
  },
});

/**
 * Values are visited last to first. A value keeps its own key unless that is already taken, or a list has been met
 * before: then it is prefixed with its path, with dots. So names depend on the order, as existing records of the CDK
 * do.
 */
function flatten(record: JsonObject, flattensLists: boolean): JsonObject {
  const flat: JsonObject = {};
  const pending: { readonly name: string; readonly value: unknown }[] = [{ name: '_', value: record }];
  let hasMetList = false;
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { name, value } = next;
    if (flattensLists && Array.isArray(value)) {
      if (value.length > 0) hasMetList = true;
      for (const [index, item] of value.entries()) pending.push({ name: `${name}.${index}`, value: item });
    } else if (isPlainObject(value)) {
      for (const key of Object.keys(value)) {
        const isTaken = hasMetList || Object.hasOwn(flat, key);
        pending.push({ name: isTaken ? `${name}.${key}` : key, value: value[key] });
      }
    } else {
      setField(flat, name, value);
    }
  }
  return flat;
}
