import type { Families, Family } from '../contract/families.ts';
import type { Scope } from '../contract/scope.ts';
import type { Component, Fields, FieldValues, SlotReading, TypedComponent } from './component.ts';

/** The TypeScript behind a `Custom*` component of a manifest. */
export interface Hook extends Component {
  readonly isHook: true;
}

/** A hook as it is declared: it can be extended like a component of the language. */
export interface TypedHook<F extends Family, S extends Fields> extends TypedComponent<F, S> {
  readonly isHook: true;
}

export interface HookDefinition<F extends Family, S extends Fields> {
  /** What a manifest calls it: the last segment of `class_name`. */
  readonly name: string;
  /** What it is for, in one sentence. */
  readonly doc?: string;
  /** Its fields in the manifest as zod types; `template()`, `slot(…)` and the like are functions of the scope. */
  readonly fields: S;
  /** What of its slots is read when, where that is not each of them: answers are kept for those who will ask for them. */
  readonly reading?: SlotReading;
  /** Called once per sync and place. What lasts as long as the sync is kept in its closure. */
  readonly make: (fields: FieldValues<S>, scope: Scope) => Families[F];
}

/**
 * Declares a hook. `family` says what it stands for in a manifest ("Requester" for a `CustomRequester`); everything else
 * is as in a component of the same family.
 */
export function defineHook<F extends Family, S extends Fields>(
  family: F,
  { name, doc = '', fields, make, reading }: HookDefinition<F, S>,
): TypedHook<F, S> {
  return Object.freeze({
    family,
    type: name,
    doc,
    fields,
    make,
    isHook: true as const,
    ...(reading && { reading }),
  });
}

/** The fields of both; where they have one of the same name, that of the extension counts. */
type Merged<S extends Fields, M extends Fields> = () => Omit<ReturnType<S>, keyof ReturnType<M>> &
  ReturnType<M>;

export interface Extension<F extends Family, S extends Fields, M extends Fields> {
  readonly name: string;
  readonly doc?: string;
  /** Fields beyond those of what is extended. */
  readonly fields?: M;
  /** `base` makes what is extended, from its fields and the scope that it may see. */
  readonly make: (
    fields: FieldValues<Merged<S, M>>,
    scope: Scope,
    base: (fields: FieldValues<S>, scope: Scope) => Families[F],
  ) => Families[F];
}

type NoFields = () => Record<never, never>;

/**
 * Declares a hook that does what a component of the language, or another hook, does, and something more: it has the
 * fields of both.
 */
export function extend<F extends Family, S extends Fields, M extends Fields = NoFields>(
  base: TypedComponent<F, S>,
  { name, doc = '', fields, make }: Extension<F, S, M>,
): TypedHook<F, Merged<S, M>> {
  const hook = defineHook<F, Merged<S, M>>(base.family, {
    name,
    doc,
    // The spread of two shapes is their merge, which the compiler does not see for shapes it does not know.
    fields: (() => ({ ...base.fields(), ...fields?.() })) as Merged<S, M>,
    make: (values, scope) => make(values, scope, base.make),
  });
  const own = Object.keys(fields?.() ?? {});
  // What the base says of its fields holds while all of them are its own.
  if (own.some((name) => Object.hasOwn(base.fields(), name))) return hook;
  const { check, traits, reading } = base;
  return Object.freeze({
    ...hook,
    ...(check && { check }),
    ...(traits && { traits }),
    ...(reading && { reading }),
  });
}

export function isHook(value: unknown): value is Hook {
  return typeof value === 'object' && value !== null && (value as Partial<Hook>).isHook === true;
}
