import type { Place, Source } from '../error/place.ts';
import { setField } from '../util/json/set-field.ts';

/**
 * A manifest as a tree whose nodes know where they are written. Nodes never change: a transform makes new ones and
 * shares those it leaves alone, so one node may occur in several places.
 */
export type ManifestNode = ScalarNode | SequenceNode | MappingNode;

export type ScalarValue = string | number | bigint | boolean | null;

export interface ScalarNode {
  readonly kind: 'scalar';
  /** Ints beyond 2^53 are bigints. An unquoted date or time is its ISO text. */
  readonly value: ScalarValue;
  /** Set on a float with an integral value, such as `1.0`, which Python distinguishes from the int. */
  readonly float?: true;
  /** Set on an unquoted date or time, which is not a string to the Python CDK. */
  readonly timestamp?: true;
  /** Set on what a components resolver has set at run time: its type is that of a value, whatever the place takes. */
  readonly isResolved?: true;
  readonly place: Place;
}

export interface SequenceNode {
  readonly kind: 'sequence';
  readonly items: readonly ManifestNode[];
  readonly place: Place;
}

export interface MappingEntry {
  readonly key: ScalarNode;
  readonly value: ManifestNode;
}

export interface MappingNode {
  readonly kind: 'mapping';
  /** In Python's order. Keys are strings as JSON would have them (`200:` is "200"); `key.value` keeps the type. */
  readonly entries: ReadonlyMap<string, MappingEntry>;
  readonly place: Place;
}

/** The value of a mapping's field, if the node is a mapping and has it. */
export function fieldOf(node: ManifestNode, name: string): ManifestNode | undefined {
  return node.kind === 'mapping' ? node.entries.get(name)?.value : undefined;
}

/** The component type of a mapping: its `type` when that is a string. */
export function typeOf(node: ManifestNode): string | undefined {
  const type = fieldOf(node, 'type');
  return type?.kind === 'scalar' && typeof type.value === 'string' ? type.value : undefined;
}

/**
 * A mapping whose entries are made when somebody looks at them: a manifest with references and parameters written out is
 * many times as large as its text, and most commands look at a small part of it.
 */
export function lazyMapping(place: Place, make: () => ReadonlyMap<string, MappingEntry>): MappingNode {
  let pending: typeof make | undefined = make;
  let entries: ReadonlyMap<string, MappingEntry> = noEntries;
  return {
    kind: 'mapping',
    place,
    get entries() {
      if (pending !== undefined) {
        entries = pending();
        pending = undefined;
      }
      return entries;
    },
  };
}

const noEntries: ReadonlyMap<string, MappingEntry> = new Map();

/** The node with another place; everything below is shared. */
export function withPlace(node: ScalarNode, place: Place): ScalarNode;
export function withPlace(node: ManifestNode, place: Place): ManifestNode;
export function withPlace(node: ManifestNode, place: Place): ManifestNode {
  if (place === node.place) return node;
  return node.kind === 'mapping' ? lazyMapping(place, () => node.entries) : { ...node, place };
}

/** A value that is left out is null. */
export function nullScalar(place: Place): ScalarNode {
  return { kind: 'scalar', value: null, place: { ...place, style: 'plain' } };
}

/** One more step of a JSON pointer (RFC 6901). */
export function pointerStep(pointer: string, step: string | number): string {
  if (typeof step === 'number' || !/[~/]/.test(step)) return `${pointer}/${step}`;
  return `${pointer}/${step.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/**
 * The plain value of a node: null, boolean, number, bigint, string, array, plain object. `ofScalar` lets a caller give
 * integral floats and dates a value of their own.
 */
export function toValue(
  node: ManifestNode,
  ofScalar: (scalar: ScalarNode) => unknown = (scalar) => scalar.value,
): unknown {
  switch (node.kind) {
    case 'scalar':
      return ofScalar(node);
    case 'sequence':
      return node.items.map((item) => toValue(item, ofScalar));
    case 'mapping': {
      const value: Record<string, unknown> = {};
      for (const [name, entry] of node.entries) setField(value, name, toValue(entry.value, ofScalar));
      return value;
    }
  }
}

/** The tree of a manifest that came as an object, e.g. inside a config. Its places are JSON pointers. */
export function nodeFromValue(value: unknown, source: Source, pointer = ''): ManifestNode {
  const place: Place = { source, start: 0, end: 0, pointer };
  if (Array.isArray(value)) {
    const items = value.map((item, index) => nodeFromValue(item, source, pointerStep(pointer, index)));
    return { kind: 'sequence', items, place };
  }
  if (typeof value === 'object' && value !== null) {
    const entries = new Map<string, MappingEntry>();
    for (const [name, item] of Object.entries(value)) {
      const child = nodeFromValue(item, source, pointerStep(pointer, name));
      entries.set(name, { key: { kind: 'scalar', value: name, place: child.place }, value: child });
    }
    return { kind: 'mapping', entries, place };
  }
  return { kind: 'scalar', value: isScalarValue(value) ? value : null, place };
}

function isScalarValue(value: unknown): value is ScalarValue {
  return ['string', 'number', 'bigint', 'boolean'].includes(typeof value);
}
