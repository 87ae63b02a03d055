import type { JsonObject } from '../../util/json/json.ts';
import { setField } from '../../util/json/set-field.ts';

/** Gives a record the fields of another object, and no others. */
export function replaceRecord(record: JsonObject, fields: JsonObject): void {
  for (const key of Object.keys(record)) delete record[key];
  addFields(record, fields);
}

export function addFields(record: JsonObject, fields: JsonObject): void {
  for (const key of Object.keys(fields)) setField(record, key, fields[key]);
}
