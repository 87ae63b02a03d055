import type { Decision, PageStopReason } from '../contract/decision.ts';
import type { OutgoingRequest, StreamState } from '../contract/families.ts';
import type { Evaluation, Exchange } from '../contract/scope.ts';
import type { Slice } from '../contract/slice.ts';
import type { Place } from '../error/place.ts';
import type { JsonObject } from '../util/json/json.ts';

export interface PreviewSlice {
  readonly slice: Slice;
  readonly pages: readonly PreviewPage[];
  /** Requests for parents, tokens and the like, by what they were for. */
  readonly others: readonly Exchange[];
  readonly records: readonly JsonObject[];
  readonly error: unknown;
}

export interface PreviewPage {
  /** From 1. */
  readonly number: number;
  /** Requests, waits and what answers were taken to mean, in the order in which they came. */
  readonly events: readonly PageEvent[];
  readonly counts: { readonly found: number; readonly dropped: number; readonly emitted: number } | undefined;
  readonly drops: readonly Drops[];
  /** Those that were emitted. */
  readonly records: readonly JsonObject[];
  readonly stop: Stop | undefined;
}

export type PageEvent =
  | { readonly kind: 'request'; readonly exchange: Exchange; readonly milliseconds: number | undefined }
  | { readonly kind: 'cached'; readonly method: string; readonly url: string; readonly status: number }
  | {
      readonly kind: 'wait';
      readonly seconds: number;
      readonly by: string;
      readonly place: Place | undefined;
    }
  | { readonly kind: 'match'; readonly action: string; readonly place: Place | undefined };

/** Records that one filter left out. */
export interface Drops {
  readonly by: 'record_filter' | 'cursor';
  readonly place: Place | undefined;
  readonly records: readonly unknown[];
}

export interface Stop {
  readonly reason: PageStopReason;
  readonly place: Place | undefined;
  /** The template that decided, with what it saw. */
  readonly evaluation: Evaluation | undefined;
}

type Open<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer U)[] ? U[] : T[K] };
type OpenPage = Omit<Open<PreviewPage>, 'drops'> & { readonly drops: Open<Drops>[] };
type OpenSlice = Omit<Open<PreviewSlice>, 'pages'> & { readonly pages: OpenPage[] };

export interface Collector {
  readonly slices: readonly PreviewSlice[];
  readonly errors: readonly unknown[];
  lastState(): StreamState | undefined;
  slice(slice: Slice): void;
  records(records: readonly JsonObject[]): void;
  state(state: StreamState): void;
  failed(thrown: unknown): void;
  exchange(exchange: Exchange): void;
  decision(decision: Decision): void;
  evaluation(evaluation: Evaluation): void;
}

/** Puts what is told of a read, slice after slice and page after page, where it belongs. */
export function createCollector(
  stream: string,
  millisecondsOf: (request: OutgoingRequest) => number | undefined,
): Collector {
  const slices: OpenSlice[] = [];
  const errors: unknown[] = [];
  const before: Exchange[] = [];
  /** The last evaluation of each template of the stream, by where it is written. */
  const evaluations = new Map<number, Evaluation>();
  let state: StreamState | undefined;
  let match: PageEvent | undefined;

  function pageOf(number = 1): OpenPage | undefined {
    const current = slices.at(-1);
    const last = current?.pages.at(-1);
    if (last?.number === number) return last;
    const page = { number, events: [], counts: undefined, drops: [], records: [], stop: undefined };
    current?.pages.push(page);
    return current && page;
  }

  function drop(
    page: OpenPage | undefined,
    by: Drops['by'],
    place: Place | undefined,
    record: unknown,
  ): void {
    const known = page?.drops.find((one) => one.place?.start === place?.start && one.by === by);
    if (known === undefined) page?.drops.push({ by, place, records: [record] });
    else known.records.push(record);
  }

  return {
    slices,
    errors,
    lastState: () => state,
    slice(slice) {
      slices.push({ slice, pages: [], others: before.splice(0), records: [], error: undefined });
    },
    records(records) {
      slices.at(-1)?.records.push(...records);
      pageOf(slices.at(-1)?.pages.at(-1)?.number)?.records.push(...records);
    },
    state(next) {
      state = next;
    },
    failed(thrown) {
      errors.push(thrown);
      const current = slices.at(-1);
      if (current !== undefined) current.error ??= thrown;
    },
    exchange(exchange) {
      if (exchange.purpose === undefined && exchange.stream === stream) {
        const milliseconds = millisecondsOf(exchange.request);
        const events = pageOf(exchange.page)?.events;
        events?.push({ kind: 'request', exchange, milliseconds });
        if (match !== undefined) events?.push(match);
        match = undefined;
        return;
      }
      // A parent is read before the slice that its record becomes.
      (slices.at(-1)?.others ?? before).push(exchange);
    },
    decision(decision) {
      if (decision.stream !== stream) return;
      const { place } = decision;
      switch (decision.kind) {
        case 'page.read': {
          const page = pageOf(decision.page);
          // The files of a job are read as one page.
          if (page !== undefined) page.counts = sumOf(page.counts, decision.outcome);
          return;
        }
        case 'page.stop': {
          const page = pageOf(decision.page);
          const evaluation = place && evaluations.get(place.start);
          if (page !== undefined) page.stop = { reason: decision.outcome.reason, place, evaluation };
          return;
        }
        case 'record.drop':
          return drop(pageOf(decision.page), decision.outcome.by, place, decision.outcome.record);
        case 'backoff.wait':
          return void pageOf(decision.page)?.events.push({ kind: 'wait', place, ...decision.outcome });
        case 'cache.hit':
          return void pageOf(decision.page)?.events.push({ kind: 'cached', ...decision.outcome });
        case 'filter.match':
          // It is told before the exchange, of which it speaks.
          match = { kind: 'match', action: decision.outcome.action, place };
          return;
        default:
      }
    },
    evaluation(evaluation) {
      if (evaluation.stream === stream) evaluations.set(evaluation.place.start, evaluation);
    },
  };
}

type Counts = NonNullable<PreviewPage['counts']>;

function sumOf(one: Counts | undefined, { found, dropped, emitted }: Counts): Counts {
  return {
    found: found + (one?.found ?? 0),
    dropped: dropped + (one?.dropped ?? 0),
    emitted: emitted + (one?.emitted ?? 0),
  };
}
