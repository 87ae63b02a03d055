import { fieldOf, type ManifestNode, type MappingNode } from '../../manifest/node.ts';
import { referredTo } from '../../manifest/references.ts';
import { remembered } from '../../util/flow/remembered.ts';
import { defineCheck } from '../check.ts';
import { looked, violation } from '../events.ts';

/**
 * Tools that write manifests leave the definitions behind that they have copied into their streams, so this is no more
 * than a note: but whoever edits one of them changes nothing.
 */
export const definitionUses = defineCheck({
  id: 'definition-uses',
  group: 'spec',
  level: 'static',
  severity: 'note',
  doc: 'something refers to each of the `definitions`',
  *run({ manifest }) {
    // With its references written out it is many times as large.
    const node = manifest.written ?? manifest.root;
    const definitions = fieldOf(node, 'definitions');
    if (definitions?.kind !== 'mapping' || definitions.entries.size === 0) return;
    yield looked();
    const used = usedPointers(node);
    const unused = [...unusedIn(definitions, used, [])];
    const [first] = unused;
    if (first === undefined) return;
    const names = unused.slice(0, 5).map(({ name }) => `"${name}"`);
    const more = unused.length - names.length;
    yield violation(
      first.node,
      `Nothing refers to ${names.join(', ')}${more > 0 ? ` and ${more} more` : ''} of the definitions, so a change there changes nothing.`,
      { also: unused.slice(1, 2).map((each) => each.node.place) },
    );
  },
});

/** Where everything that a connector is made of is written, and all that is around it. */
function usedPointers(root: MappingNode): ReadonlySet<string> {
  const used = new Set<string>();
  const seen = new Map<ManifestNode, Set<string>>();
  look(root, ['definitions']);
  return used;

  /** Fields that are `hidden` are not used: others stand in their place. */
  function look(node: ManifestNode, hidden: readonly string[] = []): void {
    const ways = remembered(seen, node, () => new Set<string>());
    const way = hidden.join('\n');
    if (ways.has(way)) return;
    ways.add(way);
    for (let place: ManifestNode['place'] | undefined = node.place; place !== undefined; place = place.via)
      addWithParents(place.pointer, used);
    if (node.kind === 'scalar') follow(node, []);
    else if (node.kind === 'sequence') for (const item of node.items) look(item);
    else
      for (const [name, { value }] of node.entries)
        if (name === '$ref') follow(value, [...new Set([...hidden, ...node.entries.keys()])].sort());
        else if (!hidden.includes(name)) look(value);
  }

  function follow(node: ManifestNode, hidden: readonly string[]): void {
    const target = referredTo(root, node);
    if (target !== undefined) look(target, hidden);
  }
}

function addWithParents(pointer: string, used: Set<string>): void {
  for (let at = pointer; at !== '' && !used.has(at); at = at.slice(0, at.lastIndexOf('/'))) used.add(at);
}

interface Named {
  readonly name: string;
  readonly node: ManifestNode;
}

function* unusedIn(group: MappingNode, used: ReadonlySet<string>, path: readonly string[]): Generator<Named> {
  for (const [key, { value }] of group.entries) {
    const name = [...path, key].join('.');
    if (!used.has(value.place.pointer)) yield { name, node: value };
    else if (isGroup(value)) yield* unusedIn(value, used, [...path, key]);
  }
}

/** Definitions below a name, such as `streams`, rather than a definition with fields. */
function isGroup(node: ManifestNode): node is MappingNode {
  if (node.kind !== 'mapping' || node.entries.size < 2) return false;
  return [...node.entries.values()].every(
    ({ value }) => value.kind === 'mapping' && fieldOf(value, 'type') !== undefined,
  );
}
