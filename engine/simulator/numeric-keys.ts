import { remembered } from '../util/flow/remembered.ts';
import { ancestorOf, type ComponentAt, childIn, textIn } from '../validate/visit.ts';
import { readPaths } from './read-paths.ts';
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
  for (const at of components) {
    if (at.family !== 'ParentStreamConfig') continue;
    const [parent, child] = [childIn(at, 'stream'), ancestorOf(at, 'Stream')];
    const [name, key] = [textIn(parent, 'name'), textIn(at, 'parent_key')];
    const partition = textIn(at, 'partition_field');
    if (name === undefined || key === undefined || partition === undefined || child === undefined) continue;
    if (!isCounted(child, partition)) continue;
    const keys = found.get(name) ?? new Set();
    found.set(name, keys.add(key));
  }
  return found;
}

/** Whether a stream adds the value of its partition as a number. */
function isCounted(child: ComponentAt, partition: string): boolean {
  const added = child.children.flatMap(({ traits }) => traits.adds ?? []);
  return added
    .filter(({ type }) => type === 'integer' || type === 'number')
    .some(({ template }) =>
      readPaths(template).some(
        ({ name, path }) => /^stream_(?:partition|slice)$/.test(name) && path[0] === partition,
      ),
    );
}
