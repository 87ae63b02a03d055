import { keyOf } from '../../simulator/answers.ts';
import { grouped } from '../../util/flow/grouped.ts';
import { defineCheck } from '../check.ts';
import { looked, violation } from '../events.ts';
import { eachStream } from '../simulated/each-stream.ts';
import { secondReading } from '../simulated/observations.ts';
import { firstField } from '../simulated/places.ts';
import type { Run, SentRequest } from '../simulated/run.ts';

export const requestStable = defineCheck({
  id: 'request-stable',
  group: 'requests',
  level: 'simulated',
  severity: 'error',
  doc: 'at the same moment the same requests are sent, each as often',
  run: (subject) =>
    eachStream(subject, async function* ({ stream, run }) {
      const first = countedRequests(run);
      if (first.size === 0) return;
      yield looked(stream.name);
      const second = countedRequests((await secondReading(subject, stream)).run);
      const other = firstOther(first, second);
      if (other === undefined) return;
      const { request, occasion, before, after } = other;
      yield violation(
        firstField(
          occasion?.requester ?? stream.at.node,
          'request_parameters',
          'request_body',
          'path',
          'url',
        ),
        `Stream "${stream.name}" is asked for in another way the second time: ${request.method} ${request.url.href} is sent ${times(before)} first, and ${times(after)} then. Does a request have a random value in it?`,
        { stream: stream.name },
      );
    }),
});

/** What is asked for and about jobs. Logins may have a value of their own each time. */
function countedRequests({ sent }: Run): ReadonlyMap<string, readonly SentRequest[]> {
  const own = sent.filter(({ occasion }) => occasion !== undefined);
  return grouped(own, ({ request }) => keyOf(request));
}

/** The first request of another reading that one has not, or not as often; else the first that only that one has. */
function firstOther(one: ReturnType<typeof countedRequests>, other: ReturnType<typeof countedRequests>) {
  for (const key of new Set([...other.keys(), ...one.keys()])) {
    const [before, after] = [one.get(key) ?? [], other.get(key) ?? []];
    const [sent = before[0]] = after;
    if (sent !== undefined && before.length !== after.length)
      return { ...sent, before: before.length, after: after.length };
  }
  return undefined;
}

function times(count: number): string {
  if (count === 0) return 'not';
  return count === 1 ? 'once' : `${count} times`;
}
