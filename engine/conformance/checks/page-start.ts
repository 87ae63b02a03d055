import { ancestorOf, type ComponentAt, isFilledIn, textIn, visit, written } from '../../validate/visit.ts';
import { defineCheck } from '../check.ts';
import { looked, violation } from '../events.ts';
import { once } from '../once.ts';

export const pageStart = defineCheck({
  id: 'page-start',
  group: 'pages',
  level: 'static',
  severity: 'warning',
  doc: 'a paginator whose first request has no number of a page says which it is, where another of the manifest begins with page 1; where none does, a note says so',
  *run({ source }) {
    const isNew = once();
    const all = visit(source).filter(
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
    const known = all.find((at) => startOf(at) > 0);
    const beside = more.length === 0 ? '' : `, and ${more.length} more like it`;
    yield violation(
      first.node,
      `This paginator asks for its first page without a number, and for the second as page 1${beside}: ${known === undefined ? 'an API that counts from 1 sends the first page twice' : `another begins with page ${startOf(known)}, and an API that counts so sends the first page twice`}. "start_from_page" says where it begins: 1, or 0 where that is meant.`,
      {
        stream: textIn(ancestorOf(first, 'Stream'), 'name'),
        also: [...(known === undefined ? [] : [known]), ...more.slice(0, 1)].map(({ node }) => node.place),
        // Many an API counts from 0, and nothing in the manifest tells which does.
        ...(known === undefined && { severity: 'note' as const }),
      },
    );
  },
});

function startOf(at: ComponentAt): number {
  const start = written(at, 'start_from_page');
  return start?.kind === 'scalar' ? Number(start.value) : 0;
}
