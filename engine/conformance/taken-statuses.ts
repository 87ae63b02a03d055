import type { ManifestNode } from '../manifest/node.ts';
import { type ComponentAt, visit, written } from '../validate/visit.ts';
import type { CheckEvent } from './check.ts';
import { violation } from './events.ts';

/** Statuses, each with the list of the filter that takes all answers that have it. */
export type Taken = ReadonlyMap<number, ManifestNode>;

export const noCodes: Taken = new Map();

/** The first filter that matches decides: what an earlier one takes whole is left to none after it. */
export function takenBefore(errorHandler: ComponentAt): ReadonlyMap<ComponentAt, Taken> {
  const found = new Map<ComponentAt, Taken>();
  const taken = new Map<number, ManifestNode>();
  for (const filter of visit(errorHandler)) {
    if (filter.family !== 'ResponseFilter' || filter.isHook) continue;
    found.set(filter, new Map(taken));
    const node = written(filter, 'http_codes');
    const { error_message_contains: text, predicate } = filter.fields;
    if (node === undefined || text !== undefined || predicate !== undefined) continue;
    for (const code of codesOf(filter)) if (!taken.has(code)) taken.set(code, node);
  }
  return found;
}

export function codesOf(filter: ComponentAt): readonly number[] {
  return [...((filter.fields.http_codes as Iterable<unknown> | undefined) ?? [])].map(Number);
}

/** What a filter lists that never comes to it. */
export function* unreachable(
  errorHandler: ComponentAt,
  takenBy: ReadonlyMap<ComponentAt, Taken>,
  seen: Set<number>,
  stream: string | undefined,
): Generator<CheckEvent> {
  for (const filter of visit(errorHandler)) {
    const node = written(filter, 'http_codes');
    const taken = takenBy.get(filter) ?? noCodes;
    const codes = codesOf(filter);
    const lost = codes.filter((code) => taken.has(code));
    const first = taken.get(lost[0] ?? Number.NaN);
    if (node === undefined || first === undefined || seen.has(node.place.start)) continue;
    seen.add(node.place.start);
    if (lost.length === codes.length)
      yield violation(
        node,
        `No answer comes to this filter: an earlier one takes every answer with the status ${codes.join(', ')}.`,
        { stream, also: [first.place] },
      );
    else
      yield violation(
        itemOf(node, lost[0]),
        `An earlier filter takes every answer with the status ${lost.join(', ')}, so it says nothing here: was another one meant?`,
        { stream, also: [first.place] },
      );
  }
}

function itemOf(list: ManifestNode, code: number | undefined): ManifestNode {
  const items = list.kind === 'sequence' ? list.items : [];
  return items.find((item) => item.kind === 'scalar' && Number(item.value) === code) ?? list;
}
