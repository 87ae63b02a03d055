import type { ErrorResolution, Outcome, OutgoingRequest } from '../../contract/families.ts';
import { ConnectorError } from '../../error/connector-error.ts';
import type { Place } from '../../error/place.ts';
import { describeExchange, subjectOf } from './describe-exchange.ts';
import { describeWait } from './describe-wait.ts';

/** An attempt that did not succeed, and what the error handler makes of it. */
export interface Failure {
  readonly outcome: Outcome;
  readonly resolution: ErrorResolution;
  /** The strategy that says how long to wait. */
  readonly waitPlace?: Place | undefined;
}

/** Whether it is the API's pace that stands in the way. */
export function isRateLimited({ outcome, resolution }: Failure): boolean {
  return resolution.action === 'RATE_LIMITED' || ('response' in outcome && outcome.response.status === 429);
}

/** An API that asks for more patience than anybody has. */
export function tooLong(request: OutgoingRequest, outcome: Outcome, seconds: number): ConnectorError {
  const status = 'response' in outcome ? ` (status ${outcome.response.status})` : '';
  return new ConnectorError(
    `The API asks to wait ${describeWait(seconds)} before ${subjectOf(request)} is sent again${status}, which is too long to wait for.`,
    { kind: 'transient_error', cause: 'error' in outcome ? outcome.error : undefined },
  );
}

export function waitMessage(
  request: OutgoingRequest,
  { outcome, resolution }: Failure,
  seconds: number,
): string {
  const what =
    'response' in outcome ? `answered ${outcome.response.status}` : `failed: ${outcome.error.message}`;
  const why = resolution.action === 'RATE_LIMITED' ? 'Rate limit reached. ' : '';
  return `${why}${subjectOf(request)} ${what}; trying again in ${describeWait(seconds)}.`;
}

/** What is not tried again. */
export async function failureOf(
  request: OutgoingRequest,
  outcome: Outcome,
  resolution: ErrorResolution,
): Promise<ConnectorError> {
  const said = await describeExchange(request, outcome);
  if (resolution.isOwnMessage && resolution.message) {
    return ownError(resolution.message, said, outcome, resolution);
  }
  const message = resolution.givesReason
    ? `${resolution.message} The request: ${subjectOf(request)}.`
    : [resolution.message, said].filter(Boolean).join(' ');
  return new ConnectorError(message, {
    kind: resolution.failureType ?? 'system_error',
    cause: 'error' in outcome ? outcome.error : undefined,
  });
}

/** What the manifest says is for the user, and what the API said for those who look into it. */
function ownError(
  message: string,
  said: string,
  outcome: Outcome,
  { failureType = 'system_error' }: ErrorResolution,
): ConnectorError {
  return new ConnectorError(message, {
    kind: failureType,
    internalMessage: `${message} ${said}`,
    cause: 'error' in outcome ? outcome.error : undefined,
  });
}

/** What was tried as often as it may be. */
export async function exhausted(
  request: OutgoingRequest,
  { outcome, resolution }: Failure,
  attempts: number,
): Promise<ConnectorError> {
  const isRateLimit = 'response' in outcome && outcome.response.status === 429;
  const times = attempts === 1 ? 'The request failed' : `The request failed ${attempts} times`;
  if (resolution.isOwnMessage && resolution.message) {
    const said = `${times}. ${await describeExchange(request, outcome)}`;
    return ownError(resolution.message, said, outcome, resolution);
  }
  const start = isRateLimit ? 'The rate limit of the API is exceeded.' : resolution.message || '';
  const end = resolution.givesReason
    ? `${times}: ${subjectOf(request)}.`
    : `${times}. ${await describeExchange(request, outcome)}`;
  return new ConnectorError([start, end].filter((part) => part !== '').join(' '), {
    kind: isRateLimit ? 'transient_error' : (resolution.failureType ?? 'system_error'),
    cause: 'error' in outcome ? outcome.error : undefined,
  });
}
