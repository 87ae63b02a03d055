import * as z from 'zod';
import type { Family } from '../../contract/families.ts';
import type { Component } from '../../language/component.ts';
import { deprecatedFields, fieldMeta } from '../../language/field-meta.ts';
import type { JsonObject, JsonSchema } from '../../util/json/json.ts';

/** A schema in "definitions". */
export function refTo(name: string): JsonSchema {
  return { $ref: `#/definitions/${name}` };
}

/** A place for components of some families; one without a `type` is of the default type. */
export interface SlotKind {
  readonly families: readonly [Family, ...Family[]];
  readonly defaultType: string | undefined;
}

/** The name of the definition for all slots of a kind. */
export function slotName({ families, defaultType }: SlotKind): string {
  const name = `Any${families.join('Or')}`;
  return defaultType === undefined ? name : `${name}.${defaultType}`;
}

/** Called for every slot that a field has. */
export type OnSlot = (slot: SlotKind) => void;

const parameters: JsonSchema = {
  type: 'object',
  description: 'Fields for this component and all below it that have them not.',
};

/** What every component may carry beside its fields. */
const everywhere: JsonSchema = {
  $ref: { type: 'string', description: 'A part of this manifest that this one begins as.' },
  $parameters: parameters,
  $options: { ...parameters, deprecated: true, description: 'The former name of "$parameters".' },
  name: { description: 'A name for readers.' },
  title: { description: 'A title for readers.' },
  description: { description: 'A remark for readers.' },
};

/** One component type: its fields with what they mean, and those that it needs. */
export function componentSchema(component: Component, onSlot: OnSlot): JsonSchema {
  const { properties, required = [] } = fieldsSchema(z.object(component.fields()), onSlot);
  return {
    title: component.type,
    description: component.doc,
    type: 'object',
    properties: {
      type: {
        description: component.doc,
        enum: [component.type, ...(component.aliases ?? [])],
      },
      ...properties,
      ...withoutNames(everywhere, properties),
    },
    additionalProperties: false,
    ...needs(required),
  };
}

function withoutNames(fields: JsonSchema, named: JsonSchema): JsonSchema {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !(name in named)));
}

/** A component whose code is a hook: its fields are the hook's. */
export function customSchema(type: string, family: Family): JsonSchema {
  return {
    title: type,
    description: `A ${family} that a hook makes.`,
    type: 'object',
    properties: {
      ...everywhere,
      type: { const: type },
      class_name: { type: 'string', description: 'Its last segment is the name of the hook.' },
    },
    ...needs(['class_name']),
  };
}

interface FieldsSchema {
  readonly properties: JsonSchema;
  readonly required?: readonly string[];
}

function fieldsSchema(fields: z.ZodObject, onSlot: OnSlot): FieldsSchema {
  const schema = z.toJSONSchema(fields, {
    target: 'draft-7',
    io: 'input',
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema, path }) => {
      const { slot, alternatives = [], defaultType } = fieldMeta.get(zodSchema) ?? {};
      if (slot !== undefined) {
        const kind: SlotKind = { families: [slot, ...alternatives], defaultType };
        onSlot(kind);
        Object.assign(jsonSchema, refTo(slotName(kind)));
      }
      if (deprecatedFields.has(zodSchema)) jsonSchema.deprecated = true;
      // A part of a component may come by reference, or have fields by parameters.
      if (path.length === 0) return;
      delete jsonSchema.required;
      delete jsonSchema.additionalProperties;
    },
  });
  const {
    properties = {},
    required,
    definitions,
  } = schema as JsonObject & {
    properties?: Record<string, JsonObject>;
    required?: string[];
    definitions?: Record<string, JsonObject>;
  };
  return {
    properties: Object.fromEntries(
      Object.entries(properties).map(([name, field]) => [
        name,
        orReference(expanded(field, definitions ?? {})),
      ]),
    ),
    ...(required !== undefined && { required: required.filter((name) => name !== 'type') }),
  };
}

/** zod names a type that holds itself; editors need its first two levels. */
function expanded(field: JsonObject, named: Record<string, JsonObject>, levels = 2): JsonObject {
  return replace(field, levels) as JsonObject;

  function replace(value: unknown, left: number): unknown {
    if (Array.isArray(value)) return value.map((item) => replace(item, left));
    if (typeof value !== 'object' || value === null) return value;
    const { $ref } = value as JsonObject;
    const name = typeof $ref === 'string' ? $ref.slice('#/definitions/'.length) : undefined;
    const found = name === undefined ? undefined : named[name];
    if (found !== undefined) return left === 0 ? {} : replace(found, left - 1);
    return oneTypeEach(
      Object.fromEntries(Object.entries(value).map(([key, item]) => [key, replace(item, left)])),
    );
  }
}

/** Strict validators take no list of types. */
function oneTypeEach({ type, ...rest }: JsonObject): JsonObject {
  if (!Array.isArray(type)) return type === undefined ? rest : { type, ...rest };
  // The values of an enum say what types there are.
  return 'enum' in rest ? rest : { ...rest, anyOf: type.map((one) => ({ type: one })) };
}

/** `$ref` and `$parameters` may bring in what is missing. */
function needs(required: readonly string[]): JsonSchema {
  if (required.length === 0) return {};
  return when({ not: { anyOf: [has('$ref'), has('$parameters'), has('$options')] } }, has(...required));
}

/** JSON schema's condition. */
export function when(condition: JsonSchema, then: JsonSchema, otherwise: JsonSchema = {}): JsonSchema {
  return Object.fromEntries([
    ['if', condition],
    ['then', then],
    ['else', otherwise],
  ]);
}

/** An object with all of the fields. */
export function has(...names: readonly string[]): JsonSchema {
  return {
    type: 'object',
    required: [...names],
    properties: Object.fromEntries(names.map((name) => [name, true])),
  };
}

/** A whole field may be a reference too. The description stays outside, where editors show it. */
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
