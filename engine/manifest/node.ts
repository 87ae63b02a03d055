import type { Place, Source } from '../error/place.ts';

export type { Place, ScalarStyle, Source } from '../error/place.ts';

/** A manifest as a tree whose nodes know where they are written. Nodes are frozen in spirit: transforms make new ones. */
export type ManifestNode = ScalarNode | SequenceNode | MappingNode;

export type ScalarValue = string | number | bigint | boolean | null;

export interface ScalarNode {
  readonly kind: 'scalar';
  /** Ints beyond 2^53 are bigints. */
  readonly value: ScalarValue;
  /** True for a float with an integral value, such as `1.0`, which Python tells from the int. */
  readonly float?: true;
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
  /** In order of writing. Keys are strings as JSON would have them (`200:` is "200"); `key.value` keeps the type. */
  readonly entries: ReadonlyMap<string, MappingEntry>;
  readonly place: Place;
}

/** The value of a mapping's field, if it has one. */
export function field(node: ManifestNode, name: string): ManifestNode | undefined {
  return node.kind === 'mapping' ? node.entries.get(name)?.value : undefined;
}

/** The component type of a mapping: its `type` when that is a string. */
export function typeOf(node: ManifestNode): string | undefined {
  const type = field(node, 'type');
  return type?.kind === 'scalar' && typeof type.value === 'string' ? type.value : undefined;
}

/** One step of a JSON pointer, RFC 6901. */
export function pointerStep(pointer: string, step: string | number): string {
  return `${pointer}/${typeof step === 'number' ? step : step.replace(/~/g, '~0').replace(/\//g, '~1')}`;
}

/** Plain JS of a node: null, boolean, number, bigint, string, array, plain object. */
export function toValue(node: ManifestNode): unknown {
  switch (node.kind) {
    case 'scalar':
      return node.value;
    case 'sequence':
      return node.items.map(toValue);
    case 'mapping': {
      const value: Record<string, unknown> = {};
      for (const [name, entry] of node.entries) define(value, name, toValue(entry.value));
      return value;
    }
  }
}

/** `__proto__` in a manifest must stay a field like any other. */
function define(target: Record<string, unknown>, name: string, value: unknown): void {
  if (name === '__proto__') {
    Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
  } else {
    target[name] = value;
  }
}

/** The tree of a manifest that came as an object inside a config: its places are JSON pointers. */
export function nodeFromValue(value: unknown, source: Source, pointer = ''): ManifestNode {
  const place: Place = { source, start: 0, end: 0, pointer };
  if (Array.isArray(value)) {
    const items = value.map((item, index) => nodeFromValue(item, source, pointerStep(pointer, index)));
    return { kind: 'sequence', items, place };
  }
  if (isPlainObject(value)) {
    const entries = new Map<string, MappingEntry>();
    for (const [name, item] of Object.entries(value)) {
      const at = pointerStep(pointer, name);
      const key: ScalarNode = {
        kind: 'scalar',
        value: name,
        place: { source, start: 0, end: 0, pointer: at },
      };
      entries.set(name, { key, value: nodeFromValue(item, source, at) });
    }
    return { kind: 'mapping', entries, place };
  }
  return { kind: 'scalar', value: toScalar(value), place };
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function toScalar(value: unknown): ScalarValue {
  switch (typeof value) {
    case 'string':
    case 'number':
    case 'bigint':
    case 'boolean':
      return value;
    default:
      return null;
  }
}
