import type { SimulatedAnswer } from '../../simulator/answers.ts';
import { defineCheck } from '../check.ts';
import { looked, violation } from '../events.ts';
import { pagedApi } from '../simulated/api.ts';
import { eachPager } from '../simulated/each-pager.ts';
import { fieldIn, partsOf } from '../simulated/places.ts';
import { runStream } from '../simulated/run.ts';

/** Repeats of one page within which a stream has to notice. */
const mostPages = 5;

export const pageTerminates = defineCheck({
  id: 'page-terminates',
  group: 'pages',
  level: 'simulated',
  severity: 'error',
  doc: 'an API that answers the same page for ever is read no more than a few times',
  run: (subject) =>
    eachPager(subject, async function* ({ stream, paging }) {
      const { strategy } = partsOf(stream);
      if (paging !== undefined) return;
      const api = pagedApi(subject, stream.name);
      const first = new Map<string, Promise<SimulatedAnswer>>();
      const asked = new Map<string, number>();
      let most = 0;
      await runStream(subject, stream, api, {
        listens: false,
        async interfere(_request, { stream: name, slice }, answer) {
          if (name !== stream.name) return answer();
          const key = JSON.stringify([slice.partition, slice.cursor]);
          const times = (asked.get(key) ?? 0) + 1;
          asked.set(key, times);
          most = Math.max(most, times);
          if (times > mostPages) throw new Error('enough');
          const known = first.get(key) ?? answer();
          first.set(key, known);
          return known;
        },
      });
      yield looked(stream.name);
      if (most > mostPages)
        yield violation(
          fieldIn(strategy, 'stop_condition', 'cursor_value'),
          `Stream "${stream.name}" asks for one page after the other although each is the same.`,
          { stream: stream.name },
        );
    }),
});
