import type { ManifestNode, ScalarNode } from '../../manifest/node.ts';
import { walk } from '../../manifest/walk.ts';
import { ancestorOf, type ComponentAt, textIn, visit, written } from '../../validate/visit.ts';
import { requesterOf } from '../asked-path.ts';
import { type CheckEvent, defineCheck } from '../check.ts';
import { looked, violation } from '../events.ts';
import { filledIn } from '../filled-in.ts';
import { once } from '../once.ts';
import { namedFields } from '../request-fields.ts';
import { wordsOf } from '../words.ts';

export const feedOrder = defineCheck({
  id: 'feed-order',
  group: 'incremental',
  level: 'static',
  severity: 'warning',
  doc: 'a data feed, which is read until the first page that is older than the state, is asked for with the newest first, by the moment of its cursor',
  *run({ source }) {
    const isNew = once();
    for (const at of visit(source)) {
      const mark = written(at, 'is_data_feed');
      if (at.family !== 'IncrementalSync' || at.isHook || mark?.kind !== 'scalar' || mark.value !== true)
        continue;
      const stream = ancestorOf(at, 'Stream');
      if (stream === undefined || !isNew(stream.node)) continue;
      const requester = requesterOf(stream);
      for (const order of ordersIn(requester)) {
        yield looked();
        yield* whatIsWrong(at, mark, { ...order, value: filledIn(order.value, requester) ?? '' });
      }
    }
  },
});

/** What a request says of the order of records. */
interface Order {
  readonly name: string;
  readonly value: string;
  readonly node: ScalarNode;
}

const sorting = /sort|order|direction|^(?:asc|desc|ascending|descending|reverse)$/i;

function* ordersIn(requester: ComponentAt | undefined): Generator<Order> {
  for (const field of namedFields) {
    const above = new Map<ManifestNode, string>();
    for (const { node, name } of walk(written(requester, field), ({ name }) => name === '$parameters')) {
      // `sort: { updated_at: asc }`, `sort: [{ field: …, order: asc }]`
      const around = above.get(node);
      const inner = node.kind === 'mapping' ? [...node.entries.values()].map(({ value }) => value) : [];
      const items = node.kind === 'sequence' ? node.items : [];
      const own = name !== undefined && sorting.test(name) ? name : around;
      if (own !== undefined) for (const each of [...inner, ...items]) above.set(each, own);
      if (node.kind === 'scalar' && own !== undefined) yield { name: own, value: String(node.value), node };
    }
  }
  for (const field of ['path', 'url']) {
    const node = written(requester, field);
    if (node?.kind !== 'scalar') continue;
    for (const [, name = '', value = ''] of String(node.value).matchAll(/[?&]([\w[\].-]+)=([^&]*)/g))
      if (sorting.test(name)) yield { name, value, node };
  }
}

const oldestFirst = /(?:^|[^a-z])(?:asc(?:ending)?|oldest(?:[ _-]?first)?)(?:$|[^a-z])/i;
const newestFirst = /(?:^|[^a-z])(?:desc(?:ending)?|newest(?:[ _-]?first)?)(?:$|[^a-z])/i;

function* whatIsWrong(
  cursor: ComponentAt,
  mark: ManifestNode,
  { name, value, node }: Order,
): Generator<CheckEvent> {
  const stream = textIn(ancestorOf(cursor, 'Stream'), 'name');
  const isTurnedOn = /^(?:true|1)$/i.test(value);
  const isTurnedOff = /^(?:false|0)$/i.test(value);
  const isOld =
    (oldestFirst.test(value) && !newestFirst.test(value)) ||
    (isTurnedOn && /^asc/i.test(name)) ||
    (isTurnedOff && /^desc/i.test(name));
  if (isOld) {
    yield violation(
      node,
      `"${name}" asks for the oldest records first, and "is_data_feed" ends stream "${stream}" at the first page that is older than the state, so what is new is never reached.`,
      { stream, also: [mark.place] },
    );
    return;
  }
  const field = filledIn(textIn(cursor, 'cursor_field') ?? '', cursor) ?? '';
  const by = value
    .split(/[^\w.]+/)
    .find((word) => wordsOf(word).some((each) => moments.has(each)) && !/^(?:asc|desc)/i.test(word));
  if (by === undefined || !wordsOf(field).some((word) => moments.has(word))) return;
  const own = (text: string) => wordsOf(text.split('.').at(-1) ?? '').filter((word) => !fillers.has(word));
  const [a, b] = [own(by), own(field)];
  if (a.length === 0 || b.length === 0 || a.some((word) => b.includes(word))) return;
  yield violation(
    node,
    `Records are asked for in the order of "${by}", and "is_data_feed" ends stream "${stream}" at the first page that is older by "${field}": what has changed is not at the front.`,
    { stream, also: [written(cursor, 'cursor_field')?.place ?? mark.place] },
  );
}

const moments = new Set([
  ...[
    'created',
    'updated',
    'modified',
    'changed',
    'date',
    'time',
    'timestamp',
    'started',
    'closed',
    'completed',
  ],
]);
const fillers = new Set(['at', 'on', 'date', 'time', 'timestamp', 'last', 'utc', 'datetime']);
