import { setImmediate as nextRound } from 'node:timers/promises';
import type { Transport } from '../../contract/scope.ts';
import { ConnectorError } from '../../error/connector-error.ts';
import { createResponse, responseHeaders } from '../../http/wire/response.ts';
import { TransportError } from '../../http/wire/transport-error.ts';
import { type Difference, shown } from '../subset.ts';
import { type Exchange, requestLine, type SeenRequest, seenRequest } from './exchange.ts';
import type { Failure } from './failure.ts';

export interface ExchangeTransport extends Transport {
  /** All requests, in order. */
  readonly requests: readonly SeenRequest[];
  /** Requests that nothing was expected for, and exchanges that were never asked for. */
  failures(): readonly Failure[];
}

const breaks = {
  reset: ['the connection was reset', 'ECONNRESET'],
  timeout: ['no answer came in time', 'UND_ERR_HEADERS_TIMEOUT'],
  dns: ['the host name could not be resolved', 'ENOTFOUND'],
} as const;

/** Far more than a test is written for: with answers that are given any number of times, a read may never end. */
const mostRequests = 10_000;

/** After as many requests that nothing answers, the next ones tell nothing new. */
const mostUnexpected = 20;

/**
 * An API that consists of the exchanges of a test: equal requests are answered in the order in which they are listed.
 * `stop` is called with what is thrown once there are more requests than any test needs.
 */
export function exchangeTransport(
  exchanges: readonly Exchange[],
  stop: (reason: ConnectorError) => void = () => {},
): ExchangeTransport {
  const requests: SeenRequest[] = [];
  const unmatched: Failure[] = [];
  const left = new Map(exchanges.map((exchange) => [exchange, exchange.times]));
  const asked = new Set<Exchange>();

  function take(request: SeenRequest): Exchange | undefined {
    for (const [exchange, times] of left) {
      if (times === 0 || exchange.differences(request).length > 0) continue;
      left.set(exchange, times - 1);
      asked.add(exchange);
      return exchange;
    }
    return undefined;
  }

  let ended: ConnectorError | undefined;

  /** An error alone ends one slice, and the next one would be asked for. */
  function end(message: string, failure: Failure): ConnectorError {
    ended = new ConnectorError(message);
    unmatched.push(failure);
    stop(ended);
    return ended;
  }

  function unexpected(request: SeenRequest): ConnectorError {
    const message = `The test does not expect the request ${requestLine(request)}.`;
    if (unmatched.length < mostUnexpected) {
      unmatched.push(explain(request, exchanges, (exchange) => left.get(exchange) === 0));
      return new ConnectorError(message);
    }
    return end(message, {
      code: 'REQUEST_UNEXPECTED',
      message: `${requestLine(request)} is asked for as well, and the read was ended there: ${mostUnexpected} requests before it had no answer either.`,
      place: undefined,
    });
  }

  function endless(request: SeenRequest, { place }: Exchange): ConnectorError {
    return end(`The test was ended after ${mostRequests} requests.`, {
      code: 'REQUEST_UNEXPECTED',
      message: `${requestLine(request)} is asked for, after ${mostRequests} other requests: the answers of this test never end the read. Let one of them be the last page, answer fewer "times", or read less by a later start in "config" or "state".`,
      place,
    });
  }

  return {
    requests,
    async send(outgoing) {
      const request = seenRequest(outgoing);
      if (ended !== undefined) throw ended;
      requests.push(request);
      const exchange = take(request);
      // As on a network, others get their turn before an answer comes: signals, which could not end the process else.
      await nextRound();
      if (ended !== undefined) throw ended;
      if (exchange === undefined) throw unexpected(request);
      if (requests.length > mostRequests) throw endless(request, exchange);
      const { status, headers, body, error } = exchange.answer;
      if (error !== undefined) {
        const [message, code] = breaks[error];
        throw new TransportError(`${outgoing.url.host}: ${message}`, code);
      }
      return createResponse({
        url: request.url,
        status,
        headers: responseHeaders(Object.entries(headers)),
        body,
      });
    },
    async close() {},
    failures() {
      const never = exchanges.filter((exchange) => {
        const times = Number.isFinite(exchange.times)
          ? (left.get(exchange) ?? 0)
          : Number(!asked.has(exchange));
        return times > 0 && !exchange.isOptional;
      });
      return [...unmatched, ...never.map((exchange) => neverAsked(exchange, left.get(exchange) ?? 0))];
    },
  };
}

function neverAsked({ on, place, times }: Exchange, left: number): Failure {
  const message =
    times === left || !Number.isFinite(times)
      ? `${on} was never asked for. Remove the exchange, or mark it "optional".`
      : `${on} was asked for ${times - left} of ${times} times.`;
  return { code: 'EXCHANGE_UNUSED', message, place };
}

/** How many differences are shown: with more, it is another request. */
const mostShown = 6;

function explain(
  request: SeenRequest,
  exchanges: readonly Exchange[],
  isSpent: (exchange: Exchange) => boolean,
): Failure {
  const code = 'REQUEST_UNEXPECTED';
  const line = requestLine(request);
  const open = exchanges.filter((exchange) => !isSpent(exchange));
  const nearest = nearestTo(request, open);
  const spent = exchanges.find((exchange) => exchange.differences(request).length === 0);
  // One that still waits for its request, at the same place, is more likely meant than one that had it.
  if (spent !== undefined && (nearest === undefined || weight(nearest.found) >= elsewhere)) {
    const times = spent.times === 1 ? 'once' : `${spent.times} times`;
    return {
      code,
      message: `${line} is asked for again, and the test answers it ${times}. Add an exchange for what comes then.`,
      place: spent.place,
    };
  }
  const shownOne = nearest ?? nearestTo(request, exchanges);
  if (shownOne === undefined)
    return { code, message: `${line} is asked for, and the test has no exchange.`, place: undefined };
  const listed = shownOne.found.slice(0, mostShown).map(differenceLine);
  const more = shownOne.found.length - listed.length;
  return {
    code,
    message: `${line} is asked for, and no exchange expects it. The nearest is ${shownOne.exchange.on}:`,
    details: [...listed, ...(more > 0 ? [`… and ${more} more`] : [])],
    place: shownOne.exchange.place,
  };
}

interface Near {
  readonly exchange: Exchange;
  readonly found: readonly Difference[];
}

function nearestTo(request: SeenRequest, exchanges: readonly Exchange[]): Near | undefined {
  return exchanges
    .map((exchange) => ({ exchange, found: exchange.differences(request) }))
    .sort((a, b) => weight(a.found) - weight(b.found))[0];
}

/** A difference in method, host or path. */
const elsewhere = 50;

/** Another path is another request; another parameter is a mistake in one. */
function weight(found: readonly Difference[]): number {
  const weights: Readonly<Record<string, number>> = {
    method: elsewhere,
    host: elsewhere,
    path: 2 * elsewhere,
  };
  return found.reduce((sum, { path }) => sum + (weights[path] ?? 1), 0);
}

/** `body.per_page   expected 150   got 50` */
export function differenceLine({ path, expected, actual }: Difference): string {
  return `${path === '' ? 'value' : path}: expected ${expected === null && actual !== undefined ? 'nothing' : shown(expected)}, got ${shown(actual)}`;
}
