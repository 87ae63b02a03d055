import { isPartitionName } from '../language/template-names.ts';
import { isObject, type JsonSchema } from '../util/json/json.ts';
import { ancestorOf, type ComponentAt, childIn, textIn } from '../validate/visit.ts';
import { readPaths } from './read-paths.ts';
import { isNumericIn } from './schema-types.ts';
import type { World } from './world.ts';

/** What a stream takes of each record of a parent. */
export interface ChildKey {
  /** The name of the parent. */
  readonly parent: string;
  readonly key: string;
  /** What its partition calls it. */
  readonly partition: string;
  readonly child: ComponentAt;
}

export function* childKeys(components: Iterable<ComponentAt>): Generator<ChildKey> {
  for (const at of components) {
    if (at.family !== 'ParentStreamConfig') continue;
    const child = ancestorOf(at, 'Stream');
    const parent = textIn(childIn(at, 'stream'), 'name');
    const [key, partition] = [textIn(at, 'parent_key'), textIn(at, 'partition_field')];
    if (parent === undefined || key === undefined || partition === undefined || child === undefined) continue;
    yield { parent, key, partition, child };
  }
}

/** The fields that a stream adds out of a value of its partition. */
export function addedOfPartition({ child, partition }: ChildKey) {
  const added = child.children.flatMap(({ traits }) => traits.adds ?? []);
  return added.filter(({ template }) =>
    readPaths(template).some(({ name, path }) => isPartitionName(name) && path[0] === partition),
  );
}

/**
 * The keys that its children take of a stream whose schema names no field, so that nobody says which there are: whether each
 * is a number to them, by their own schemas.
 */
export async function undescribedKeys(
  world: World,
  stream: string,
  schema: JsonSchema,
): Promise<ReadonlyMap<string, boolean>> {
  const found = new Map<string, boolean>();
  if (isObject(schema.properties) && Object.keys(schema.properties).length > 0) return found;
  for (const each of childKeys(world.components())) {
    if (each.parent !== stream || !/^\w+$/.test(each.key)) continue;
    const own: JsonSchema = await world
      .build(each.child.node, 'Stream')
      .schema()
      .catch(() => ({}));
    const isNumber = addedOfPartition(each).some(({ path: [target = ''] }) => isNumericIn(own, target));
    found.set(each.key, isNumber || found.get(each.key) === true);
  }
  return found;
}
