import type { CallRatePolicy, OutgoingRequest, RequestMatcher } from '../../contract/families.ts';
import type { DeclaredRates } from '../../contract/rate-limit-store.ts';
import type { Scope } from '../../contract/scope.ts';
import { ConnectorError } from '../../error/connector-error.ts';
import type { CallWindow } from '../../http/budget/call-windows.ts';

/** A policy for the requests that its matchers recognise, over one window; without matchers it takes all requests. `declared` is what the manifest says of the window. */
export function matchedPolicy(
  matchers: readonly RequestMatcher[],
  window: CallWindow,
  limit: number,
  scope: Scope,
  declared?: DeclaredRates,
): CallRatePolicy {
  const { rateLimitStore } = scope.sync;
  // Processes with the same manifest have the policy at the same place.
  const name = JSON.stringify([scope.place.pointer, declared]);
  /** The same limit, which processes with the same credentials keep together. */
  const shared = (request: OutgoingRequest) =>
    declared && rateLimitStore?.declaredLimit(`${rateLimitStore.keyOf(request)}:${name}`, declared);
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
      await shared(request)?.acquire(weight, signal);
    },
    update(availableCalls, resetsAt, request) {
      window.update(availableCalls, resetsAt);
      shared(request)?.update(availableCalls, resetsAt);
    },
  };
}
