import type { ManifestNode } from '../../manifest/node.ts';
import { grouped } from '../../util/flow/grouped.ts';
import { type ComponentAt, textIn, written } from '../../validate/visit.ts';
import { type CheckEvent, defineCheck } from '../check.ts';
import { looked, violation } from '../events.ts';
import { type Difference, differences, likenessOf } from '../node-differences.ts';
import { isLeftOutOf, parentCopies } from '../parent-copies.ts';
import { streamsIn } from '../streams-in.ts';

export const copiedStreams = defineCheck({
  id: 'copied-streams',
  group: 'requests',
  level: 'static',
  severity: 'warning',
  doc: 'a stream that is written out again as the parent of another one is the same there',
  *run({ source }) {
    const all = [...streamsIn(source)].filter((at) => textIn(at, 'name') !== undefined);
    const unlikes: Unlike[] = [];
    for (const [name, copies] of grouped(all, (at) => textIn(at, 'name') ?? '')) {
      if (copies.length < 2) continue;
      yield looked(name);
      unlikes.push(...unlike(name, copies));
    }
    const streams = new Set<ManifestNode>(all.map(({ node }) => node));
    // What is in a parent is in all streams around it, too: it is told of the stream that it belongs to.
    const told = new Set<ManifestNode>();
    const copies = parentCopies(source);
    for (const found of unlikes.toSorted((a, b) => a.path.length - b.path.length)) {
      const owners = [found.odd, found.meant].map((node) => ownerOf(node, found.path, streams));
      const isOwn = owners.every(({ node }) => node === found.odd || node === found.meant);
      const [odd, meant] = owners;
      if (odd === undefined || meant === undefined) continue;
      const rest = found.path.slice(odd.depth);
      if (isLeftOutOf(odd.node, rest, found.one, found.other, copies)) continue;
      if (isLeftOutOf(meant.node, rest, found.other, found.one, copies)) continue;
      if (!isOwn && owners.some(({ node }) => told.has(node))) continue;
      for (const { node } of owners) told.add(node);
      yield violationOf(found, rest);
    }
  },
});

/** A place where a copy of a stream is not like most of them. */
interface Unlike extends Difference {
  readonly name: string;
  readonly copies: number;
  readonly odd: ManifestNode;
  readonly meant: ManifestNode;
}

function* unlike(name: string, copies: readonly ComponentAt[]): Generator<Unlike> {
  const kinds = [...grouped(copies, ({ node }) => likenessOf(node, isOther)).values()];
  // The kind with the most copies is how it is meant; of two, the one that is written first.
  const [usual = [], ...others] = kinds.toSorted((a, b) => b.length - a.length);
  const [meant] = usual;
  for (const [odd] of others) {
    if (odd === undefined || meant === undefined || isMadeOf(odd, meant)) continue;
    const found = differences(odd.node, meant.node, mostDifferences + 1, isOther);
    // Where much is different, it is another stream of the same name.
    if (found.length > mostDifferences) continue;
    for (const each of found)
      yield { ...each, name, copies: copies.length, odd: odd.node, meant: meant.node };
  }
}

/** Whether one stands for the other, by a `$ref`, with fields of its own beside it: then its name is written once, and what differs is meant. */
function isMadeOf(one: ComponentAt, other: ComponentAt): boolean {
  const [a, b] = [written(one, 'name')?.place, written(other, 'name')?.place];
  return a !== undefined && b !== undefined && a.source === b.source && a.start === b.start;
}

function violationOf({ name, copies, one, other, odd, meant }: Unlike, path: Difference['path']): CheckEvent {
  return violation(
    one ?? odd,
    `Stream "${name}" is written ${copies} times, and "${path.join('.')}" is ${shown(one)} here and ${shown(other)} there: are both meant?`,
    { stream: name, also: [(other ?? meant).place] },
  );
}

/** The innermost stream around a place, and how many steps lead to it. */
function ownerOf(
  stream: ManifestNode,
  path: Difference['path'],
  streams: ReadonlySet<ManifestNode>,
): { readonly node: ManifestNode; readonly depth: number } {
  let owner = { node: stream, depth: 0 };
  let current: ManifestNode | undefined = stream;
  for (const [index, step] of path.entries()) {
    if (current?.kind === 'mapping') current = current.entries.get(String(step))?.value;
    else current = current?.kind === 'sequence' ? current.items[Number(step)] : undefined;
    if (current !== undefined && streams.has(current)) owner = { node: current, depth: index + 1 };
  }
  return owner;
}

const mostDifferences = 3;

function isOther(field: string): boolean {
  return field === '$parameters';
}

function shown(node: ManifestNode | undefined): string {
  if (node === undefined) return 'left out';
  return node.kind === 'scalar' ? `"${String(node.value)}"` : 'something else';
}
