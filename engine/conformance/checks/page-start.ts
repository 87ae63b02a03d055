import { ancestorOf, isFilledIn, textIn, visit, written } from '../../validate/visit.ts';
import { defineCheck } from '../check.ts';
import { looked, violation } from '../events.ts';
import { once } from '../once.ts';

export const pageStart = defineCheck({
  id: 'page-start',
  group: 'pages',
  level: 'static',
  severity: 'warning',
  doc: 'the manifest says which number the first page has, where no request says it',
  *run({ source }) {
    const isNew = once();
    const all = [...visit(source)].filter(
      (at) =>
        at.family === 'PaginationStrategy' &&
        !at.isHook &&
        at.traits.counts === 'pages' &&
        !isFilledIn(at) &&
        isNew(at.node),
    );
    if (all.length === 0) return;
    yield looked();
    const silent = all.filter((at) => {
      const first = written(at, 'inject_on_first_request');
      return (
        written(at, 'start_from_page') === undefined && !(first?.kind === 'scalar' && first.value === true)
      );
    });
    const [first, ...more] = silent;
    if (first === undefined) return;
    // An API counts alike everywhere: one finding is enough.
    const beside = more.length === 0 ? '' : `, and ${more.length} more like it`;
    yield violation(
      first.node,
      `This paginator asks for its first page without a number, and for the second as page 1${beside}: an API that counts from 1 sends the first page twice. "start_from_page" says where it begins: 1, or 0 where that is meant.`,
      {
        stream: textIn(ancestorOf(first, 'Stream'), 'name'),
        also: more.slice(0, 1).map(({ node }) => node.place),
      },
    );
  },
});
