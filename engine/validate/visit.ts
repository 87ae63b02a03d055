import type { Family } from '../contract/families.ts';
import type { Diagnostic } from '../error/diagnostic.ts';
import type { Component } from '../language/component.ts';
import { familyAt } from '../language/find-component.ts';
import { isHook } from '../language/hook.ts';
import { readComponent } from '../language/read-component.ts';
import { familyOfCustom, type Registry } from '../language/registry.ts';
import { isChild } from '../language/slots.ts';
import { noTraits, type Traits } from '../language/traits.ts';
import { type ManifestNode, type MappingNode, typeOf } from '../manifest/node.ts';
import { nodeAt } from '../manifest/node-at.ts';
import { memoizeSync } from '../util/flow/memoize.ts';

/** A component of a manifest with what is around it. */
export interface ComponentAt {
  readonly node: MappingNode;
  readonly family: Family;
  /** Undefined when its type is unknown, or when it is a hook that is not loaded. */
  readonly component: Component | undefined;
  /** Its code is a hook, loaded or not: what it does cannot be seen. */
  readonly isHook: boolean;
  /** Parsed; with errors only those that could be read. */
  readonly fields: Readonly<Record<string, unknown>>;
  readonly traits: Traits;
  /** What its own fields have wrong. */
  readonly diagnostics: readonly Diagnostic[];
  /** Undefined for the component where a walk began. */
  readonly parent: ComponentAt | undefined;
  /** The field of the parent that it is in. */
  readonly field: string | undefined;
  /** In the order of the parent's fields. */
  readonly children: readonly ComponentAt[];
}

/** A hook that is not loaded: of another language, say. */
export function isUnknownHook({ isHook: hasHook, component }: ComponentAt): boolean {
  return hasHook && component === undefined;
}

/** The component at a node; those below it are read when somebody looks at them. Needs no config. */
export function componentTree(
  node: MappingNode,
  family: Family,
  registry: Registry,
  within: Pick<ComponentAt, 'parent' | 'field'> = { parent: undefined, field: undefined },
): ComponentAt {
  const { component, fields, diagnostics, isComplete } = readComponent(node, family, registry);
  const at: ComponentAt = {
    node,
    family,
    component,
    isHook: component === undefined ? node.entries.has('class_name') : isHook(component),
    fields,
    traits: (isComplete && component?.traits?.(fields)) || noTraits,
    diagnostics,
    parent: within.parent,
    field: within.field,
    get children() {
      return children();
    },
  };
  const children = memoizeSync(() => {
    const found = isUnknownHook(at)
      ? [...node.entries].map(([field, { value }]) => [field, namedIn(value, registry)] as const)
      : Object.entries(fields).map(([field, value]) => [field, childrenIn(value, registry)] as const);
    return found.flatMap(([field, those]) =>
      [...those].map((child) => componentTree(child.node, child.family, registry, { parent: at, field })),
    );
  });
  return at;
}

/** What is a component by its type alone, where nobody knows the fields of the component around it. */
function* namedIn(value: ManifestNode, registry: Registry): Generator<{ node: MappingNode; family: Family }> {
  if (value.kind === 'sequence') for (const item of value.items) yield* namedIn(item, registry);
  if (value.kind !== 'mapping') return;
  const type = typeOf(value) ?? '';
  const family = registry.familiesOf(type)[0] ?? familyOfCustom(type);
  if (family !== undefined) yield { node: value, family };
}

const trees = new WeakMap<Registry, WeakMap<MappingNode, ComponentAt>>();

/** The tree of a manifest, read once for all that look at it without a config. */
export function sourceTree(root: MappingNode, registry: Registry): ComponentAt {
  const known = trees.get(registry) ?? new WeakMap<MappingNode, ComponentAt>();
  trees.set(registry, known);
  const tree = known.get(root) ?? componentTree(root, 'Source', registry);
  known.set(root, tree);
  return tree;
}

/** Components are in fields directly, in lists, and in mappings. */
function* childrenIn(value: unknown, registry: Registry): Generator<{ node: MappingNode; family: Family }> {
  if (isChild(value)) {
    const alternatives = 'alternatives' in value ? value.alternatives : [];
    yield { node: value.node, family: familyAt(value.node, [value.family, ...alternatives], registry) };
  } else if (typeof value === 'object' && value !== null) {
    for (const item of Object.values(value)) yield* childrenIn(item, registry);
  }
}

const visited = new WeakMap<ComponentAt, readonly ComponentAt[]>();

/** A component and all below it, parents before children. A hundred checks ask this of the same tree. */
export function visit(at: ComponentAt): readonly ComponentAt[] {
  const known = visited.get(at);
  if (known !== undefined) return known;
  const found: ComponentAt[] = [];
  const left = [at];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    found.push(next);
    left.push(...next.children.toReversed());
  }
  visited.set(at, found);
  return found;
}

/** The component in a field, or the first of several. */
export function childIn(at: ComponentAt | undefined, field: string): ComponentAt | undefined {
  return at?.children.find((child) => child.field === field);
}

/** The nearest component of a family around another one. */
export function ancestorOf(at: ComponentAt, family: Family): ComponentAt | undefined {
  for (let above = at.parent; above !== undefined; above = above.parent)
    if (above.family === family) return above;
  return undefined;
}

/** In the template of dynamic streams any value may be replaced when a stream is made. */
export function isFilledIn(at: ComponentAt): boolean {
  return ancestorOf(at, 'DynamicStream') !== undefined;
}

/** What is written in a field, or at a path that begins with one; undefined when it is left out. */
export function written(
  at: ComponentAt | undefined,
  ...path: readonly (string | number)[]
): ManifestNode | undefined {
  let node: ManifestNode | undefined = at?.node;
  for (const step of path) {
    if (node === undefined) return undefined;
    const next: ManifestNode = nodeAt(node, [step]);
    node = next === node ? undefined : next;
  }
  return node?.kind === 'scalar' && node.value === null ? undefined : node;
}

/** The text in a field; undefined when there is none. */
export function textIn(
  at: ComponentAt | undefined,
  ...path: readonly (string | number)[]
): string | undefined {
  const node = written(at, ...path);
  return node?.kind === 'scalar' && typeof node.value === 'string' ? node.value : undefined;
}
