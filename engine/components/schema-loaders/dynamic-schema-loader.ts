import * as z from 'zod';
import type { Retriever } from '../../contract/families.ts';
import { emptySlice } from '../../contract/slice.ts';
import { bareStreamScope } from '../../language/bare-stream-scope.ts';
import { component } from '../../language/component.ts';
import { slot } from '../../language/slots.ts';
import { memoize } from '../../util/flow/memoize.ts';
import { isPlainObject, type JsonObject, type JsonSchema } from '../../util/json/json.ts';
import { setField } from '../../util/json/set-field.ts';
import { compileGet } from '../../util/path/dpath.ts';

/** The name of the requests for a schema, in logs. Several streams may have their schema from one of them. */
const name = 'dynamic_properties';
const readerOfProperties = bareStreamScope(name, {
  isParent: true,
  purpose: {
    type: 'HTTP',
    title: `Schema loader '${name}' request`,
    description: 'Request performed in order to extract schema.',
  },
});

/** Makes the schema of a stream from the API's own description of its fields: the first record of a retriever. */
export const DynamicSchemaLoader = component({
  family: 'SchemaLoader',
  type: 'DynamicSchemaLoader',
  doc: "Makes a stream's JSON schema from the API's description of its fields.",
  fields: () => ({
    retriever: slot('Retriever', 'SimpleRetriever').describe(
      'Reads the description; its first record counts.',
    ),
    schema_type_identifier: slot('SchemaTypeIdentifier', 'SchemaTypeIdentifier').describe(
      "Finds each field's name and type in the description.",
    ),
    schema_filter: slot('RecordFilter', 'RecordFilter')
      .optional()
      .describe('Says which fields are kept; sees one field at a time as the record.'),
    schema_transformations: z
      .array(slot('Transformation'))
      .optional()
      .describe('Changes to the properties of the schema.'),
  }),
  make(fields, scope) {
    const identifier = fields.schema_type_identifier(scope);
    const descriptionsIn = compileGet(identifier.schemaPointer, null);
    const filter = fields.schema_filter?.(scope);
    const transformations = (fields.schema_transformations ?? []).map((transformation) =>
      transformation(scope),
    );
    const retriever = fields.retriever({ ...scope, stream: readerOfProperties });

    async function load(): Promise<JsonSchema> {
      const record = await firstRecord(retriever);
      const properties: JsonObject = {};
      for (const raw of record === undefined ? [] : toList(descriptionsIn(record))) {
        const { key, schema } = identifier.identify(raw as JsonObject);
        setField(properties, key, schema);
      }
      for (const [key, schema] of filter === undefined ? [] : Object.entries(properties)) {
        if (filter?.keeps({ [key]: schema }, {}) === false) delete properties[key];
      }
      for (const transformation of transformations) {
        await transformation.prepare?.();
        transformation.transform(properties, {});
      }
      return {
        $schema: 'https://json-schema.org/draft-07/schema#',
        type: 'object',
        additionalProperties: true,
        properties,
      };
    }

    return Object.freeze({ load: memoize(load), isRemote: true });
  },
});

async function firstRecord(retriever: Retriever): Promise<JsonObject | undefined> {
  for await (const { records } of retriever.read(emptySlice, {
    cursor: undefined,
    isDataFeed: false,
    isPreview: true,
  })) {
    const [first] = records;
    if (first !== undefined) return first;
  }
  return undefined;
}

/** A description without a list at the pointer describes a single field. */
function toList(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return isPlainObject(value) ? [value] : [];
}
