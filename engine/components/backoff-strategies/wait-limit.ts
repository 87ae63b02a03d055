import type { Scope } from '../../contract/scope.ts';
import { ConnectorError } from '../../error/connector-error.ts';
import { describeWait } from '../../http/send/describe-wait.ts';
import type { Deferred, Evaluate } from '../../language/fields.ts';

/** Seconds. Many limits are by the hour; what is longer is a mistake, or for another sync. */
const longestWait = 2 * 3600;

/**
 * The check for `max_waiting_time_in_seconds`: a wait of that length or longer ends the stream, and a limit of 0 allows
 * no wait at all. The template is evaluated when the component is made, so a bad one fails there.
 */
export function waitLimit(
  field: Deferred<Evaluate<number>> | undefined,
  scope: Scope,
): (seconds: number) => number {
  const limit = field?.(scope)();
  return (seconds) => {
    if (limit === undefined && seconds <= longestWait) return seconds;
    if (limit === undefined) {
      throw new ConnectorError(
        `The API asks to wait ${describeWait(seconds)}, which is too long to wait for in silence. Set "max_waiting_time_in_seconds" if it is meant.`,
        { kind: 'transient_error', nodes: [scope.place] },
      );
    }
    if (seconds < limit) return seconds;
    throw new ConnectorError(
      `The API asks to wait ${Math.ceil(seconds)} seconds, and the manifest allows less than ${limit} ("max_waiting_time_in_seconds").`,
      { kind: 'transient_error', nodes: [scope.place] },
    );
  };
}
