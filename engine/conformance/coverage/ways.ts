import type { Place } from '../../error/place.ts';
import { branchesOf } from '../../template/branches.ts';
import { textsOf } from '../../validate/texts.ts';
import { type ComponentAt, childIn, textIn, visit, written } from '../../validate/visit.ts';

/** A choice that the manifest leaves to a sync, with the ways that it may go. */
export interface Choice {
  readonly place: Place;
  /** `paginator`, `record_filter`, … */
  readonly name: string;
  readonly ways: readonly string[];
}

/** What can happen in a stream, by what has to be told of to know that it did. */
export interface StreamChoices {
  readonly paginator: Choice | undefined;
  readonly recordFilter: Choice | undefined;
  readonly clientFilter: Choice | undefined;
  readonly partitions: Choice | undefined;
  readonly state: Choice | undefined;
  /** Of response filters: what is read although they did not match. */
  readonly filters: readonly Choice[];
}

export interface Ways {
  readonly streams: ReadonlyMap<string, StreamChoices>;
  /** Choices whose place and way a decision names itself. */
  readonly direct: readonly Choice[];
}

/** One place in the text, wherever it is referred to from. */
export function placeKey({ source, start, pointer }: Place): string {
  return source.text === undefined ? `${source.name}#${pointer}` : `${source.name}:${start}`;
}

const conditions = ['condition', 'stop_condition', 'predicate'];

/** Everything that a sync of this manifest has to decide; shared definitions decide once. */
export function waysOf(source: ComponentAt): Ways {
  const streams = new Map<string, StreamChoices>();
  const direct: Choice[] = [];
  for (const at of visit(source)) {
    const name = at.family === 'Stream' ? textIn(at, 'name') : undefined;
    if (name !== undefined && !streams.has(name)) streams.set(name, choicesOf(at));
    if (at.family === 'BackoffStrategy') direct.push(choice(at, 'backoff', ['waited']));
    if (at.family === 'ResponseFilter') direct.push(choice(at, 'response filter', ['matched']));
    for (const { node, text, field } of textsOf(at)) {
      // Below a spec and a check nothing is decided in a sync.
      if (at.family === 'Spec') continue;
      for (const { of, offset, arms } of branchesOf(text))
        direct.push({ place: node.place, name: `${of} at ${offset}`, ways: arms.map(String) });
      if (conditions.includes(field) && text !== '')
        direct.push({ place: node.place, name: 'condition at 0', ways: ['true', 'false'] });
    }
  }
  return { streams, direct };
}

function choicesOf(stream: ComponentAt): StreamChoices {
  const retriever = childIn(stream, 'retriever');
  const paginator = childIn(retriever, 'paginator');
  const selector = childIn(retriever, 'record_selector');
  const cursor = childIn(stream, 'incremental_sync');
  const router = childIn(retriever, 'partition_router');
  const condition = written(childIn(selector, 'record_filter'), 'condition');
  const requester = childIn(retriever, 'requester');
  const filters =
    requester === undefined ? [] : visit(requester).filter(({ family }) => family === 'ResponseFilter');
  const isClientSide = written(cursor, 'is_client_side_incremental');
  return {
    paginator:
      paginator?.traits.paginates === true
        ? choice(paginator, 'paginator', ['page 2', 'last page'])
        : undefined,
    recordFilter:
      condition === undefined
        ? undefined
        : { place: condition.place, name: 'record_filter', ways: ['kept', 'dropped'] },
    clientFilter:
      cursor !== undefined && isClientSide?.kind === 'scalar' && isClientSide.value === true
        ? choice(cursor, 'cursor', ['kept', 'dropped'])
        : undefined,
    partitions: router && choice(router, 'partitions', ['none', 'one', 'many']),
    state: cursor && choice(cursor, 'state', ['absent', 'present']),
    filters: filters.map((filter) => choice(filter, 'response filter', ['not matched'])),
  };
}

function choice(at: ComponentAt, name: string, ways: readonly string[]): Choice {
  return { place: at.node.place, name, ways };
}
