import { components } from '../../components/index.ts';
import type { Family } from '../../contract/families.ts';
import type { Component } from '../../language/component.ts';
import { customTypes } from '../../language/registry.ts';
import type { JsonSchema } from '../../util/json/json.ts';
import {
  componentSchema,
  customSchema,
  has,
  refTo,
  type SlotKind,
  slotName,
  when,
} from './component-schema.ts';

/** What may replace any value: a reference to another part of the manifest. */
const reference: JsonSchema = {
  title: 'reference',
  description:
    'Another part of this manifest, such as "#/definitions/requester"; fields beside "$ref" win over its own.',
  anyOf: [
    { type: 'string', pattern: '^(#/|\\*ref)' },
    { type: 'object', required: ['$ref'], properties: { $ref: { type: 'string' } } },
  ],
};

/**
 * The manifest language as a JSON schema for editors, made from the fields of all component types: types by the place
 * they stand in, their fields, what those mean and which are needed. Parts under "definitions" are known by their type.
 */
export function manifestSchema(): JsonSchema {
  const slots = new Map<string, SlotKind>();
  const onSlot = (slot: SlotKind) => slots.set(slotName(slot), slot);
  const definitions: Record<string, JsonSchema> = { reference, part: partSchema() };
  for (const component of components) definitions[nameOf(component)] = componentSchema(component, onSlot);
  for (const [type, family] of customEntries()) definitions[type] = customSchema(type, family);
  for (const [name, slot] of slots) definitions[name] = slotSchema(slot);
  const root = components.find(({ family }) => family === 'Source') as Component;
  const source = definitions[nameOf(root)] as { properties: Record<string, JsonSchema> };
  Object.assign(source.properties.definitions as JsonSchema, refTo('part'));
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

function customEntries(): readonly (readonly [string, Family])[] {
  return Object.entries(customTypes).map(([family, type]) => [type, family as Family]);
}

/** A name that `type` may have, and the definition of what it then is. */
interface Choice {
  readonly type: string;
  readonly definition: string;
}

function choicesOf(family: Family): readonly Choice[] {
  const custom = customTypes[family];
  return [
    ...components
      .filter((component) => component.family === family)
      .flatMap((component) =>
        [component.type, ...(component.aliases ?? [])].map((type) => ({
          type,
          definition: nameOf(component),
        })),
      ),
    ...(custom === undefined ? [] : [{ type: custom, definition: custom }]),
  ];
}

/** A slot takes any type of its families. One branch for each type, so that an editor speaks of the type that was meant. */
function slotSchema({ families, defaultType }: SlotKind): JsonSchema {
  const [family] = families;
  const choices = families.flatMap(choicesOf);
  const custom = customTypes[family];
  const withoutType =
    defaultType === undefined
      ? has('type')
      : when(has('class_name'), refTo(custom ?? defaultType), refTo(definitionOf(choices, defaultType)));
  return {
    title: family,
    ...when({ type: 'string' }, refTo('reference'), {
      title: family,
      type: 'object',
      properties: {
        type: { description: `The type of this ${family}.`, enum: choices.map(({ type }) => type) },
      },
      allOf: [
        ...choices.map(({ type, definition }) => when(hasType({ const: type }), refTo(definition))),
        when({ not: { anyOf: [has('type'), has('$ref')] } }, withoutType),
      ],
    }),
  };
}

function definitionOf(choices: readonly Choice[], type: string): string {
  return choices.find((choice) => choice.type === type)?.definition ?? type;
}

function hasType(type: JsonSchema): JsonSchema {
  return { type: 'object', required: ['type'], properties: { type } };
}

/** What stands under "definitions": components by their type, and folders of them. */
function partSchema(): JsonSchema {
  const definitions = new Map<string, Set<string>>();
  const add = ({ type, definition }: Choice) =>
    definitions.set(type, (definitions.get(type) ?? new Set()).add(definition));
  for (const { family } of components) for (const choice of choicesOf(family)) add(choice);
  for (const [type] of customEntries()) add({ type, definition: type });
  const component = [...definitions].map(([type, names]) => {
    const [name, ...others] = [...names].map(refTo);
    return when(
      hasType({ const: type }),
      others.length === 0 ? (name as JsonSchema) : { anyOf: [name, ...others] },
    );
  });
  const folder = when(
    { type: 'object' },
    { type: 'object', additionalProperties: refTo('part') },
    when({ type: 'array' }, { type: 'array', items: refTo('part') }),
  );
  return {
    title: 'part',
    ...when(hasType({ enum: [...definitions.keys()] }), { allOf: component }, folder),
  };
}
