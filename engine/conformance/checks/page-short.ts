import type { PageWords } from '../../simulator/page-values.ts';
import { isDateLike } from '../../simulator/sample-value.ts';
import { defineCheck } from '../check.ts';
import { looked, violation } from '../events.ts';
import { pagedApi, smallApi } from '../simulated/api.ts';
import { eachPager } from '../simulated/each-pager.ts';
import { fieldIn, partsOf } from '../simulated/places.ts';
import { runStream } from '../simulated/run.ts';

export const pageShort = defineCheck({
  id: 'page-short',
  group: 'pages',
  level: 'simulated',
  severity: 'warning',
  doc: 'a page that is a record short does not end the stream while the API says that there is more',
  run: (subject) =>
    eachPager(subject, async function* ({ stream, paging }) {
      const { strategy } = partsOf(stream);
      if (paging !== undefined) return;
      const found = smallApi(subject).simulator.pagingOf(stream.name);
      if (found === undefined || !saysWhetherMore(found.words)) return;
      const api = pagedApi(subject, stream.name, true);
      const run = await runStream(subject, stream, api);
      yield looked(stream.name);
      const all = api.simulator.offered(stream.name).length;
      const dropped = run.decisions.filter(({ kind }) => kind === 'record.drop').length;
      if (run.records.length + dropped >= all || !run.isComplete) return;
      yield violation(
        fieldIn(strategy, 'stop_condition', 'page_size'),
        `A page with fewer records than asked for ends stream "${stream.name}" although the API says that there are more: ${run.records.length} of ${all} are emitted.`,
        { stream: stream.name },
      );
    }),
});

/**
 * Where an API says nothing of further pages, a short one has to be the last. A moment up to which it has answered is
 * where to go on, and says nothing of whether there is more.
 */
function saysWhetherMore({ body, headers }: PageWords): boolean {
  return headers.length > 0 || body.some(({ path }) => !isDateLike(String(path.at(-1))));
}
