import type { ManifestNode } from '../../manifest/node.ts';
import { singular } from '../../util/text/singular.ts';
import { type ComponentAt, childIn, textIn, written } from '../../validate/visit.ts';
import { askedPath } from '../asked-path.ts';
import { defineCheck } from '../check.ts';
import { looked, violation } from '../events.ts';
import { once } from '../once.ts';
import { listOf } from '../schema-walk.ts';
import { streamsIn } from '../streams-in.ts';
import { plainName, wordsOf } from '../words.ts';

export const recordEnvelopes = defineCheck({
  id: 'record-envelopes',
  group: 'records',
  level: 'static',
  severity: 'warning',
  comparesStreams: true,
  doc: 'where the answers of all other streams hold their records at the top, in one field, or in one that has the name of the stream, no single one looks in another field of those that hold any records, such as "data" or "results"',
  *run({ source }) {
    const isNew = once();
    const all = [...streamsIn(source)].flatMap(lookupOf).filter(({ node }) => isNew(node));
    if (all.length > 0) yield looked();
    for (const odd of all) {
      const others = all.filter(({ stream, host }) => stream !== odd.stream && host === odd.host);
      const usual = usualOf(odd, others);
      if (usual === undefined) continue;
      yield violation(
        odd.node,
        `Stream "${odd.stream}" looks for its records in "${odd.last}", and all ${usual.count} others ${usual.where}: was this meant, too?`,
        { stream: odd.stream, also: others.slice(0, 1).map(({ node }) => node.place) },
      );
    }
  },
});

interface Lookup {
  readonly stream: string;
  readonly host: string;
  readonly node: ManifestNode;
  /** The fields around the last one. */
  readonly around: string;
  /** The field that holds the records; undefined at the top of the answer. */
  readonly last: string | undefined;
  /** The stream or its path is called so. */
  readonly isOwn: boolean;
  readonly hasPages: boolean;
}

function lookupOf(at: ComponentAt): readonly Lookup[] {
  const retriever = childIn(at, 'retriever');
  const requester = childIn(retriever, 'requester');
  const extractor = childIn(childIn(retriever, 'record_selector'), 'extractor');
  const node = written(extractor, 'field_path');
  if (extractor?.traits.looksAtPath !== true || node === undefined) return [];
  const steps = listOf(node).flatMap((step) =>
    step.kind === 'scalar' && step.value !== '*' ? [String(step.value)] : [],
  );
  const stream = textIn(at, 'name') ?? '';
  const own = [stream, askedPath(requester)].flatMap(wordsOf);
  const last = steps.at(-1);
  return [
    {
      stream,
      host: textIn(requester, 'url_base') ?? '',
      node,
      around: JSON.stringify(steps.slice(0, -1)),
      last,
      isOwn: last !== undefined && wordsOf(last).some((word) => own.map(singular).includes(singular(word))),
      hasPages: childIn(retriever, 'paginator')?.traits.paginates === true,
    },
  ];
}

/** Fields that hold records of any kind, so that none of them says more of a stream than another one. */
const envelopes = new Set([
  ...['data', 'results', 'result', 'items', 'records', 'entries', 'values', 'objects', 'list', 'rows'],
  ...['nodes', 'elements', 'collection', 'response'],
]);

/** The name of another stream. */
function isOther({ last }: Lookup, others: readonly Lookup[]): boolean {
  return others.some(({ stream }) => plainName(stream) === plainName(last ?? ''));
}

/** Less could be chance: where each has a name of its own, one that has none is soon another kind of answer. */
const fewestOthers = { alike: 3, atTop: 4, named: 5 };

interface Usual {
  readonly where: string;
  /** How many look there. */
  readonly count: number;
}

/** Where all others look, if that is another place than the odd one's and of the same kind. */
function usualOf(odd: Lookup, others: readonly Lookup[]): Usual | undefined {
  if (odd.last === undefined || odd.isOwn || !(envelopes.has(odd.last.toLowerCase()) || isOther(odd, others)))
    return undefined;
  if (!isOther(odd, others) && others.some(({ last }) => last === odd.last)) return undefined;
  if (others.every(({ last }) => last === undefined)) {
    const peers = others.filter(({ hasPages }) => hasPages === odd.hasPages);
    // Lists with pages often have something around them where short ones have not.
    const isUsual =
      peers.length >= fewestOthers.atTop || (!odd.hasPages && others.length > fewestOthers.atTop);
    return !isUsual || !envelopes.has(odd.last.toLowerCase())
      ? undefined
      : { where: 'take the top of the answer', count: others.length };
  }
  // What has no pages may be the one record that there is.
  const lists = others.filter(({ last, hasPages }) => last !== undefined || hasPages);
  if (lists.some(({ last, around }) => last === undefined || around !== odd.around)) return undefined;
  const unnamed = others.flatMap(({ last, isOwn }) => (isOwn ? [] : [last]));
  const [word] = lists.map(({ last }) => last);
  if (lists.every(({ last }) => last === word))
    return lists.length < fewestOthers.alike ? undefined : { where: `in "${word}"`, count: lists.length };
  if (lists.length < others.length) return undefined;
  const [only, ...more] = unnamed;
  // One of two that differ from the rest is as likely meant as the other.
  const isUsual = only === undefined || (more.length > 0 && more.every((each) => each === only));
  if (!isUsual || others.length < fewestOthers.named) return undefined;
  const where = `in what has their name${only === undefined ? '' : `, or in "${only}"`}`;
  return { where, count: others.length };
}
