import { jsonAnswer, keyOf } from '../../simulator/answers.ts';
import { virtualClock } from '../../time/virtual-clock.ts';
import type { CheckEvent } from '../check.ts';
import { violation } from '../events.ts';
import type { StreamAt, Subject } from '../subject.ts';
import { smallApiFor } from './api.ts';
import { type DeclaredWait, declaredWaits } from './declared-waits.ts';
import { partsOf } from './places.ts';
import { runStream } from './run.ts';

/** Tells where a request is sent again sooner than an answer, or the manifest, asks for. */
export async function* keepsWaits(subject: Subject, stream: StreamAt): AsyncGenerator<CheckEvent> {
  const { errorHandler, requester } = partsOf(stream);
  for (const wait of declaredWaits(errorHandler, subject.now)) {
    const waited = await waitedFor(subject, stream, wait);
    if (waited === undefined || waited >= wait.seconds) continue;
    const at = wait.strategy ?? errorHandler ?? requester;
    yield violation(
      at?.node,
      `${wait.says}, and stream "${stream.name}" asks again after ${Math.round(waited * 10) / 10}.`,
      { stream: stream.name, severity: 'warning' },
    );
  }
}

/** The seconds after which the first request is sent again; undefined where it is not, or with another credential. */
async function waitedFor(
  subject: Subject,
  stream: StreamAt,
  { headers, body }: DeclaredWait,
): Promise<number | undefined> {
  const clock = virtualClock(subject.now);
  const own = partsOf(stream).requester?.node;
  let first:
    | { readonly key: string; readonly credential: string | undefined; readonly at: number }
    | undefined;
  let waited: number | undefined;
  await runStream(subject, stream, smallApiFor(subject, stream), {
    clock,
    async interfere(request, about, regular) {
      if (about.stream !== stream.name || about.requester !== own || waited !== undefined) return regular();
      const key = keyOf(request);
      const credential = request.headers.Authorization;
      if (first === undefined) {
        first = { key, credential, at: clock.now() };
        const answer = jsonAnswer({ message: 'Too many requests', ...body }, 429);
        return { ...answer, headers: [...answer.headers, ...headers] };
      }
      if (key === first.key && credential === first.credential) waited = (clock.now() - first.at) / 1000;
      return regular();
    },
  });
  return waited;
}
