import { isPlainObject, type JsonObject } from '../../util/json/json.ts';
import { setField } from '../../util/json/set-field.ts';
import { replaceRecord } from './replace-record.ts';

/**
 * Renames the keys of a record and of the objects in it, but not of objects in lists. Of two equal names, the last
 * wins.
 */
export function renameKeys(record: JsonObject, rename: (key: string) => string): void {
  const renamed = renamedCopy(record, rename);
  if (renamed !== record) replaceRecord(record, renamed);
}

/** Returns the same object when none of its keys change. */
function renamedCopy(object: JsonObject, rename: (key: string) => string): JsonObject {
  const copy: JsonObject = {};
  let hasChanged = false;
  for (const key of Object.keys(object)) {
    const value = object[key];
    const name = rename(key);
    const inner = isPlainObject(value) ? renamedCopy(value, rename) : value;
    if (name !== key || inner !== value) hasChanged = true;
    setField(copy, name, inner);
  }
  return hasChanged ? copy : object;
}
