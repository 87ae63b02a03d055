import type { ApiBudget, CallRatePolicy, OutgoingRequest } from '../../contract/families.ts';
import type { HttpResponse } from '../../contract/http-response.ts';
import type { Load } from '../../contract/scope.ts';
import { momentOf } from '../send/moment.ts';

export interface BudgetSettings {
  readonly policies: readonly CallRatePolicy[];
  readonly resetHeader: string;
  readonly remainingHeader: string;
  readonly rateLimitStatuses: readonly number[];
  readonly load: Load;
}

/** The first policy that matches a request governs it; a request that matches none is free. */
export function createBudget(settings: BudgetSettings): ApiBudget {
  const policyFor = (request: OutgoingRequest) => settings.policies.find((policy) => policy.matches(request));
  return Object.freeze({
    async acquire(request: OutgoingRequest, signal?: AbortSignal) {
      await policyFor(request)?.acquire(request, signal);
    },
    observe(request: OutgoingRequest, response: HttpResponse) {
      const header = response.headers.get(settings.resetHeader);
      const [calls, reset] = [
        callsLeft(response, settings),
        header === undefined ? undefined : momentOf(header),
      ];
      if (calls !== undefined && reset !== undefined) settings.load.window(calls, reset);
      policyFor(request)?.update(calls, reset, request);
    },
  });
}

function callsLeft(response: HttpResponse, settings: BudgetSettings): number | undefined {
  const left = integerIn(response, settings.remainingHeader);
  if (left !== undefined) return left;
  return settings.rateLimitStatuses.includes(response.status) ? 0 : undefined;
}

/** Anything but an integer says nothing about the budget. */
function integerIn(response: HttpResponse, header: string): number | undefined {
  const text = response.headers.get(header)?.trim();
  return text !== undefined && /^[+-]?\d+$/.test(text) ? Number(text) : undefined;
}
