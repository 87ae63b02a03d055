import type { Dispatcher } from 'undici';
import type { Parts } from '../../util/bytes/parts.ts';
import { onAbort } from '../../util/flow/on-abort.ts';
import type { Answer, AnswerBody } from './answer.ts';
import { type BodyLimits, errorBodyLimit, isTooSlow, tooLarge, tooSlow } from './body.ts';
import { parsedHeaders } from './response.ts';

/** Bytes as they are sent: unpacked, an error's body is cut off where nobody looks any further. */
const errorBytes = 2 * errorBodyLimit;

/** Milliseconds between two chunks that undici waits. */
const silence = 300_000;

/** Bytes that are cheaper to read than a new connection. */
const unwantedBytes = 128 * 1024;

/**
 * Sends a request and gathers what comes back, whether somebody waits for it or not. undici's `request` makes a stream of
 * each body, which costs more than all else that a small answer takes; this is for bodies that are wanted whole. Of an
 * error's body only as much is there as is looked at.
 */
export function gatherAnswer(
  dispatcher: Dispatcher,
  request: Dispatcher.RequestOptions,
  { url, limits, signal }: GatherOptions,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    let controller: Dispatcher.DispatchController | undefined;
    let body: OpenBody | undefined;
    let cancelled: Error | undefined;
    let stopWaiting: (() => void) | undefined;

    function fail(error: Error): void {
      stopWaiting?.();
      if (body === undefined) reject(error);
      else body.fail(error);
    }
    function cancel(reason: unknown): void {
      cancelled = reason as Error;
      fail(cancelled);
      controller?.abort(cancelled);
    }

    if (signal !== undefined) stopWaiting = onAbort(signal, cancel);
    if (cancelled !== undefined) return;
    dispatcher.dispatch(request, {
      onRequestStart(started) {
        controller = started;
        if (cancelled !== undefined) started.abort(cancelled);
      },
      onResponseStart(started, statusCode, headers) {
        if (statusCode < 200) {
          request.onInfo?.({ statusCode, headers: headers as Record<string, string | string[]> });
          return;
        }
        body = openBody({
          url,
          limits,
          isError: statusCode >= 400,
          abort: (reason) => started.abort(reason),
        });
        const { rawHeaders } = started;
        resolve({
          status: statusCode,
          headers: parsedHeaders(headers, () => pairsOf(rawHeaders)),
          cookies: headers['set-cookie'] === undefined ? [] : [headers['set-cookie']].flat(),
          body,
        });
      },
      onResponseData(_, chunk) {
        body?.take(chunk);
      },
      onResponseEnd() {
        stopWaiting?.();
        body?.end();
      },
      onResponseError: (_, error) => fail(error),
    });
  });
}

interface GatherOptions {
  readonly url: string;
  readonly limits: BodyLimits;
  readonly signal: AbortSignal | undefined;
}

interface OpenBody extends AnswerBody {
  take(chunk: Uint8Array): void;
  end(): void;
  fail(error: unknown): void;
}

interface OpenBodyOptions {
  readonly url: string;
  readonly limits: BodyLimits;
  readonly isError: boolean;
  readonly abort: (reason: Error) => void;
}

function openBody({ url, limits, isError, abort }: OpenBodyOptions): OpenBody {
  let parts: Uint8Array[] = [];
  let size = 0;
  let most = isError ? errorBytes : limits.whole;
  let mayBeCutOff = isError;
  let resolve: (parts: Parts) => void = () => {};
  let reject: (error: unknown) => void = () => {};
  const whole = new Promise<Parts>((...settle) => {
    [resolve, reject] = settle;
  });
  // It may break off before anybody looks at it.
  whole.catch(() => {});
  const started = performance.now();
  // A body of which nothing comes at all is given up by undici, where nobody is less patient.
  const timer =
    limits.patience < silence
      ? setTimeout(() => {
          if (isTooSlow(size, limits.patience, limits.patience)) refuse(tooSlow(url, size, limits.patience));
        }, limits.patience).unref()
      : undefined;

  function end(): void {
    clearTimeout(timer);
    resolve(parts);
    parts = [];
  }
  function refuse(error: Error): void {
    if (mayBeCutOff) end();
    else reject(error);
    abort(error);
  }

  async function discard(): Promise<void> {
    mayBeCutOff = true;
    most = unwantedBytes;
    const timer = setTimeout(() => refuse(tooSlow(url, size, limits.unwanted)), limits.unwanted);
    await whole.catch(() => {});
    clearTimeout(timer);
  }

  return {
    whole: () => whole,
    async *chunks() {
      yield* await whole;
    },
    discard,
    destroy: () => void discard(),
    take(chunk) {
      size += chunk.length;
      parts.push(chunk);
      if (size > most) refuse(tooLarge(url, most));
      else if (isTooSlow(size, performance.now() - started, limits.patience))
        refuse(tooSlow(url, size, limits.patience));
    },
    end,
    fail(error) {
      clearTimeout(timer);
      reject(error);
    },
  };
}

/** Names and values as undici reads them where it is asked for raw headers. */
function* pairsOf(
  raw: Dispatcher.DispatchController['rawHeaders'],
): Generator<readonly [name: string, value: string]> {
  if (!Array.isArray(raw)) return;
  for (let at = 0; at + 1 < raw.length; at += 2)
    yield [textOf(raw[at], 'utf8'), textOf(raw[at + 1], 'latin1')];
}

function textOf(text: string | Buffer | undefined, encoding: 'utf8' | 'latin1'): string {
  return typeof text === 'string' ? text : (text?.toString(encoding) ?? '');
}
