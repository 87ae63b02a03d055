import type { CallRatePolicy, OutgoingRequest, RequestMatcher } from '../../contract/families.ts';
import type { Scope } from '../../contract/scope.ts';
import { ConnectorError } from '../../error/connector-error.ts';
import type { CallWindow } from '../../http/budget/call-windows.ts';

/** A policy for the requests that its matchers recognise, over one window; without matchers it takes all requests. */
export function matchedPolicy(
  matchers: readonly RequestMatcher[],
  window: CallWindow,
  limit: number,
  scope: Scope,
): CallRatePolicy {
  const matcherOf = (request: OutgoingRequest) => matchers.find((matcher) => matcher.matches(request));
  return {
    matches: (request) => matchers.length === 0 || matcherOf(request) !== undefined,
    async acquire(request, signal) {
      const weight = matcherOf(request)?.weight(request) ?? 1;
      if (weight > limit) {
        throw new ConnectorError(
          `A call with a weight of ${weight} can never fit into a limit of ${limit}.`,
          {
            kind: 'config_error',
            nodes: [scope.place],
          },
        );
      }
      await window.acquire(weight, signal);
    },
    update: window.update,
  };
}
