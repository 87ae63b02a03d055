import type { ManifestNode, MappingEntry } from '../../manifest/node.ts';
import { type Alteration, type Change, changed } from './change.ts';

// Alterations of what a value has inside.

/** Fields inside of the value are left out, at any depth. */
export const dropInside: Alteration = function* ({ value }) {
  if (value.kind === 'mapping')
    for (const [name, entry] of value.entries) {
      if (name === 'type' || name === '$parameters') continue;
      yield changed(entry, 'drop', 'is gone');
      yield* dropInside(entry);
    }
  if (value.kind === 'sequence')
    for (const item of value.items) if (item.kind === 'mapping') yield* dropInside(entryOf(item));
};

/** Values inside of the value are altered, at any depth. */
export function eachInside(alteration: Alteration): Alteration {
  return function* within({ value }): Generator<Change> {
    if (value.kind === 'mapping')
      for (const [name, entry] of value.entries)
        if (name !== 'type' && name !== '$parameters')
          yield* entry.value.kind === 'scalar' ? alteration(entry) : within(entry);
    if (value.kind === 'sequence')
      for (const item of value.items) if (item.kind === 'mapping') yield* within(entryOf(item));
  };
}

/** The alteration of a field of the value. */
export function inside(name: string, alteration: Alteration): Alteration {
  return function* ({ value }) {
    const entry = value.kind === 'mapping' ? value.entries.get(name) : undefined;
    if (entry !== undefined) yield* alteration(entry);
  };
}

/** A body in the field "value" of its component. */
export function inValue(alteration: Alteration): Alteration {
  return inside('value', alteration);
}

export function both(...alterations: readonly Alteration[]): Alteration {
  return function* (entry, component) {
    for (const alteration of alterations) yield* alteration(entry, component);
  };
}

/** Alterations of the fields of each item. */
export function eachItem(fields: Readonly<Record<string, readonly Alteration[]>>): Alteration {
  return function* ({ value }) {
    if (value.kind !== 'sequence') return;
    for (const item of value.items)
      for (const [name, alterations] of Object.entries(fields)) {
        const entry = item.kind === 'mapping' ? item.entries.get(name) : undefined;
        if (entry !== undefined) for (const alteration of alterations) yield* alteration(entry);
      }
  };
}

function entryOf(value: ManifestNode): MappingEntry {
  return { key: { kind: 'scalar', value: '', place: value.place }, value };
}
