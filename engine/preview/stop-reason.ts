import type { PageStopReason } from '../contract/decision.ts';
import type { Place } from '../error/place.ts';
import { positionOf } from '../error/print-location.ts';
import { type LookedAt, lookInto } from '../template/look-into.ts';
import type { Stop } from './collect.ts';

/** `l.133`, the line of a place; undefined where there is no text. */
function lineOf(place: Place | undefined): string | undefined {
  const position = place && positionOf(place);
  return position && `l.${position.line}`;
}

/** The text with the line of a place behind it, where there is one. */
export function withLine(text: string, place: Place | undefined): string {
  const line = lineOf(place);
  return line === undefined ? text : `${text} (${line})`;
}

const reasons: Readonly<Record<PageStopReason, string>> = {
  'no paginator': 'the stream has no paginator, so one page is all',
  'whole download': 'a job has one download, which is read whole',
  condition: 'stop_condition is true',
  'empty page': 'the page is empty',
  'short page': 'the page is shorter than the page size',
  'no token': 'no token for another page',
  'repeated token': 'the same page came again and again',
  limit: 'as many pages as a preview reads; --pages reads more',
  'old record': 'the page reaches back to what the state covers',
  'ignored error': 'the error handler ignores this answer',
};

/** Why no page follows, with the line that decided, and what its template has seen. */
export function describeStop({ reason, place, evaluation }: Stop, now: () => number): string {
  const isOurs = ['limit', 'no paginator', 'whole download'].includes(reason);
  const base = isOurs ? reasons[reason] : withLine(reasons[reason], place);
  const text = evaluation?.text;
  if (text === undefined || evaluation === undefined) return base;
  const seen = lookInto(text, { ...evaluation.context }, now).filter(({ isKnown }) => isKnown);
  const told = mostTelling(distinct(seen)).map(describeValue);
  return told.length === 0 ? base : `${base}: ${told.join(', ')}`;
}

/** What is not there, or else the plain values. */
function mostTelling(seen: readonly LookedAt[]): readonly LookedAt[] {
  const absent = seen.filter(
    ({ isUndefined, type }) => isUndefined || type === 'UndefinedError' || type === 'NoneType',
  );
  const plain = seen.filter(({ type }) => !['dict', 'list', 'CaseInsensitiveDict', 'Record'].includes(type));
  return (absent.length > 0 ? absent : plain).slice(0, 3);
}

function distinct(seen: readonly LookedAt[]): readonly LookedAt[] {
  return [...new Map(seen.map((one) => [one.text, one])).values()];
}

const longest = 40;

/** `response.pages.next is absent`, `last_page_size is 41` */
export function describeValue({ text, isUndefined, type, shown }: LookedAt): string {
  if (isUndefined || type === 'UndefinedError') return `${text} is absent`;
  return `${text} is ${shown.length > longest ? `${shown.slice(0, longest)}…` : shown}`;
}
