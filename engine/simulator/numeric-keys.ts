import { remembered } from '../util/flow/remembered.ts';
import type { ComponentAt } from '../validate/visit.ts';
import { addedOfPartition, childKeys } from './child-keys.ts';
import type { World } from './world.ts';

/** Fields of a stream that its children take for numbers, though their own schema may have them as texts. */
export function numericKeys(world: World, stream: string): ReadonlySet<string> {
  return remembered(known, world, () => findNumericKeys(world.components())).get(stream) ?? none;
}

const none: ReadonlySet<string> = new Set();
const known = new WeakMap<World, ReadonlyMap<string, ReadonlySet<string>>>();

/** Those of all streams, by their names. */
export function findNumericKeys(components: Iterable<ComponentAt>): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const each of childKeys(components)) {
    if (!addedOfPartition(each).some(({ type }) => type === 'integer' || type === 'number')) continue;
    found.set(each.parent, (found.get(each.parent) ?? new Set()).add(each.key));
  }
  return found;
}
