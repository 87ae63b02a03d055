import * as z from 'zod';
import { components } from '../components/index.ts';
import type { Family } from '../contract/families.ts';
import type { Component } from '../language/component.ts';
import { deprecatedFields, fieldMeta } from '../language/field-meta.ts';
import { customTypes } from '../language/registry.ts';
import type { JsonObject, JsonSchema } from '../util/json/json.ts';

/** What may replace any value: a reference to another part of the manifest. */
const reference: JsonSchema = {
  description:
    'Another part of this manifest, such as "#/definitions/requester"; fields beside "$ref" win over its own.',
  anyOf: [
    { type: 'string', pattern: '^#/' },
    { type: 'object', required: ['$ref'], properties: { $ref: { type: 'string', pattern: '^#/' } } },
  ],
};

/** A list of streams may contain both families. */
const alsoFit: Readonly<Partial<Record<Family, Family>>> = { Stream: 'ConditionalStreams' };

/**
 * The manifest language as a JSON schema for editors, made from the fields of all component types. It has types, fields
 * and their kinds. Missing fields are left to `validate`, since `$parameters` and `$ref` may bring them in.
 */
export function manifestSchema(): JsonSchema {
  const definitions: Record<string, JsonSchema> = { reference };
  for (const component of components) definitions[nameOf(component)] = componentSchema(component);
  for (const [family, type] of Object.entries(customTypes)) definitions[type] = customSchema(type, family);
  for (const family of new Set(components.map((component) => component.family)))
    definitions[familyName(family)] = { anyOf: [...typesOf(family).map(refTo), refTo('reference')] };
  const root = components.find(({ family }) => family === 'Source') as Component;
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'A manifest of manifold',
    ...refTo(nameOf(root)),
    definitions: Object.fromEntries(Object.entries(definitions).sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

/** Some type names occur in several families, with different fields. */
function nameOf({ family, type }: Component): string {
  return components.some((other) => other.type === type && other.family !== family)
    ? `${family}.${type}`
    : type;
}

function familyName(family: Family): string {
  return `Any${family}`;
}

function typesOf(family: Family): readonly string[] {
  const custom = customTypes[family];
  const also = alsoFit[family];
  return [
    ...components.filter((component) => component.family === family).map(nameOf),
    ...(custom === undefined ? [] : [custom]),
    ...(also === undefined ? [] : typesOf(also)),
  ];
}

function refTo(name: string): JsonSchema {
  return { $ref: `#/definitions/${name}` };
}

function componentSchema(component: Component): JsonSchema {
  const { properties = {} } = z.toJSONSchema(z.object(component.fields()), {
    target: 'draft-7',
    io: 'input',
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      const family = fieldMeta.get(zodSchema)?.slot;
      if (family !== undefined) Object.assign(jsonSchema, refTo(familyName(family)));
      if (deprecatedFields.has(zodSchema)) jsonSchema.deprecated = true;
      // A field inside another may also come by reference.
      delete jsonSchema.required;
      delete jsonSchema.additionalProperties;
    },
  });
  return {
    description: component.doc,
    type: 'object',
    properties: {
      type: { enum: [component.type, ...(component.aliases ?? [])] },
      ...Object.fromEntries(
        Object.entries(properties).map(([name, field]) => [name, orReference(field as JsonObject)]),
      ),
      $parameters: {
        type: 'object',
        description: 'Fields for this component and all below it that have them not.',
      },
    },
  };
}

function customSchema(type: string, family: string): JsonSchema {
  return {
    description: `A ${family} that a hook makes.`,
    type: 'object',
    properties: {
      type: { const: type },
      class_name: { type: 'string', description: 'Its last segment is the name of the hook.' },
    },
    required: ['class_name'],
  };
}

/** The description stays outside, where editors show it. */
function orReference({ description, default: standard, deprecated, ...field }: JsonObject): JsonSchema {
  const outside = {
    ...(deprecated !== undefined && { deprecated }),
    ...(description !== undefined && { description }),
    ...(standard !== undefined && { default: standard }),
  };
  if (Object.keys(field).length === 0) return outside;
  // A slot already takes references.
  if (typeof field.$ref === 'string') return { ...outside, allOf: [field] };
  if (Array.isArray(field.allOf) && field.allOf.length === 1) return { ...outside, allOf: field.allOf };
  return { ...outside, anyOf: [...(Array.isArray(field.anyOf) ? field.anyOf : [field]), refTo('reference')] };
}
