import type { Decision } from '../contract/decision.ts';
import type { OutgoingRequest } from '../contract/families.ts';
import type { Exchange } from '../contract/scope.ts';
import type { Clock } from '../time/clock.ts';

/** Something that took time. Milliseconds; `at` counts from the beginning. */
export type TimelineEvent =
  | {
      readonly kind: 'request';
      readonly at: number;
      readonly milliseconds: number;
      /** Which of the exchanges it is, from 0. */
      readonly exchange: number;
      readonly status: number;
    }
  | { readonly kind: 'wait'; readonly at: number; readonly milliseconds: number; readonly by: string };

export interface Timeline {
  readonly events: readonly TimelineEvent[];
  exchange(exchange: Exchange): void;
  decision(decision: Decision): void;
}

/** When each request was sent and each wait began, for whoever draws them. */
export function createTimeline(
  clock: Clock,
  millisecondsOf: (request: OutgoingRequest) => number | undefined,
): Timeline {
  const start = clock.now();
  const events: TimelineEvent[] = [];
  let exchanges = 0;
  return Object.freeze<Timeline>({
    events,
    exchange({ request, response }) {
      const milliseconds = millisecondsOf(request) ?? 0;
      const at = Math.max(0, clock.now() - start - milliseconds);
      events.push({ kind: 'request', at, milliseconds, exchange: exchanges, status: response.status });
      exchanges += 1;
    },
    decision(decision) {
      if (decision.kind !== 'backoff.wait') return;
      const { seconds, by } = decision.outcome;
      events.push({ kind: 'wait', at: clock.now() - start, milliseconds: seconds * 1000, by });
    },
  });
}
