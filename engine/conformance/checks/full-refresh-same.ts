import { toJsonText } from '../../util/json/to-json-text.ts';
import { defineCheck } from '../check.ts';
import { looked, violation } from '../events.ts';
import { eachStream } from '../simulated/each-stream.ts';
import { secondReading } from '../simulated/observations.ts';
import type { Run } from '../simulated/run.ts';

export const fullRefreshSame = defineCheck({
  id: 'full-refresh-same',
  group: 'incremental',
  level: 'simulated',
  severity: 'error',
  doc: 'two readings of an API that has not changed give the same records',
  run: (subject) =>
    eachStream(subject, async function* ({ stream, run }) {
      if (run.records.length === 0) return;
      yield looked(stream.name);
      const { run: again } = await secondReading(subject, stream);
      if (sorted(run) === sorted(again)) return;
      yield violation(
        stream.at.node,
        `Two readings of stream "${stream.name}" give different records although the API has not changed: does a transformation use the time or a random value?`,
        { stream: stream.name },
      );
    }),
});

function sorted({ records }: Run): string {
  return records.map(toJsonText).sort().join('\n');
}
