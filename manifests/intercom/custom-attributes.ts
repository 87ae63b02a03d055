import {
  bareStreamScope,
  condition,
  defineHook,
  isObject,
  type JsonObject,
  type JsonSchema,
  type Retriever,
  type SchemaLoader,
  slot,
  type Transformation,
} from 'manifold-connectors';
import * as z from 'zod';

/** What the API calls the types of attributes, as types of JSON. Dates are UNIX seconds. */
const types: Readonly<Record<string, string>> = {
  string: 'string',
  list: 'string',
  integer: 'integer',
  date: 'integer',
  datetime: 'integer',
  float: 'number',
  decimal: 'number',
  boolean: 'boolean',
};

/** `custom_` and the name: other fields of a record may have the same name. */
const columnOf = (name: string): string => `custom_${name}`;

/**
 * One property for each attribute that the workspace has defined. Archived ones too, as old records still have them.
 * Attributes of one name and several types (of several ticket types) get a property that says nothing of its type.
 */
export const CustomAttributeColumns = defineHook('SchemaLoader', {
  name: 'CustomAttributeColumns',
  doc: 'Makes a property of each custom attribute that the workspace has defined.',
  fields: () => ({
    when: condition().describe('There are properties only when true.'),
    retriever: slot('Retriever', 'SimpleRetriever').describe(
      'Reads the definitions: name, data_type, custom.',
    ),
  }),
  make(fields, scope) {
    if (!fields.when(scope)({})) return Object.freeze<SchemaLoader>({ load: async () => ({}) });
    const stream = bareStreamScope('custom attributes', { isParent: true });
    const definitions = fields.retriever({ ...scope, stream });
    return Object.freeze<SchemaLoader>({ load: () => propertiesOf(definitions), isRemote: true });
  },
});

async function propertiesOf(definitions: Retriever): Promise<JsonSchema> {
  const properties: Record<string, JsonSchema> = {};
  const slice = { partition: {}, cursor: {}, extraFields: {} };
  for await (const { records } of definitions.read(slice, { cursor: undefined, isDataFeed: false })) {
    for (const definition of records) {
      if (definition.custom === false || typeof definition.name !== 'string') continue;
      const column = columnOf(definition.name);
      const property = propertyOf(definition);
      const known = properties[column];
      properties[column] =
        known === undefined || String(known.type) === String(property.type)
          ? property
          : { description: `${definition.name}, of several types` };
    }
  }
  return { properties };
}

function propertyOf({ name, description, data_type }: JsonObject): JsonSchema {
  const type = types[String(data_type)];
  return {
    description:
      typeof description === 'string' && description !== ''
        ? description
        : `Custom attribute ${String(name)}.`,
    ...(type !== undefined && { type: ['null', type] }),
  };
}

/** Gives a record the columns. The attributes also stay where they were, for those who read them there. */
export const AddCustomAttributes = defineHook('Transformation', {
  name: 'AddCustomAttributes',
  doc: 'Makes a field of each custom attribute of a record.',
  fields: () => ({
    when: condition().describe('Fields are added only when true.'),
    attributes: z.string().default('custom_attributes').describe('The field of the record that has them.'),
  }),
  make(fields, scope) {
    const isOn = fields.when(scope)({});
    return Object.freeze<Transformation>({
      transform(record) {
        const values = record[fields.attributes];
        if (!isOn || !isObject(values)) return;
        for (const [name, value] of Object.entries(values)) record[columnOf(name)] = value;
      },
    });
  },
});
