import type { JsonObject } from '../json/json.ts';
import { epochCounts } from './epoch-counts.ts';
import { datesOf, isMoment, isStale, momentFor } from './example-moments.ts';
import { textOfPattern } from './text-of-pattern.ts';

/** An example that is too old still shows how dates are written. */
export function likeGiven(
  candidates: readonly string[],
  given: unknown,
  name: string,
  now: number,
): readonly string[] {
  if (typeof given !== 'string') return candidates;
  const shape = (text: string) => text.replace(/\d/g, '0');
  const counts = isStale(given, name) ? epochCounts(momentFor(name, now), name, given).map(String) : [];
  const alike = candidates.filter((candidate) => shape(candidate) === shape(given));
  return [...counts, ...alike, ...candidates];
}

/** Texts that people are asked for, the likeliest for the name first. */
function* textsFor(name: string, schema: JsonObject, now: number): Generator<string> {
  const moment = new Date(momentFor(name, now)).toISOString();
  const day = moment.slice(0, 10);
  const seconds = `${moment.slice(0, 19)}Z`;
  const format = schema['format'];
  const isTime = format === 'date-time' || (format === undefined && /date|time|since/i.test(name));
  if (format === 'date') yield day;
  if (isTime) yield* [seconds, day];
  if (format === 'uri' || /url|uri|endpoint/i.test(name)) yield `https://${slug(name)}.example.com`;
  if (/host|domain/i.test(name)) yield `${slug(name)}.example.com`;
  if (format === 'email' || /e-?mail/i.test(name)) yield 'person@example.com';
  if (/(?:^|_)ids?$|number|count|port/i.test(name)) yield '1001';
  yield `example-${slug(name)}`;
  yield* [
    day,
    seconds,
    moment,
    `${moment.slice(0, 23)}000Z`,
    `${moment.slice(0, 10)} ${moment.slice(11, 19)}`,
  ];
  yield* [day.replaceAll('-', ''), day.slice(0, 7), day.slice(0, 4), `${moment.slice(0, 19)}+00:00`];
  yield `${day.slice(8)}-${day.slice(5, 7)}-${day.slice(0, 4)}`;
  yield* [
    `${day.slice(5, 7)}/${day.slice(8)}/${day.slice(0, 4)}`,
    String(Math.floor(Date.parse(moment) / 1000)),
  ];
  yield* ['1001', '1', 'example', 'EXAMPLE', 'a', 'A1', 'P1D', 'P30D', 'UTC', 'us', 'en', 'USD'];
  yield* ['https://example.com', 'https://example.com/', 'https://api.example.com/v1', 'example.com'];
  yield* ['person@example.com', '00000000-0000-4000-8000-000000000001', '0123456789abcdef'.repeat(2)];
}

/** The same for all that a schema says of a text. */
export function texts(name: string, schema: JsonObject, now: number): readonly string[] {
  const { maxLength, minLength, pattern } = schema;
  const all = [...textsFor(name, schema, now)];
  if (typeof minLength === 'number') all.push((all[0] ?? '').padEnd(minLength, 'x'));
  if (typeof maxLength === 'number') all.push((all[0] ?? '').slice(0, maxLength));
  if (typeof pattern !== 'string') return all;
  all.push(...lengthsOf(pattern).flatMap((length) => hexOf(length)));
  // The digits of a pattern make no date.
  all.push(...(isMoment(name) ? datesOf(momentFor(name, now)) : textOfPattern(pattern)));
  return all;
}

/** The lengths that a pattern names, such as 32 in `^[0-9a-f]{32}$`. */
function lengthsOf(pattern: string): number[] {
  return [...pattern.matchAll(/\{(\d{1,3})/g)].map(([, digits]) => Number(digits));
}

function hexOf(length: number): string[] {
  return ['1', 'a', 'A'].map((character) => character.repeat(length));
}

/** A name as it stands in a URL. */
export function slug(name: string): string {
  return (
    name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '') || 'value'
  );
}
