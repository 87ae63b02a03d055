import type { ErrorResolution, Outcome, OutgoingRequest } from '../../contract/families.ts';
import type { HttpResponse } from '../../contract/http-response.ts';
import type { SyncScope } from '../../contract/scope.ts';
import type { Slice } from '../../contract/slice.ts';
import type { Place } from '../../error/place.ts';
import type { Wait } from './retry.ts';

/** What a request is for, and the requester that sends it. */
interface Subject {
  readonly sync: SyncScope;
  readonly stream?: string | undefined;
  readonly slice?: Slice | undefined;
  readonly page?: number | undefined;
  readonly place?: Place | undefined;
}

/** Tells of what is decided about one request. */
export interface SendDecisions {
  resolved(outcome: Outcome, resolution: ErrorResolution, attempt: number): void;
  waits(seconds: number, by: Wait['by'] | 'budget', place: Place | undefined): void;
  cached(request: OutgoingRequest, response: HttpResponse): void;
}

/** Undefined when nobody listens. */
export function sendDecisions({ sync, stream, slice, page, place }: Subject): SendDecisions | undefined {
  const { onDecision } = sync;
  if (onDecision === undefined) return undefined;
  const at = { stream, slice, page };
  return {
    resolved(outcome, { action, matched }, attempt) {
      // That a success is one has been decided by nobody.
      if (matched === undefined && action === 'SUCCESS') return;
      const status = 'response' in outcome ? outcome.response.status : undefined;
      const by = matched?.by ?? 'status';
      const place = matched?.place;
      onDecision({ ...at, kind: 'filter.match', place, outcome: { action, status, by, attempt } });
    },
    waits(seconds, by, strategy) {
      onDecision({ ...at, kind: 'backoff.wait', place: strategy, outcome: { seconds, by } });
    },
    cached({ method, url }, { status }) {
      onDecision({ ...at, kind: 'cache.hit', place, outcome: { method, url: url.href, status } });
    },
  };
}
