import * as z from 'zod';
import type { Families, Family } from '../contract/families.ts';
import type { Scope } from '../contract/scope.ts';
import type { Source } from '../error/place.ts';
import { type MappingNode, nodeFromValue } from '../manifest/node.ts';
import type { JsonObject } from '../util/json/json.ts';
import { withArticle } from '../util/text/with-article.ts';
import { fieldMeta } from './field-meta.ts';
import type { Deferred } from './fields.ts';
import { nodeOf } from './plain.ts';

/** A child component: call it with the scope the child may see. */
export interface Slot<F extends Family> extends Deferred<Families[F]> {
  readonly node: MappingNode;
  readonly family: F;
}

/** A component of a family. Without a `type` the child is of the `defaultType`. */
export function slot<F extends Family>(family: F, defaultType?: string) {
  const type = z
    .custom<object>((value) => nodeOf(value)?.kind === 'mapping', {
      error: `${withArticle(family)} component is expected here`,
      params: { isShape: true },
    })
    .transform((value): Slot<F> => {
      const node = nodeOf(value) as MappingNode;
      const make = (scope: Scope) => scope.sync.build(node, family, scope);
      return Object.assign(make, { node, family });
    });
  fieldMeta.add(type, defaultType === undefined ? { slot: family } : { slot: family, defaultType });
  return type;
}

/** The slot, with what it makes changed: for a component that lets its child do a little more, or less. */
export function wrapSlot<F extends Family>(
  inner: Slot<F>,
  change: (made: Families[F], scope: Scope) => Families[F],
): Slot<F> {
  const make = (scope: Scope) => change(inner(scope), scope);
  return Object.assign(make, { node: inner.node, family: inner.family });
}

const defaultSource: Source = { name: '<default>' };

/** The component of a slot that was left out: one of the given type without any field. */
export function makeDefault<F extends Family>(
  family: F,
  type: string,
  scope: Scope,
  parameters: JsonObject = {},
): Families[F] {
  const node = nodeFromValue({ type, $parameters: parameters }, defaultSource) as MappingNode;
  return scope.sync.build(node, family, scope);
}

/** A component that stays a tree until somebody makes it: streams and stream templates. */
export interface Part {
  readonly node: MappingNode;
  readonly family: Family;
  /** Families that may stand in its place, told by their types. */
  readonly alternatives: readonly Family[];
}

/**
 * A part of the manifest taken as it is, with its places. A component without a `type` there is of the `defaultType`.
 */
export function part(family: Family, defaultType: string, alternatives: readonly Family[] = []) {
  const type = z
    .custom<object>((value) => nodeOf(value)?.kind === 'mapping', { error: 'a mapping is expected here' })
    .transform((value): Part => ({ node: nodeOf(value) as MappingNode, family, alternatives }));
  fieldMeta.add(type, { slot: family, alternatives, defaultType });
  return type;
}

export function isSlot(value: unknown): value is Slot<Family> {
  return typeof value === 'function' && 'node' in value && 'family' in value;
}

/** Whether a parsed field is a component, made by its parent or left as a tree. */
export function isChild(value: unknown): value is Slot<Family> | Part {
  return (
    isSlot(value) || (typeof value === 'object' && value !== null && 'node' in value && 'family' in value)
  );
}

/**
 * A part of a component that has a type of its own but no family. `$parameters` reach it even when it names no `type`.
 */
export function typedPart<T extends z.ZodType>(type: T, defaultType: string): T {
  fieldMeta.add(type, { defaultType });
  return type;
}
