import * as z from 'zod';
import { component } from '../../language/component.ts';
import { template } from '../../language/fields.ts';
import { pathSegment } from '../../language/path-segment.ts';
import { pyStr } from '../../template/python-values.ts';
import { isPlainObject, type JsonObject } from '../../util/json/json.ts';
import { compileGet, compileValues } from '../../util/path/dpath.ts';
import { compileDelete } from '../../util/path/dpath-delete.ts';
import { addFields, replaceRecord } from './replace-record.ts';

const nothing: readonly unknown[] = Object.freeze([]);

/** Moves the fields of one object inside a record to its top. Nothing changes if one of the names is already there. */
export const DpathFlattenFields = component({
  family: 'Transformation',
  type: 'DpathFlattenFields',
  doc: 'Brings the fields of an object inside a record to the top of the record.',
  fields: () => ({
    field_path: z.array(template()).describe('Path of the object; with "*" the first match counts.'),
    delete_origin_value: z.boolean().default(false).describe('Remove the object from where it was.'),
    replace_record: z.boolean().default(false).describe("Drop all of the record's other fields."),
    key_transformation: z
      .object({
        type: z.literal('KeyTransformation').optional(),
        prefix: template().optional().describe('Put before each key.'),
        suffix: template().optional().describe('Put after each key.'),
      })
      .optional()
      .describe('Changes the keys of the fields that are brought up.'),
  }),
  make(fields, scope) {
    const segments = fields.field_path.map((segment) => segment(scope));
    const before = fields.key_transformation?.prefix?.(scope);
    const after = fields.key_transformation?.suffix?.(scope);
    // Paths and affixes depend only on the config. They are compiled with the first record, since the config may not be
    // complete before.
    let compiled: ReturnType<typeof compile> | undefined;

    function compile() {
      const path = segments.map((segment) => pathSegment(segment()));
      const values = compileValues(path);
      const get = path.includes('*') ? (record: JsonObject) => values(record)[0] : compileGet(path, nothing);
      return { get, remove: compileDelete(path), prefix: affix(before?.()), suffix: affix(after?.()) };
    }

    return Object.freeze({
      transform(record: JsonObject) {
        compiled ??= compile();
        const { get, remove, prefix, suffix } = compiled;
        const found = get(record);
        if (!isPlainObject(found)) return;
        const fresh = prefix === '' && suffix === '' ? found : withAffixes(found, prefix, suffix);
        const keys = Object.keys(fresh);
        if (fields.replace_record && keys.length > 0) {
          replaceRecord(record, { ...fresh });
        } else if (!keys.some((key) => Object.hasOwn(record, key))) {
          if (fields.delete_origin_value) remove(record);
          addFields(record, fresh);
        }
      },
    });
  },
});

function withAffixes(object: JsonObject, prefix: string, suffix: string): JsonObject {
  return Object.fromEntries(
    Object.entries(object).map(([key, value]) => [`${prefix}${key}${suffix}`, value]),
  );
}

function affix(value: unknown): string {
  return value === undefined || value === null ? '' : pyStr(value);
}
