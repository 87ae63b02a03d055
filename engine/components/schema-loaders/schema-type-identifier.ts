import * as z from 'zod';
import { ConnectorError } from '../../error/connector-error.ts';
import { component } from '../../language/component.ts';
import { condition, template } from '../../language/fields.ts';
import { pathSegment } from '../../language/path-segment.ts';
import { pyEquals } from '../../template/python-values.ts';
import type { JsonObject } from '../../util/json/json.ts';
import { compileGet } from '../../util/path/dpath.ts';
import { type ComplexType, type FieldType, isDataType, notAType, schemaOfType } from './data-types.ts';

const dataType = () => z.string().refine(isDataType, { error: ({ input }) => notAType(String(input)) });

const complexType: z.ZodType<ComplexType> = z.lazy(() =>
  z
    .object({
      type: z.literal('ComplexFieldType').optional(),
      field_type: dataType().describe('Name of the data type.'),
      items: z.union([dataType(), complexType]).optional().describe("Type of the list's items."),
    })
    .refine((type) => type.items === undefined || type.field_type === 'array', {
      error: '"items" goes with the field_type "array" only',
    }),
);

const typesMap = () =>
  z.object({
    type: z.literal('TypesMap').optional(),
    target_type: z
      .union([dataType(), z.array(dataType()), complexType])
      .describe('The data type it stands for.'),
    current_type: z.union([z.string(), z.array(z.string())]).describe("The API's name of the type."),
    condition: condition()
      .optional()
      .describe('Template that sees "raw_schema"; the entry holds only when true.'),
  });

/** Reads name and type of one field out of the API's description of it. */
export const SchemaTypeIdentifier = component({
  family: 'SchemaTypeIdentifier',
  type: 'SchemaTypeIdentifier',
  doc: "Reads a field's name and type out of an API's description of it.",
  fields: () => ({
    schema_pointer: z.array(template()).default([]).describe('Path to the descriptions of the fields.'),
    key_pointer: z.array(template()).describe("Path to a field's name in its description."),
    type_pointer: z
      .array(template())
      .optional()
      .describe("Path to a field's type; without it every field is text."),
    types_mapping: z
      .array(typesMap())
      .optional()
      .describe("What the API's type names mean; the first that fits counts."),
  }),
  make(fields, scope) {
    const evaluated = (pointer: typeof fields.key_pointer) =>
      pointer.map((segment) => pathSegment(segment(scope)()));
    const keyOf = compileGet(evaluated(fields.key_pointer), null);
    const typeOf =
      fields.type_pointer === undefined || fields.type_pointer.length === 0
        ? () => 'string'
        : compileGet(evaluated(fields.type_pointer), 'string');
    const mapping = (fields.types_mapping ?? []).map((entry) => ({
      ...entry,
      holds: entry.condition?.(scope),
    }));

    function targetOf(type: unknown, raw: JsonObject): FieldType | unknown {
      const entry = mapping.find(
        ({ current_type, holds }) =>
          pyEquals(type, current_type) && (holds === undefined || holds({ raw_schema: raw })),
      );
      return entry === undefined ? type : entry.target_type;
    }

    return Object.freeze({
      schemaPointer: evaluated(fields.schema_pointer).map(String),
      identify(raw: JsonObject) {
        const key = keyOf(raw);
        if (typeof key !== 'string') {
          throw new ConnectorError(
            `The name of a field must be text, but the API gave ${JSON.stringify(key)}.`,
            {
              kind: 'config_error',
              nodes: [scope.place],
            },
          );
        }
        return { key, schema: schemaOfType(targetOf(typeOf(raw), raw)) };
      },
    });
  },
});
