import { grouped } from '../../util/flow/grouped.ts';
import {
  ancestorOf,
  type ComponentAt,
  childIn,
  isFilledIn,
  textIn,
  visit,
  written,
} from '../../validate/visit.ts';
import { askedSize } from '../asked-size.ts';
import { type CheckEvent, defineCheck } from '../check.ts';
import { looked, violation } from '../events.ts';
import { once } from '../once.ts';
import { saysSize } from '../page-names.ts';

/** As many have to count on one size before another one is odd. */
const fewestOthers = 3;

export const pageSizes = defineCheck({
  id: 'page-sizes',
  group: 'pages',
  level: 'static',
  severity: 'warning',
  comparesStreams: true,
  doc: 'where requests do not say how many records a page has, and several streams count on one number, no single one counts on a number of its own; where they say it by a number, the paginator counts on the same one',
  *run({ source }) {
    yield* unlikeAsked(source);
    const isNew = once();
    const silent = visit(source).flatMap((paginator) => {
      const strategy = childIn(paginator, 'pagination_strategy');
      const node = written(strategy, 'page_size');
      if (paginator.family !== 'Paginator' || strategy === undefined || node?.kind !== 'scalar') return [];
      if (strategy.isHook || strategy.traits.counts === 'nothing' || isFilledIn(strategy)) return [];
      const size = String(node.value);
      const requester = childIn(ancestorOf(paginator, 'Retriever'), 'requester');
      const isSaid = childIn(paginator, 'page_size_option') !== undefined || saysSize(requester, size);
      return isSaid || !isNew(node) ? [] : [{ paginator, strategy, node, size }];
    });
    // What is counted may have a size of its own.
    for (const uses of grouped(silent, ({ strategy }) => String(strategy.traits.counts)).values()) {
      if (uses.length > fewestOthers) yield looked();
      const kinds = [...grouped(uses, ({ size }) => size).values()].toSorted((a, b) => b.length - a.length);
      const [[other, ...more] = []] = kinds;
      const [odd, another] = kinds.flatMap(([first, second]) =>
        first === undefined || second !== undefined ? [] : [first],
      );
      if (other === undefined || odd === undefined || another !== undefined) continue;
      if (more.length + 1 < fewestOthers) continue;
      const stream = textIn(ancestorOf(odd.paginator, 'Stream'), 'name') ?? '';
      yield violation(
        odd.node,
        `Stream "${stream}" takes a page with fewer than ${odd.size} records for the last one, and ${more.length + 1} others one with fewer than ${other.size}: no request says a size, so pages are as long as the API makes them.`,
        { stream, also: [other.node.place] },
      );
    }
  },
});

/** A size that is asked for, and another one by which the last page is told. */
function* unlikeAsked(source: ComponentAt): Generator<CheckEvent> {
  const isNew = once();
  for (const paginator of visit(source)) {
    const strategy = childIn(paginator, 'pagination_strategy');
    const node = written(strategy, 'page_size');
    const size = node?.kind === 'scalar' ? Number(node.value) : Number.NaN;
    const { counts } = strategy?.traits ?? {};
    if (paginator.family !== 'Paginator' || node === undefined || !Number.isInteger(size)) continue;
    if (strategy?.isHook !== false || (counts !== 'pages' && counts !== 'records')) continue;
    if (isFilledIn(strategy) || childIn(paginator, 'page_size_option') !== undefined) continue;
    const asked = askedSize(childIn(ancestorOf(paginator, 'Retriever'), 'requester'));
    if (asked === undefined || !isNew(node)) continue;
    yield looked();
    const stream = textIn(ancestorOf(paginator, 'Stream'), 'name') ?? '';
    const differs = `Stream "${stream}" asks for pages of ${asked.size} records, and counts on ${size} ("page_size")`;
    if (size > asked.size && asked.isInQuery)
      yield violation(node, `${differs}: every page is taken for the last one.`, {
        stream,
        also: [asked.node.place],
      });
    // Who counts on one record reads on until a page is empty, and most likely means to.
    else if (size < asked.size && size > 1)
      yield violation(
        node,
        `${differs}: a last page that has at least as many is followed by a request for one more, which is empty.`,
        { stream, severity: 'note', also: [asked.node.place] },
      );
  }
}
