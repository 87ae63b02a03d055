import type * as z from 'zod';
import type { Family } from '../contract/families.ts';
import type { Component } from './component.ts';
import { type FieldSlot, slotIn } from './field-slots.ts';
import type { Hook } from './hook.ts';

/** All component types and hooks a connector may use, by family and by name. */
export interface Registry {
  /** A component by its `type`, when it is of the family. */
  find(family: Family, type: string): Component | undefined;
  /** A hook by the `class_name` of a `Custom*` component: only its last segment counts. */
  findHook(family: Family, className: string): Component | undefined;
  /** Templates of the manifests that it reads are known to be right: they were read when the package was built. */
  readonly hasReadTemplates: boolean;
  /** The families that know a type of this name. */
  familiesOf(type: string): readonly Family[];
  typesOf(family: Family): readonly string[];
  /** The types that have a field of this name. */
  typesWith(fieldName: string): readonly string[];
  /**
   * The type of a child without one, by the type of its parent and the field it is in; with a `class_name`, the custom
   * type of the field's family.
   */
  defaultTypeOf(parentType: string, fieldName: string, custom: boolean): string | undefined;
}

/** The `type` of components whose code is a hook, by family. */
export const customTypes: Readonly<Partial<Record<Family, string>>> = Object.freeze({
  Authenticator: 'CustomAuthenticator',
  BackoffStrategy: 'CustomBackoffStrategy',
  ConfigTransformation: 'CustomConfigTransformation',
  Decoder: 'CustomDecoder',
  ErrorHandler: 'CustomErrorHandler',
  IncrementalSync: 'CustomIncrementalSync',
  PaginationStrategy: 'CustomPaginationStrategy',
  PartitionRouter: 'CustomPartitionRouter',
  RecordExtractor: 'CustomRecordExtractor',
  RecordFilter: 'CustomRecordFilter',
  Requester: 'CustomRequester',
  Retriever: 'CustomRetriever',
  SchemaLoader: 'CustomSchemaLoader',
  SchemaNormalization: 'CustomSchemaNormalization',
  StateMigration: 'CustomStateMigration',
  Transformation: 'CustomTransformation',
  ValidationStrategy: 'CustomValidationStrategy',
});

/** The families that hooks may be of. */
export const customFamilies = Object.freeze(Object.keys(customTypes) as Family[]);

/** The family of a custom type; undefined for other types. */
export function familyOfCustom(type: string): Family | undefined {
  return customFamilies.find((family) => customTypes[family] === type);
}

export function createRegistry(
  components: readonly Component[],
  hooks: readonly Hook[] = [],
  { hasReadTemplates = false }: Partial<Pick<Registry, 'hasReadTemplates'>> = {},
): Registry {
  const byName = new Map<string, Component>();
  const typesByFamily = new Map<Family, string[]>();
  const byType = new Map<string, Component>();
  for (const component of components) {
    typesByFamily.set(component.family, [...(typesByFamily.get(component.family) ?? []), component.type]);
    for (const name of [component.type, ...(component.aliases ?? [])]) {
      byName.set(`${component.family}.${name}`, component);
      byType.set(name, component);
    }
  }
  const hooksByName = new Map(hooks.map((hook) => [`${hook.family}.${hook.type}`, hook]));
  return Object.freeze({
    hasReadTemplates,
    find: (family: Family, type: string) => byName.get(`${family}.${type}`),
    findHook: (family: Family, className: string) =>
      hooksByName.get(`${family}.${className.split('.').at(-1)}`),
    familiesOf: (type: string) => components.filter((item) => item.type === type).map((item) => item.family),
    typesOf(family: Family) {
      const custom = customTypes[family];
      return [...(typesByFamily.get(family) ?? []), ...(custom === undefined ? [] : [custom])];
    },
    typesWith: (fieldName: string) =>
      components.filter(({ fields }) => Object.hasOwn(fields(), fieldName)).map(({ type }) => type),
    defaultTypeOf(parentType: string, fieldName: string, custom: boolean) {
      const component = byType.get(parentType);
      if (component === undefined) return undefined;
      const slots = slotsByComponent.get(component) ?? slotsOf(component);
      slotsByComponent.set(component, slots);
      const found = slots.get(fieldName);
      if (found === undefined) return undefined;
      return custom ? found.slot && customTypes[found.slot] : found.defaultType;
    },
  });
}

const slotsByComponent = new WeakMap<Component, ReadonlyMap<string, FieldSlot>>();

function slotsOf(component: Component): ReadonlyMap<string, FieldSlot> {
  const slots = new Map<string, FieldSlot>();
  for (const [name, type] of Object.entries(component.fields())) {
    const found = slotIn(type as z.ZodType);
    if (found !== undefined) slots.set(name, found);
  }
  return slots;
}
