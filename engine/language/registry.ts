import type * as z from 'zod';
import type { Component, Hook } from './component.ts';
import type { Family } from './families.ts';
import { fieldMeta } from './fields.ts';

/** All component types and hooks a connector may use, by family and by name. */
export interface Registry {
  /** A component by its `type`, when it is of the family. */
  find(family: Family, type: string): Component | undefined;
  /** A hook by the `class_name` of a `Custom*` component: only its last segment counts. */
  findHook(family: Family, className: string): Component | undefined;
  /** The families that know a type of this name. */
  familiesOf(type: string): readonly Family[];
  typesOf(family: Family): readonly string[];
  /** The type a child without one has, by the type of its parent and the field it stands in. */
  defaultTypeOf(parentType: string, fieldName: string): string | undefined;
}

/** `type` of the components that stand for a hook, by family. */
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

export function createRegistry(components: readonly Component[], hooks: readonly Hook[] = []): Registry {
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
    find: (family: Family, type: string) => byName.get(`${family}.${type}`),
    findHook: (family: Family, className: string) =>
      hooksByName.get(`${family}.${className.split('.').at(-1)}`),
    familiesOf: (type: string) => components.filter((item) => item.type === type).map((item) => item.family),
    typesOf(family: Family) {
      const custom = customTypes[family];
      return [...(typesByFamily.get(family) ?? []), ...(custom === undefined ? [] : [custom])];
    },
    defaultTypeOf(parentType: string, fieldName: string) {
      const field = byType.get(parentType)?.fields()[fieldName];
      return field === undefined ? undefined : defaultTypeIn(field as z.ZodType);
    },
  });
}

/** Looks through optional, default, array, record and union for the slot inside. */
function defaultTypeIn(type: z.ZodType): string | undefined {
  const meta = fieldMeta.get(type);
  if (meta?.slot !== undefined) return meta.defaultType;
  const { def } = type as unknown as { def: Record<string, unknown> };
  const inner = [
    def['innerType'],
    def['element'],
    def['valueType'],
    ...(Array.isArray(def['options']) ? def['options'] : []),
  ];
  for (const candidate of inner) {
    const found = candidate === undefined ? undefined : defaultTypeIn(candidate as z.ZodType);
    if (found !== undefined) return found;
  }
  return undefined;
}
