import type { HttpResponse, Middleware, OutgoingRequest, SyncScope, ToldWindow } from 'manifold-connectors';

/** A reset further away than this is not one of Intercom's windows, but a sign that two clocks disagree. */
const longestWindowMs = 120_000;
/** Clocks this close count as equal: there is latency, and the Date header cuts off fractions of a second. */
const sameClockMs = 2_000;
/** If the headers make no sense: the length of Intercom's windows. */
const usualWindowMs = 10_000;
/** If a window has ended by our clock but not by Intercom's. */
const laggingClockMs = 1_000;

/** When the window of this response ends, in milliseconds of our clock; undefined when the response does not say. */
export function windowEnd(response: HttpResponse, now: number): number | undefined {
  const reset = numberIn(response, 'x-ratelimit-reset');
  if (reset === undefined) return undefined;
  const resetMs = reset * 1000;
  const serverNow = Date.parse(response.headers.get('date') ?? '');
  const isPlausible = (left: number) => left > -sameClockMs && left <= longestWindowMs;
  const clocksAgree = Number.isNaN(serverNow) || Math.abs(now - serverNow) <= sameClockMs;
  if (!clocksAgree && isPlausible(resetMs - serverNow)) return now + resetMs - serverNow;
  if (isPlausible(resetMs - now)) return resetMs;
  return now + usualWindowMs;
}

function numberIn(response: HttpResponse, header: string): number | undefined {
  const text = response.headers.get(header)?.trim();
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
}

/** What a response says of its window; undefined when it says nothing of one. */
function toldBy(response: HttpResponse, now: number): ToldWindow | undefined {
  const id = numberIn(response, 'x-ratelimit-reset');
  const remaining = response.status === 429 ? 0 : numberIn(response, 'x-ratelimit-remaining');
  const endsAt = windowEnd(response, now);
  if (id === undefined || remaining === undefined || endsAt === undefined) return undefined;
  return { id, remaining, limit: numberIn(response, 'x-ratelimit-limit'), endsAt };
}

/** The same pace for all processes that use the store. */
export function paceTogether({
  clock,
  signal,
  load,
  rateLimitStore,
}: Pick<SyncScope, 'clock' | 'signal' | 'load' | 'rateLimitStore'>): Middleware | undefined {
  if (rateLimitStore === undefined) return undefined;
  return async (request, next) => {
    if (!isAuthorised(request)) return next(request);
    const call = await rateLimitStore.toldLimit(rateLimitStore.keyOf(request)).acquire(signal);
    let response: HttpResponse;
    try {
      response = await next(request);
    } catch (error) {
      await call.failed();
      throw error;
    }
    const window = toldBy(response, clock.now());
    void call.answered(window).then((mine) => {
      if (window !== undefined && mine !== undefined) load.window(mine, window.endsAt);
    });
    return response;
  };
}

/** What the last responses said about their window. */
interface Window {
  /** The header as received; it identifies the window. */
  readonly reset: number;
  /** The lowest count seen. */
  readonly remaining: number;
  /** Our clock. */
  readonly endsAt: number;
}

/**
 * Middleware that uses each window of the rate limit up to its last request and never exceeds it: a request is sent
 * while more remain than are under way, since those under way may or may not have been counted yet. The first request
 * of a sync, and the first after a spent window, goes alone and brings the numbers.
 */
export function pace({ clock, signal, load }: Pick<SyncScope, 'clock' | 'signal' | 'load'>): Middleware {
  let window: Window | undefined;
  let hasAnswered = false;
  let underWay = 0;
  let isSleeping = false;
  const waiting: Array<() => void> = [];

  const mayGo = (): boolean => {
    if (window === undefined) return hasAnswered || underWay === 0;
    if (window.remaining - underWay > 0) return true;
    return underWay === 0 && clock.now() >= window.endsAt;
  };

  const pump = (): void => {
    while (waiting.length > 0 && (signal.aborted || mayGo())) {
      underWay++;
      waiting.shift()?.();
    }
    // While requests are under way, the next answer wakes the queue; it will know more.
    if (waiting.length === 0 || underWay > 0 || isSleeping || window === undefined) return;
    isSleeping = true;
    const wake = () => {
      isSleeping = false;
      pump();
    };
    clock.sleep(Math.max(1, window.endsAt - clock.now()), signal).then(wake, wake);
  };

  const learn = (response: HttpResponse): void => {
    hasAnswered = true;
    const now = clock.now();
    const told = toldBy(response, now);
    if (told === undefined) return;
    const { id: reset, remaining, endsAt } = told;
    // Answers overtake each other: the lowest count of a window is the latest, and older windows say nothing.
    if (window !== undefined && reset < window.reset) return;
    const least = window?.reset === reset ? Math.min(window.remaining, remaining) : remaining;
    load.window(least, endsAt);
    window = {
      reset,
      remaining: least,
      endsAt: least === 0 ? Math.max(endsAt, now + laggingClockMs) : endsAt,
    };
  };

  return async (request, next) => {
    // Tokens are fetched without a token, and do not count.
    if (!isAuthorised(request)) return next(request);
    await new Promise<void>((resolve) => {
      waiting.push(resolve);
      pump();
    });
    try {
      signal.throwIfAborted();
      const response = await next(request);
      learn(response);
      return response;
    } finally {
      underWay--;
      pump();
    }
  };
}

function isAuthorised(request: OutgoingRequest): boolean {
  return Object.keys(request.headers).some((name) => name.toLowerCase() === 'authorization');
}
