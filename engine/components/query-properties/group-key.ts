import { pythonText } from '../../http/request/request-text.ts';
import { pyTruth } from '../../template/python-values.ts';
import type { JsonObject } from '../../util/json/json.ts';

/** The values of some fields as one text; undefined when a record lacks one of them. */
export function groupKey(fields: readonly string[]): (record: JsonObject) => string | undefined {
  return (record) => {
    const values = fields.map((field) => (Object.hasOwn(record, field) ? record[field] : undefined));
    if (values.some((value) => value === undefined || !pyTruth(value))) return undefined;
    return values.map(pythonText).join(',');
  };
}
