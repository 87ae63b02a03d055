import type { RecordContext } from '../../contract/families.ts';
import { addedFields, compileAdditions } from '../../language/added-fields.ts';
import { component } from '../../language/component.ts';
import { typedPart } from '../../language/slots.ts';
import { PyFloat, toJson } from '../../template/python-values.ts';
import type { JsonObject } from '../../util/json/json.ts';
import { transformContext } from './transform-context.ts';

/** Sets fields of a record to the values of templates. */
export const AddFields = component({
  family: 'Transformation',
  type: 'AddFields',
  doc: 'Adds fields to a record.',
  fields() {
    const fields = addedFields();
    return { ...fields, fields: typedPart(fields.fields, 'AddedFieldDefinition') };
  },
  traits: ({ fields }) => ({
    adds: fields.map(({ path, value, value_type }) => ({ path, template: value.text, type: value_type })),
  }),
  make(fields, scope) {
    const add = compileAdditions(fields, scope, plainOf);
    return Object.freeze({
      transform: (record: JsonObject, context: RecordContext) =>
        add(record, transformContext(record, context)),
    });
  },
});

/**
 * Tuples, sets and the like become JSON values. A float stays one, because text made of it distinguishes 1.0 from 1.
 */
function plainOf(value: unknown): unknown {
  return typeof value !== 'object' || value === null || value instanceof PyFloat ? value : toJson(value);
}
