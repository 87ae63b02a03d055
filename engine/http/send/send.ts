import type {
  ApiBudget,
  Authenticator,
  ErrorHandler,
  ErrorResolution,
  Outcome,
  OutgoingRequest,
} from '../../contract/families.ts';
import type { HttpResponse } from '../../contract/http-response.ts';
import type { Purpose } from '../../contract/purpose.ts';
import type {
  Cookies,
  Credentials,
  Exchange,
  Occasion,
  Readers,
  SyncScope,
  Timeouts,
} from '../../contract/scope.ts';
import type { Slice } from '../../contract/slice.ts';
import { ConnectorError, isConnectorError } from '../../error/connector-error.ts';
import type { Place } from '../../error/place.ts';
import { lengthOf } from '../../util/bytes/parts.ts';
import { ignoredResponse, meantResponse, noResponse } from '../wire/response.ts';
import { isTransportError } from '../wire/transport-error.ts';
import { describeExchange, subjectOf } from './describe-exchange.ts';
import { exhausted, type Failure, failureOf, isRateLimited, tooLong, waitMessage } from './failure.ts';
import { purposeOfRejected, RejectedPageError } from './rejected-page-error.ts';
import { type Attempt, retry, type Wait } from './retry.ts';
import { sendDecisions } from './send-decisions.ts';
import { UnreadableBodyError } from './unreadable-body-error.ts';

export interface SendSettings {
  readonly sync: SyncScope;
  readonly authenticator?: Authenticator | undefined;
  readonly errorHandler: ErrorHandler;
  /** Answer from the cache of the sync if it has the request. */
  readonly useCache?: boolean;
  /** Who will ask for the answer, where that is known. */
  readonly readers?: Readers | undefined;
  /** Leave the body on the wire: the caller reads it as a stream. */
  readonly streaming?: boolean;
  /** Whose credentials are sent. Answers to different ones are kept apart. */
  readonly identity?: string | undefined;
  /** Throws UnreadableBodyError when a successful answer is not what is expected. */
  readonly accept?: ((response: HttpResponse) => Promise<void> | void) | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly timeouts?: Timeouts | undefined;
  /** Kept from one request to the next. */
  readonly cookies?: Cookies | undefined;
  /** Origins besides its own to which the credentials of a request may be redirected. */
  readonly trusts?: ((origin: string) => boolean) | undefined;
  /** The stream it is sent for, and why, unless for a page of records: for those who watch the requests. */
  readonly stream?: string | undefined;
  readonly purpose?: Purpose | undefined;
  /** The page of the stream that it is for, and the requester: for those who watch the decisions. */
  readonly slice?: Slice | undefined;
  readonly page?: number | undefined;
  readonly place?: Place | undefined;
  /** For a transport that stands in for an API. */
  readonly occasion?: Occasion | undefined;
  /** Takes down what of an answer is secret, before anybody keeps it. */
  readonly findSecrets?: ((response: HttpResponse) => Promise<void>) | undefined;
}

export const defaultMaxRetries = 5;
/** Seconds. */
export const defaultMaxTime = 600;

/** Seconds. A wait of a day is for another sync. */
const longestWait = 23 * 3600;

/** Seconds. Less is the time that asking takes. */
const shortestWait = 0.02;

/** Seconds before a rate-limited request is repeated with another credential. */
const rotationWait = 0.1;

const noNames: ReadonlySet<string> = new Set();

/**
 * One logical request: authenticate → budget → wire → error handler, repeated as the handler says. Resolves to the
 * response to read records from. Throws ConnectorError with what the API said,
 * or RejectedPageError.
 */
export async function sendRequest(request: OutgoingRequest, settings: SendSettings): Promise<HttpResponse> {
  const { sync, authenticator, errorHandler, signal = sync.signal } = settings;
  const decisions = sendDecisions(settings);
  const isAsInSync = sync.limits === undefined || sync.limits.isAsInSync === true;
  const begun = sync.clock.now();
  // Where somebody waits for the outcome, a host that gives no answer is not asked for as long as one that asks to wait.
  const patience = (sync.longestWait ?? Number.POSITIVE_INFINITY) / 3;
  let attempts = 0;
  let wasRefreshed = false;
  let unreported: Omit<Exchange, 'purpose'> | undefined;

  async function exchange(outgoing: OutgoingRequest): Promise<HttpResponse> {
    if (sync.budget !== undefined) await withinBudget(outgoing, sync.budget);
    let sentAt: number | undefined;
    const response = await sync.http.send(outgoing, {
      signal,
      isWhole: settings.streaming !== true,
      timeouts: settings.timeouts,
      cookies: settings.cookies,
      credentials: credentialsOf(outgoing),
      occasion: settings.occasion,
      findSecrets: settings.findSecrets,
      onSent(at) {
        sentAt = at;
      },
    });
    sync.budget?.observe(outgoing, response);
    if (authenticator?.observe !== undefined) await authenticator.observe(response, outgoing);
    // A body that breaks off makes this a failed attempt like any other.
    if (settings.streaming !== true || sync.limits !== undefined) {
      const parts = await response.parts();
      if (sentAt !== undefined) sync.load.received(sync.clock.now() - sentAt, lengthOf(parts));
    }
    const { stream, slice, page } = settings;
    unreported = { stream, slice, page, request: outgoing, response };
    return response;
  }

  async function withinBudget(outgoing: OutgoingRequest, budget: ApiBudget): Promise<void> {
    const start = decisions && sync.clock.now();
    await budget.acquire(outgoing, signal);
    const seconds = start === undefined ? 0 : (sync.clock.now() - start) / 1000;
    if (seconds >= shortestWait) decisions?.waits(seconds, 'budget', undefined);
  }

  /** The headers that the authenticator added, and what else must not leave its origin. */
  function credentialsOf(outgoing: OutgoingRequest): Credentials {
    const { trusts } = settings;
    const { holdsSecret } = sync;
    if (outgoing === request) return { headers: noNames, trusts, holdsSecret };
    const { headers } = outgoing;
    const added = Object.keys(headers).filter((name) => headers[name] !== request.headers[name]);
    return { headers: new Set(added.map((name) => name.toLowerCase())), trusts, holdsSecret };
  }

  /** What an exchange was for is known once the error handler has seen its response. */
  function reportExchange(resolution: ErrorResolution | undefined): void {
    if (unreported === undefined) return;
    const purpose = resolution && purposeOfRejected(resolution.action, settings.stream);
    sync.onExchange?.({ ...unreported, purpose: purpose ?? settings.purpose });
    unreported = undefined;
  }

  function respond(outgoing: OutgoingRequest): Promise<HttpResponse> {
    const isCached = settings.useCache === true && settings.streaming !== true && isAsInSync;
    return isCached ? fetchCached(() => exchange(outgoing)) : exchange(outgoing);
  }

  async function fetchCached(send: () => Promise<HttpResponse>): Promise<HttpResponse> {
    let isSent = false;
    const sending = () => {
      isSent = true;
      return send();
    };
    const response = await sync.cache.fetch(cacheable(), sending, settings.readers);
    if (!isSent) decisions?.cached(request, response);
    return response;
  }

  /** What tells the request apart from others: everything but the token of the moment. */
  function cacheable(): OutgoingRequest {
    const { identity } = settings;
    if (identity === undefined) return request;
    return { ...request, headers: { ...request.headers, 'authenticated by': identity } };
  }

  async function attempt(): Promise<Attempt<HttpResponse>> {
    attempts++;
    let outgoing = request;
    if (authenticator !== undefined) {
      // Object.assign: Node 20 is slow to add fields to what `{...}` made.
      outgoing = { ...request, url: new URL(request.url.href), headers: Object.assign({}, request.headers) };
      await authenticator.authenticate(outgoing);
    }
    let outcome: Outcome;
    try {
      outcome = { response: await respond(outgoing) };
    } catch (error) {
      if (!isTransportError(error)) throw error;
      outcome = { error };
    }
    let resolution: ErrorResolution | undefined;
    try {
      const resolving = errorHandler.resolve(outcome);
      resolution = resolving instanceof Promise ? await resolving : resolving;
      decisions?.resolved(outcome, resolution, attempts);
    } finally {
      reportExchange(resolution);
    }
    switch (resolution.action) {
      case 'SUCCESS': {
        const came = responseOf(outcome, outgoing);
        const response = resolution.matched === undefined ? came : meantResponse(came);
        try {
          const accepting = settings.accept?.(response);
          if (accepting !== undefined) await accepting;
          return { value: response };
        } catch (error) {
          return unaccepted(error, outcome);
        }
      }
      case 'IGNORE':
        sync.log('INFO', resolution.message || `Ignoring ${await describeExchange(outgoing, outcome)}`);
        return { value: ignoredResponse(responseOf(outcome, outgoing)) };
      case 'RESET_PAGINATION':
      case 'REDUCE_PAGE_SIZE':
      case 'SPLIT_REQUEST_WINDOW':
        if ('response' in outcome) await outcome.response.discard();
        throw new RejectedPageError(resolution.action, resolution.message, subjectOf(outgoing));
      case 'FAIL':
        throw await failureOf(outgoing, outcome, resolution);
      case 'REFRESH_TOKEN_THEN_RETRY':
        await refresh(outgoing, outcome);
        return waitAfter({ outcome, resolution });
      case 'RATE_LIMITED':
        if (authenticator?.hasAlternative?.(outgoing) === true) {
          return { wait: { by: 'strategy', seconds: rotationWait }, failure: { outcome, resolution } };
        }
        return waitAfter({ outcome, resolution }, 'rate limit');
      case 'RETRY':
        return waitAfter({ outcome, resolution });
    }
  }

  /** A success whose body is not what it should be is a failed attempt like any other. */
  function unaccepted(error: unknown, outcome: Outcome): Promise<Attempt<HttpResponse>> {
    if (!(error instanceof UnreadableBodyError) && !isTransportError(error)) throw error;
    sync.cache.forget?.(cacheable());
    const failure: Failure = {
      outcome: { error },
      resolution: {
        action: 'RETRY',
        failureType: 'transient_error',
        message: error.message,
        givesReason: true,
      },
    };
    return waitAfter(failure, 'default', outcome);
  }

  /** `outcome` is what the strategies look at, where that is not what failed. */
  async function waitAfter(
    failure: Failure,
    otherwise: 'rate limit' | 'default' = 'default',
    outcome: Outcome = failure.outcome,
  ): Promise<Attempt<HttpResponse>> {
    let waitPlace: Place | undefined;
    const seconds = await errorHandler.backoff(outcome, attempts, (place) => {
      waitPlace = place;
    });
    if ('response' in outcome) await outcome.response.discard();
    const isSilent = 'error' in failure.outcome;
    const elapsed = (sync.clock.now() - begun) / 1000;
    if (isSilent && elapsed + (seconds ?? 0) > patience) throw await exhausted(request, failure, attempts);
    if (seconds !== undefined && seconds > (sync.longestWait ?? longestWait))
      throw isSilent ? await exhausted(request, failure, attempts) : tooLong(request, outcome, seconds);
    const wait: Wait = seconds ? { by: 'strategy', seconds } : { by: otherwise };
    return { wait, failure: { ...failure, waitPlace } satisfies Failure };
  }

  async function refresh(outgoing: OutgoingRequest, outcome: Outcome): Promise<void> {
    if (wasRefreshed) {
      throw new ConnectorError(
        `The API rejects the access token although it was just refreshed: ${await describeExchange(outgoing, outcome)}`,
        { kind: 'config_error' },
      );
    }
    if (authenticator?.refresh === undefined) {
      sync.log('WARN', 'The error handler asks for a new token, but this authenticator has none to refresh.');
      return;
    }
    wasRefreshed = true;
    try {
      await authenticator.refresh(outgoing);
    } catch (error) {
      if (isConnectorError(error) && error.kind === 'config_error') throw error;
      sync.log('WARN', 'The access token could not be refreshed; trying again with the old one.');
    }
  }

  // Nearly every request ends here.
  const first = await attempt();
  if ('value' in first) return first.value;
  const maxRetries = isAsInSync ? (errorHandler.maxRetries ?? defaultMaxRetries) : 0;
  const maxTries = Math.max(0, maxRetries) + 1;
  const result = await retry(first, attempt, {
    begun,
    maxTries,
    maxTime: errorHandler.maxTime ?? defaultMaxTime,
    clock: sync.clock,
    signal,
    async onWait(seconds, failure, by) {
      decisions?.waits(seconds, by, (failure as Failure).waitPlace);
      sync.log('INFO', waitMessage(request, failure as Failure, seconds));
      if (settings.stream !== undefined && isRateLimited(failure as Failure) && seconds >= 1) {
        await sync.rateLimits?.tell?.(settings.stream, Math.round(sync.clock.now() + seconds * 1000));
      }
    },
  });
  if ('value' in result) return result.value;
  throw await exhausted(request, result.failure as Failure, attempts);
}

function responseOf(outcome: Outcome, request: OutgoingRequest): HttpResponse {
  return 'response' in outcome ? outcome.response : noResponse(request.url.href);
}
