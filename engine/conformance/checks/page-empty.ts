import { defineCheck } from '../check.ts';
import { looked, violation } from '../events.ts';
import { type Alike, eachUnlike } from '../simulated/alike.ts';
import { emptyApi } from '../simulated/api.ts';
import { pagesOf } from '../simulated/each-pager.ts';
import { fieldIn, partsOf } from '../simulated/places.ts';
import { runStream } from '../simulated/run.ts';

export const pageEmpty = defineCheck({
  id: 'page-empty',
  group: 'pages',
  level: 'simulated',
  severity: 'error',
  doc: 'an API without any records gives no record, no error and none in the log, and the stream is complete',
  run: (subject) =>
    eachUnlike(subject, whatReads, async function* ({ stream }) {
      const run = await runStream(subject, stream, emptyApi(subject), { listens: false });
      yield looked(stream.name);
      const said = run.logs.find(({ level }) => level === 'ERROR');
      if (run.records.length === 0 && run.isComplete && said === undefined) return;
      const { paginator, retriever } = partsOf(stream);
      const why =
        run.errors[0]?.message ?? said?.message ?? `${run.records.length} records come out of nothing`;
      yield violation(
        fieldIn(paginator ?? retriever),
        `An API that has no records makes stream "${stream.name}" fail: ${why}`,
        { stream: stream.name },
      );
    }),
});

const whatReads: Alike = (glimpse) => {
  // That it fails is told by its status.
  if (glimpse.errors > 0) return undefined;
  return [...(pagesOf(glimpse) ?? []), partsOf(glimpse.stream).errorHandler?.node];
};
