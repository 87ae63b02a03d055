import type * as z from 'zod';
import type { Families, Family } from '../contract/families.ts';
import type { Scope } from '../contract/scope.ts';
import { memoizeSync } from '../util/flow/memoize.ts';
import type { Finding } from './finding.ts';
import type { LocalName } from './template-names.ts';
import type { Traits } from './traits.ts';

/** Fields of a component as zod types. A function, so that a command builds only the schemas of the types it meets. */
export type Fields = () => z.ZodRawShape;

/** What `make` receives: the parsed fields, with templates and slots as functions of the scope. */
export type FieldValues<F extends Fields> = z.output<z.ZodObject<ReturnType<F>>>;

/**
 * One component type of the language: its family, its name, its fields, and how it is made. Whoever calls its functions
 * gives them what its `fields` have read.
 */
export interface Component<F extends Family = Family> {
  readonly family: F;
  /** The value of `type:` in a manifest, verbatim; for a hook the last segment of its `class_name`. */
  readonly type: string;
  /** One sentence, for the editor's schema and the documentation. */
  readonly doc: string;
  readonly fields: Fields;
  /** Former names of the same type. */
  readonly aliases?: readonly string[];
  /** What its own templates are given besides `config` and `parameters`; absent where that is not the same for all. */
  readonly sees?: readonly LocalName[];
  /** What is wrong between its fields, without a config: nothing is made of a component with such a finding. */
  check?(fields: unknown): Iterable<Finding>;
  /** What rules over several components want to know of it. */
  traits?(fields: unknown): Traits;
  /** What of its slots is read when, where that is not each of them whenever it is read itself. */
  readonly reading?: SlotReading;
  /** Called once per sync and place; the result is frozen, and may keep state of the sync in its closure. */
  make(fields: unknown, scope: Scope): Families[F];
}

export function isOfFamily<F extends Family>(component: Component, family: F): component is Component<F> {
  return component.family === family;
}

/** Which slots of a component are read, for who counts how often the same is asked for. */
export interface SlotReading {
  /** Of these only one. */
  readonly oneOf?: readonly string[];
  /** Not these, when the stream is read for the partitions of another one. */
  readonly notForPartitions?: readonly string[];
  /** By the name of the slot, the field with the condition over the config without which it is not read. */
  readonly onlyWhen?: Readonly<Record<string, string>>;
}

/** A component together with the types of its fields, so that it can be made and extended in TypeScript. */
export interface TypedComponent<F extends Family, S extends Fields> extends Component<F> {
  readonly fields: S;
  readonly make: (fields: FieldValues<S>, scope: Scope) => Families[F];
}

interface Definition<F extends Family, S extends Fields> {
  readonly family: F;
  readonly type: string;
  readonly doc: string;
  readonly fields: S;
  readonly aliases?: readonly string[];
  readonly sees?: readonly LocalName[];
  readonly check?: (fields: FieldValues<S>) => Iterable<Finding>;
  readonly traits?: (fields: FieldValues<S>) => Traits;
  readonly reading?: SlotReading;
  readonly make: (fields: FieldValues<S>, scope: Scope) => Families[F];
}

/** Declares a component type. The zod fields are its parser, its TypeScript type and its part of the editor's schema. */
export function component<F extends Family, S extends Fields>(
  definition: Definition<F, S>,
): TypedComponent<F, S> {
  const { make } = definition;
  return Object.freeze({
    ...definition,
    fields: builtOnce(definition.fields),
    make(fields: FieldValues<S>, scope: Scope) {
      const made = make(fields, scope);
      // What a slot makes is shared by several parties.
      Object.freeze(made);
      return made;
    },
  });
}

/** Zod types never change. */
function builtOnce<S extends Fields>(fields: S): S {
  return memoizeSync(fields) as S;
}
