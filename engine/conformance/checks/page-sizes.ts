import { grouped } from '../../util/flow/grouped.ts';
import { ancestorOf, childIn, isFilledIn, textIn, visit, written } from '../../validate/visit.ts';
import { defineCheck } from '../check.ts';
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
  doc: 'where requests do not say how many records a page has, and several streams count on one number, no single one counts on a number of its own',
  *run({ source }) {
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
