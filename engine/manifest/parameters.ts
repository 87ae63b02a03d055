import type { Diagnostic } from '../error/diagnostic.ts';
import type { Place } from '../error/place.ts';
import {
  fieldOf,
  lazyMapping,
  type ManifestNode,
  type MappingEntry,
  type MappingNode,
  type ScalarNode,
  type SequenceNode,
  withPlace,
} from './node.ts';
import { errorAt } from './node-diagnostic.ts';
import { reachedBy, treeReachedBy } from './reference-trail.ts';
import { walk } from './walk.ts';

const parametersField = '$parameters';

/** The type of a component that stands in a slot without naming one; `custom` when it has a `class_name`. */
export type DefaultTypeOf = (parentType: string, fieldName: string, custom: boolean) => string | undefined;

export interface PropagationOptions {
  readonly defaultTypeOf: DefaultTypeOf;
  /** The slot that the node is in; absent for a whole manifest. */
  readonly slot?: { readonly parentType: string; readonly fieldName: string };
  /** Parameters from above. Default none. */
  readonly parameters?: MappingNode;
  /** Parameters from above win over those of components below, as in dynamic streams. Default false. */
  readonly useParentParameters?: boolean;
}

export interface Propagated {
  /** What is below a component is written out when somebody looks at it. */
  readonly node: ManifestNode;
  /** Found in the whole tree, which is then written out. */
  readonly diagnostics: readonly Diagnostic[];
}

type Slot = PropagationOptions['slot'];
type Parameters = Map<string, MappingEntry>;

/**
 * Gives components their default types and hands `$parameters` down the tree. A component (a mapping with a type) gets
 * every parameter as a field where its own field is missing or empty, and keeps them all in `$parameters`; a field
 * never gets the parameter of its own name. JSON schemas and mappings without a type are left alone, except that
 * components directly inside the latter are reached. References must have been resolved.
 */
export function propagateParameters(root: ManifestNode, options: PropagationOptions): Propagated {
  const diagnostics: Diagnostic[] = [];
  const { defaultTypeOf, useParentParameters = false } = options;

  function visitMapping(
    node: MappingNode,
    slot: Slot,
    inherited: Parameters,
    via: Place | undefined,
  ): MappingNode {
    const place = reachedBy(node.place, via);
    // While a component's fields are visited, what they inherit changes from one to the next.
    const above = copyOf(inherited);
    return lazyMapping(place, () => entriesOf(node, slot, above, place));
  }

  function entriesOf(
    node: MappingNode,
    slot: Slot,
    inherited: Parameters,
    place: Place,
  ): ReadonlyMap<string, MappingEntry> {
    const entries = copyOf(node.entries);
    if (slot && !entries.has('type')) {
      const type = defaultTypeOf(slot.parentType, slot.fieldName, entries.has('class_name'));
      if (type) entries.set('type', synthetic('type', type, place));
    }
    const declared = entries.get(parametersField);
    entries.delete(parametersField);
    const parameters = combine(inherited, declared, place.via);

    const type = entries.get('type')?.value;
    if (type !== undefined && isSchemaType(type)) return entries;
    if (type === undefined) {
      for (const [name, entry] of entries) {
        const { value } = entry;
        const nested = value.kind === 'mapping' && isTruthy(fieldOf(value, 'type'));
        const child = nested
          ? visitMapping(value, slot, parameters, place.via)
          : treeReachedBy(value, place.via);
        entries.set(name, carry(entry, child, place.via));
      }
      return entries;
    }
    return visitComponent(entries, type, parameters, declared?.key.place, place);
  }

  function visitComponent(
    entries: Map<string, MappingEntry>,
    type: ManifestNode,
    parameters: Parameters,
    parametersPlace: Place | undefined,
    place: Place,
  ): ReadonlyMap<string, MappingEntry> {
    const given = new Set<string>();
    parameters.forEach((parameter, name) => {
      if (isTruthy(entries.get(name)?.value)) return;
      entries.set(name, parameter);
      given.add(name);
    });
    const parentType = type.kind === 'scalar' ? String(type.value) : '';
    entries.forEach((entry, name) => {
      const { value } = entry;
      // A parameter already knows how it was reached.
      const via = given.has(name) ? undefined : place.via;
      if (value.kind === 'scalar') {
        if (via) entries.set(name, carry(entry, treeReachedBy(value, via), via));
        return;
      }
      const slot = { parentType, fieldName: name };
      const excluded = parameters.get(name);
      parameters.delete(name);
      const child =
        value.kind === 'mapping'
          ? visitMapping(value, slot, parameters, via)
          : visitItems(value, slot, parameters, via);
      entries.set(name, carry(entry, child, via));
      if (excluded && isTruthy(excluded.value)) {
        // What became of the items of a list is what the language hands on.
        parameters.set(
          name,
          given.has(name) && child.kind === 'sequence' ? { ...excluded, value: child } : excluded,
        );
      }
    });
    if (parameters.size > 0) {
      const at = { ...(parametersPlace ?? place), pointer: `${place.pointer}/${parametersField}` };
      const key: ScalarNode = { kind: 'scalar', value: parametersField, place: at };
      entries.set(parametersField, { key, value: { kind: 'mapping', entries: parameters, place: at } });
    }
    return entries;
  }

  function visitItems(
    node: SequenceNode,
    slot: Slot,
    parameters: Parameters,
    via: Place | undefined,
  ): SequenceNode {
    const place = reachedBy(node.place, via);
    const items = node.items.map((item) =>
      item.kind === 'mapping'
        ? visitMapping(item, slot, parameters, place.via)
        : treeReachedBy(item, place.via),
    );
    return { kind: 'sequence', items, place };
  }

  function combine(
    inherited: Parameters,
    declared: MappingEntry | undefined,
    via: Place | undefined,
  ): Parameters {
    if (declared === undefined) return inherited;
    const node = treeReachedBy(declared.value, via);
    if (node.kind !== 'mapping') {
      diagnostics.push(errorAt(node, '"$parameters" must be a mapping.'));
      return inherited;
    }
    return useParentParameters
      ? new Map([...node.entries, ...inherited])
      : new Map([...inherited, ...node.entries]);
  }

  if (root.kind !== 'mapping') return { node: root, diagnostics };
  const node = visitMapping(root, options.slot, new Map(options.parameters?.entries), undefined);
  return {
    node,
    get diagnostics() {
      // What has been looked at has been made.
      for (const _ of walk(node));
      return diagnostics;
    },
  };
}

/** To copy or visit entries by an iterator would make a list for each of them, and a start does little else. */
function copyOf(entries: ReadonlyMap<string, MappingEntry>): Map<string, MappingEntry> {
  const copy = new Map<string, MappingEntry>();
  entries.forEach((entry, name) => void copy.set(name, entry));
  return copy;
}

function carry(entry: MappingEntry, value: ManifestNode, via: Place | undefined): MappingEntry {
  const key = withPlace(entry.key, reachedBy(entry.key.place, via));
  return key === entry.key && value === entry.value ? entry : { key, value };
}

function synthetic(name: string, value: string, place: Place): MappingEntry {
  const at: Place = { ...place, pointer: `${place.pointer}/${name}` };
  return { key: { kind: 'scalar', value: name, place: at }, value: { kind: 'scalar', value, place: at } };
}

/**
 * A JSON schema has the type "object" or a list of types. Where `type` is a mapping, it is a schema property of that
 * name.
 */
function isSchemaType(type: ManifestNode): boolean {
  return type.kind !== 'scalar' || type.value === 'object';
}

/** Python's truth. */
function isTruthy(node: ManifestNode | undefined): boolean {
  switch (node?.kind) {
    case undefined:
      return false;
    case 'scalar':
      return Number.isNaN(node.value) || Boolean(node.value);
    case 'sequence':
      return node.items.length > 0;
    case 'mapping':
      return node.entries.size > 0;
  }
}
