import type { Outcome } from '../../contract/errors.ts';
import { ConnectorError } from '../../error/connector-error.ts';
import { describeWait } from '../../http/send/describe-wait.ts';
import { waitOf } from '../../http/send/moment.ts';

/** Seconds. What is longer is for another sync. */
const longestWait = 2 * 3600;

/** Statuses that `Retry-After` belongs to (RFC 9110, 10.2.3). */
const statuses = [429, 503];

/**
 * The seconds that an API asks to wait by `Retry-After`, a number or a date: for manifests whose strategies have no answer.
 * Throws ConnectorError when it asks for longer than a sync waits in silence.
 */
export function retryAfter(outcome: Outcome, now: number): number | undefined {
  if (!('response' in outcome) || !statuses.includes(outcome.response.status)) return undefined;
  const header = outcome.response.headers.get('retry-after');
  const seconds = header === undefined ? undefined : waitOf(header, now);
  if (seconds === undefined || seconds <= longestWait) return seconds;
  throw new ConnectorError(
    `The API asks to wait ${describeWait(seconds)} (status ${outcome.response.status}), which is too long to wait for in silence. A WaitTimeFromHeader strategy with "max_waiting_time_in_seconds" allows it.`,
    { kind: 'transient_error' },
  );
}
