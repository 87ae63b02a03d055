import { differences } from '../node-differences.ts';
import type { StreamAt } from '../subject.ts';
import type { Difference } from './difference.ts';

/** The schema is compared by itself, and so is each parent, as a stream of its own. */
const compared = new Set(['name', 'schema_loader', 'stream', '$parameters']);
const isCompared = (name: string) => compared.has(name);

/** More places than these say nothing more. */
const mostPlaces = 3;

/** What is written otherwise of a stream in whose reading nothing differs: what happens after errors, say, or a filter that nothing meets. */
export function unseenDifferences(before: StreamAt, after: StreamAt): Difference[] {
  const found = differences(before.at.node, after.at.node, mostPlaces + 1, isCompared);
  if (found.length === 0) return [];
  const places = found.slice(0, mostPlaces).map(({ path }) => `"${path.join('.')}"`);
  const more = found.length > mostPlaces ? ' and more' : '';
  const is = found.length > 1 ? 'are' : 'is';
  return [
    {
      stream: before.name,
      aspect: 'definition',
      kind: 'changed',
      message: `${places.join(', ')}${more} ${is} written otherwise, and nothing that was read shows it`,
    },
  ];
}
