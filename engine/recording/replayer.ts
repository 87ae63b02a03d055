import type { Given } from '../connector/sync-scope.ts';
import { ConnectorError } from '../error/connector-error.ts';
import { createResponse, responseHeaders } from '../http/wire/response.ts';
import { TransportError } from '../http/wire/transport-error.ts';
import type { Scrubber } from '../scrub/scrubber.ts';
import type { LoggedExchange, RecordedLog } from './log-format.ts';
import { scrubbedRequest } from './recorder.ts';
import { seededRandom } from './seeded-random.ts';
import type { SerialQueue } from './serial-queue.ts';

export interface Replayer extends Given<'clock' | 'random' | 'transport'> {
  /** How many of the logged exchanges nobody has asked for. */
  unasked(): number;
}

/**
 * The surroundings of a logged sync once more: the same answers in the same order, the same times, and no waiting. A
 * request that the log has no answer for is an error of the stream that sends it.
 */
export function replayingSurroundings(
  { beginning, events }: RecordedLog,
  { turns, scrubber }: { readonly turns: SerialQueue; readonly scrubber: Scrubber },
): Replayer {
  const left = new Map(events.map((event, index) => [index, event]));
  let { now } = beginning;
  let later = events.length;

  function find(isIt: (event: RecordedLog['events'][number]) => boolean): number | undefined {
    for (const [index, event] of left) if (isIt(event)) return index;
    return undefined;
  }

  async function turn(index: number | undefined): Promise<void> {
    const event = index === undefined ? undefined : left.get(index);
    if (index !== undefined) left.delete(index);
    await turns.take(index ?? later++);
    if (event !== undefined) now = Math.max(now, event.now);
  }

  return {
    random: seededRandom(beginning.seed),
    clock: {
      now: () => now,
      async sleep(ms, signal) {
        signal?.throwIfAborted();
        const index = find((event) => event.kind === 'sleep' && event.ms === ms);
        await turn(index);
        if (index === undefined) now += Math.max(0, ms);
        signal?.throwIfAborted();
      },
    },
    transport: {
      async send(request) {
        const asked = scrubbedRequest(request, scrubber);
        const index = find((event) => event.kind === 'exchange' && isSame(event.request, asked));
        const event = index === undefined ? undefined : left.get(index);
        await turn(index);
        if (event?.kind !== 'exchange') throw noAnswer(asked, events);
        return answerOf(event);
      },
      async close() {},
    },
    unasked: () => [...left.values()].filter(({ kind }) => kind === 'exchange').length,
  };
}

function isSame(a: LoggedExchange['request'], b: LoggedExchange['request']): boolean {
  return a.method === b.method && a.url === b.url && a.body === b.body;
}

function answerOf({ response, error }: LoggedExchange) {
  if (response === undefined) throw new TransportError(error?.message ?? '', error?.code ?? 'UNKNOWN');
  const { url, status, headers, body, isBinary } = response;
  return createResponse({
    url,
    status,
    headers: responseHeaders(headers),
    body: isBinary === true ? Buffer.from(body, 'base64') : Buffer.from(body),
  });
}

function noAnswer({ method, url, body }: LoggedExchange['request'], events: RecordedLog['events']): Error {
  const path = url.split('?')[0];
  const alike = events.find(
    (event) =>
      event.kind === 'exchange' &&
      event.request.method === method &&
      event.request.url.split('?')[0] === path,
  );
  const hint =
    alike?.kind === 'exchange'
      ? ` The nearest one that it has: ${alike.request.url} ${alike.request.body ?? ''}`.trimEnd()
      : '';
  return new ConnectorError(
    `The log has no answer to ${method} ${url}${body === undefined ? '' : ` ${body}`}.${hint}`,
    { kind: 'system_error' },
  );
}
