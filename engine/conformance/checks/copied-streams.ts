import type { ManifestNode } from '../../manifest/node.ts';
import { grouped } from '../../util/flow/grouped.ts';
import { type ComponentAt, textIn } from '../../validate/visit.ts';
import { type CheckEvent, defineCheck } from '../check.ts';
import { looked, violation } from '../events.ts';
import { differences } from '../node-differences.ts';
import { streamsIn } from '../streams-in.ts';

export const copiedStreams = defineCheck({
  id: 'copied-streams',
  group: 'requests',
  level: 'static',
  severity: 'warning',
  doc: 'a stream that is written out again as the parent of another one is the same there',
  *run({ source }) {
    const all = [...streamsIn(source)].filter((at) => textIn(at, 'name') !== undefined);
    for (const [name, copies] of grouped(all, (at) => textIn(at, 'name') ?? '')) {
      if (copies.length < 2) continue;
      yield looked(name);
      yield* unlike(name, copies);
    }
  },
});

function* unlike(name: string, copies: readonly ComponentAt[]): Generator<CheckEvent> {
  const kinds: ComponentAt[][] = [];
  for (const copy of copies) {
    const known = kinds.find(
      ([first]) => first && differences(first.node, copy.node, 1, isOther).length === 0,
    );
    if (known === undefined) kinds.push([copy]);
    else known.push(copy);
  }
  // The kind with the most copies is how it is meant; of two, the one that is written first.
  const [usual = [], ...others] = kinds.toSorted((a, b) => b.length - a.length);
  const [meant] = usual;
  for (const [odd] of others) {
    if (odd === undefined || meant === undefined) continue;
    const found = differences(odd.node, meant.node, mostDifferences + 1, isOther);
    // Where much is different, it is another stream of the same name.
    if (found.length > mostDifferences) continue;
    for (const { one, other, path } of found)
      yield violation(
        one ?? odd.node,
        `Stream "${name}" is written ${copies.length} times, and "${path.join('.')}" is ${shown(one)} here and ${shown(other)} there: are both meant?`,
        { stream: name, also: [(other ?? meant.node).place] },
      );
  }
}

const mostDifferences = 3;

function isOther(field: string): boolean {
  return field === '$parameters';
}

function shown(node: ManifestNode | undefined): string {
  if (node === undefined) return 'left out';
  return node.kind === 'scalar' ? `"${String(node.value)}"` : 'something else';
}
