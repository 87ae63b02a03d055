import type { Given } from '../connector/sync-scope.ts';
import type { OutgoingRequest } from '../contract/families.ts';
import type { HttpResponse } from '../contract/http-response.ts';
import type { Transport } from '../contract/scope.ts';
import { isTransportError } from '../http/wire/transport-error.ts';
import { isCredentialField } from '../scrub/credential-field.ts';
import type { Scrubber } from '../scrub/scrubber.ts';
import { type Clock, systemClock } from '../time/clock.ts';
import type { LoggedEvent, LoggedExchange } from './log-format.ts';
import { seededRandom } from './seeded-random.ts';
import type { SerialQueue } from './serial-queue.ts';

export interface RecorderOptions {
  readonly transport: Transport;
  readonly clock?: Clock;
  readonly now: number;
  readonly seed: number;
  readonly turns: SerialQueue;
  readonly scrubber: Scrubber;
  /** Writes a line of the log. */
  readonly onEvent: (event: LoggedEvent) => void;
}

/**
 * Surroundings in which a sync can be run again: what comes from outside comes one after the other, and time stands still
 * in between. So all that the sync does follows from what is logged.
 */
export function recordingSurroundings(options: RecorderOptions): Given<'clock' | 'random' | 'transport'> {
  const { transport, clock = systemClock, turns, scrubber, onEvent } = options;
  let now = options.now;
  let arrived = 0;

  async function happens(event: (now: number) => LoggedEvent): Promise<void> {
    await turns.take(arrived++);
    // A clock that is set back must not go back here.
    now = Math.max(now, clock.now());
    onEvent(event(now));
  }

  return {
    random: seededRandom(options.seed),
    clock: {
      now: () => now,
      async sleep(ms, signal) {
        await clock.sleep(ms, signal);
        await happens((at) => ({ kind: 'sleep', now: at, ms }));
      },
    },
    transport: {
      async send(request, sending) {
        const asked = scrubbedRequest(request, scrubber);
        let response: HttpResponse;
        let body: Uint8Array;
        try {
          response = await transport.send(request, sending);
          body = await response.bytes();
          // A login answers what nobody else has told yet: once it is written it is too late to hide it.
          await sending?.findSecrets?.(response);
        } catch (error) {
          if (isTransportError(error)) {
            const { message, code } = error;
            const told = { message: scrubber.text(message), code };
            await happens((at) => ({ kind: 'exchange', now: at, request: asked, error: told }));
          }
          throw error;
        }
        const answered = scrubbedResponse(response, body, scrubber);
        await happens((at) => ({ kind: 'exchange', now: at, request: asked, response: answered }));
        return response;
      },
      close: () => transport.close(),
    },
  };
}

/** What tells requests apart, without secrets: a replay finds the answer by it. */
export function scrubbedRequest(
  { method, url, body }: OutgoingRequest,
  scrubber: Scrubber,
): LoggedExchange['request'] {
  const text = body === undefined || typeof body === 'string' ? body : Buffer.from(body).toString('base64');
  return {
    method,
    url: decodedMarks(scrubber.url(url.href)),
    ...(text !== undefined && { body: decodedMarks(scrubber.body(text)) }),
  };
}

/** A replay sends what stands for a secret in place of it, and encodes it. */
function decodedMarks(text: string): string {
  return text.replaceAll('%2A%2A%2A%2A', '****');
}

function scrubbedResponse(
  { url, status, headers }: HttpResponse,
  body: Uint8Array,
  scrubber: Scrubber,
): LoggedExchange['response'] {
  const text = textOf(body);
  const shown = Object.entries(scrubber.headers(headers.entries()));
  const answer = { url: scrubber.url(url), status, headers: shown };
  if (text === undefined) return { ...answer, body: Buffer.from(body).toString('base64'), isBinary: true };
  const scrubbed = scrubber.value(text);
  const credentials = hasCredentials(text) ? scrubber.body(text) : String(scrubbed);
  return { ...answer, body: credentials };
}

/** Bodies stay as they are, byte for byte, unless something has to be taken out. */
function hasCredentials(text: string): boolean {
  for (const [, name = ''] of text.matchAll(/"([\w-]{2,60})"\s*:\s*"/g))
    if (isCredentialField(name)) return true;
  return false;
}

function textOf(body: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
  } catch {
    return undefined;
  }
}
