import { keyOf } from '../../simulator/answers.ts';
import { toJsonText } from '../../util/json/to-json-text.ts';
import { defineCheck } from '../check.ts';
import { looked, violation } from '../events.ts';
import { eachStream } from '../simulated/each-stream.ts';
import { secondReading } from '../simulated/observations.ts';
import { fieldIn, partsOf } from '../simulated/places.ts';
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

export const requestStable = defineCheck({
  id: 'request-stable',
  group: 'requests',
  level: 'simulated',
  severity: 'error',
  doc: 'at the same moment the same requests are sent',
  run: (subject) =>
    eachStream(subject, async function* ({ stream, run }) {
      if (run.asked.length === 0) return;
      yield looked(stream.name);
      const { run: again } = await secondReading(subject, stream);
      const known = new Set(run.asked.map(({ request }) => keyOf(request)));
      const other = again.asked.find(({ request }) => !known.has(keyOf(request)));
      if (other === undefined) return;
      yield violation(
        fieldIn(partsOf(stream).requester, 'request_parameters', 'request_body', 'path', 'url'),
        `Stream "${stream.name}" is asked for in another way the second time: ${other.request.method} ${other.request.url.href}. Does a request have a random value in it?`,
        { stream: stream.name },
      );
    }),
});

function sorted({ records }: Run): string {
  return records.map(toJsonText).sort().join('\n');
}
