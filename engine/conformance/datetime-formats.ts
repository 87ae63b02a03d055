import type { ManifestNode } from '../manifest/node.ts';
import { isTimestampFormat } from '../time/datetime-format.ts';
import { parseDuration } from '../time/duration.ts';
import { PyTimedelta } from '../time/timedelta.ts';
import { tryTo } from '../util/flow/try-to.ts';

/** What the formats of a cursor tell of how moments are written. */

const day = 86_400;

export function textOf(node: ManifestNode | undefined): string {
  return node?.kind === 'scalar' ? String(node.value) : '';
}

/** What the counts since the epoch are counts of. */
export const countedUnits: Readonly<Record<string, string>> = Object.freeze({
  '%s': 'seconds',
  '%s_as_float': 'seconds',
  '%ms': 'milliseconds',
  '%epoch_microseconds': 'microseconds',
});

/** More than a day. */
export function hasTime(format: string): boolean {
  return isTimestampFormat(format) || /%[HIcXTf]/.test(format);
}

/** Seconds that a format tells apart; parts of a second count as one, since few states have them. */
export function unitOf(format: string): number {
  if (isTimestampFormat(format)) return 1;
  if (!hasTime(format)) return /%d|%j|%F|%D/.test(format) ? day : Number.POSITIVE_INFINITY;
  if (/%[ScXTf]/.test(format)) return 1;
  return /%M/.test(format) ? 60 : 3600;
}

/** The least number of seconds that a format tells apart. */
export function smallestOf(format: string): number {
  if (/%f|%s_as_float|%epoch_microseconds/.test(format)) return 0.000001;
  return /%ms/.test(format) ? 0.001 : unitOf(format);
}

/** Numbers, days, moments, and in which order their parts stand. */
export function kindOfFormat(format: string): string {
  if (isTimestampFormat(format)) return format;
  const date = (/%[Ymdy].*?%[Ymdy].*?%[Ymdy]/.exec(format)?.[0] ?? format).replace(/[^%A-Za-z/.-]/g, '');
  return `${date} ${hasTime(format)}`;
}

/** What a moment is told to. */
export interface Unit {
  readonly name: 'day' | 'month' | 'year';
  /** Seconds: the shortest and the longest that there are. */
  readonly least: number;
  readonly most: number;
}

export const calendarUnits: readonly Unit[] = [
  { name: 'day', least: day, most: day },
  { name: 'month', least: 28 * day, most: 31 * day },
  { name: 'year', least: 365 * day, most: 366 * day },
];

/** The days, months or years that a format tells apart; undefined when it tells more. */
export function calendarUnitOf(format: string): Unit | undefined {
  if (hasTime(format) || !format.includes('%')) return undefined;
  const name = /%[djFDx]/.test(format) ? 'day' : /%[mbB]/.test(format) ? 'month' : 'year';
  return calendarUnits.find((unit) => unit.name === name);
}

/** The shortest that a duration is in seconds; undefined when it cannot be read before there is a config. */
export function secondsOf(text: string | undefined): number | undefined {
  const read = text === undefined ? undefined : tryTo(() => parseDuration(text));
  if (read === undefined || read instanceof PyTimedelta) return read?.totalSeconds();
  return (read.years * 365 + read.months * 28) * day + read.rest.totalSeconds();
}
