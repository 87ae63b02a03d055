import type { Exchange } from '../contract/scope.ts';
import { lineAt } from '../error/line-at.ts';
import { locatedError } from '../error/located-error.ts';
import type { Place } from '../error/place.ts';
import { printError } from '../error/print-location.ts';
import { describeWait } from '../http/send/describe-wait.ts';
import type { Drops, PageEvent, PreviewPage, PreviewSlice } from '../preview/collect.ts';
import { costOf } from '../preview/cost.ts';
import type { Preview } from '../preview/preview.ts';
import { pathOf, whoWaits } from '../preview/preview-text.ts';
import type { Rate } from '../preview/rate.ts';
import { differenceOf } from '../preview/schema-difference.ts';
import { describeSlice } from '../preview/slice-text.ts';
import { describeStop } from '../preview/stop-reason.ts';
import type { JsonObject } from '../util/json/json.ts';
import type { CostView, EventView, PageView, ReadEnd, SliceView } from './messages.ts';

/** The number of an exchange among all of a read. */
export type NumberOf = (exchange: Exchange) => number;

/** The line of a place in the manifest; undefined for what is written elsewhere. */
export function lineOf(place: Place | undefined): number | undefined {
  return place && lineAt(place.source, place.start)?.line;
}

export function sliceView({ slice, others, error }: PreviewSlice, numberOf: NumberOf): SliceView {
  return {
    title: describeSlice(slice),
    error: error === undefined ? undefined : locatedError(error).message,
    others: others.map((exchange) => ({
      title: exchange.purpose?.title ?? `stream ${exchange.stream}`,
      exchange: numberOf(exchange),
      status: exchange.response.status,
    })),
  };
}

export function pageView(
  { number, events, counts, drops, stop }: PreviewPage,
  numberOf: NumberOf,
  now: () => number,
): PageView {
  return {
    number,
    events: events.flatMap((event) => eventView(event, numberOf) ?? []),
    counts,
    drops: drops.map(({ by, place, records }) => ({
      by: by === 'cursor' ? 'the cursor' : by,
      line: lineOf(place),
      records: records as Drops['records'],
    })),
    stop: stop && { text: withoutFlags(describeStop(stop, now)), line: lineOf(stop.place) },
  };
}

/** The studio has a field where the command line has an option. */
function withoutFlags(text: string): string {
  return text.replace(/; --pages reads more/, '').replace(/ \(l\.\d+\)/, '');
}

function eventView(event: PageEvent, numberOf: NumberOf): EventView | undefined {
  switch (event.kind) {
    case 'request': {
      const { exchange, milliseconds } = event;
      const { request, response } = exchange;
      return {
        kind: 'request',
        exchange: numberOf(exchange),
        method: request.method,
        path: pathOf(request.url.href),
        status: response.status,
        milliseconds,
      };
    }
    case 'cached':
      return note(event, `${event.method} ${pathOf(event.url)} ${event.status}, from the cache`);
    case 'wait':
      return note(
        event,
        `waits ${describeWait(event.seconds)}, by ${whoWaits[event.by] ?? event.by}`,
        event.place,
      );
    case 'match':
      return event.place && note(event, `the error handler says ${event.action}`, event.place);
  }
}

function note({ kind }: PageEvent, text: string, place?: Place): EventView {
  return { kind: 'note', of: kind, text, line: lineOf(place) };
}

function costView(preview: Preview, rate: Rate | undefined): CostView {
  const { requests, isAtLeast, seconds, slices } = costOf(preview, rate, 'all');
  return { requests, isAtLeast, seconds, slices, rate };
}

/** What is said when a read is over. */
export function endView(
  preview: Preview,
  given: {
    readonly rate: Rate | undefined;
    readonly state: JsonObject | undefined;
    readonly isCancelled: boolean;
  },
): ReadEnd {
  const { missingSchemaFile, slices, sliceCount, primaryKey = [], cursorField, warnings, errors } = preview;
  const difference = differenceOf(preview);
  return {
    type: 'end',
    isCancelled: given.isCancelled,
    errors: given.isCancelled
      ? []
      : errors.map((thrown) => {
          const error = locatedError(thrown);
          return { text: printError(error), line: lineOf(error.nodes[0]) };
        }),
    warnings,
    stateBefore: given.state,
    stateAfter: preview.state,
    schema: difference && {
      ...difference,
      missingFile: missingSchemaFile,
      undeclared: difference.undeclared.map(({ path, schema: own }) => ({
        path: path.join('.'),
        schema: own,
      })),
    },
    cost: costView(preview, given.rate),
    sliceCount,
    primaryKey: primaryKey.map((path) => path.join('.')),
    cursorField,
    cutBy: cutBy(slices, sliceCount),
  };
}

/** What is left unread: a test reads its stream to the end. */
function cutBy(slices: readonly PreviewSlice[], sliceCount: number | undefined): ReadEnd['cutBy'] {
  if (slices.some(({ pages }) => pages.some(({ stop }) => stop?.reason === 'limit'))) return 'pages';
  return sliceCount !== undefined && sliceCount > slices.length ? 'slices' : undefined;
}
