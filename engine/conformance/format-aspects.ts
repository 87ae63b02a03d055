import { isTimestampFormat } from '../time/datetime-format.ts';

/** What formats of one moment seldom differ in on purpose. Undefined where a format does not say. */
const aspects: readonly (readonly [name: string, of: (format: string) => string | undefined])[] = [
  [
    'the order of day, month and year',
    (format) =>
      /%[Ymd].*%[Ymd].*%[Ymd]/
        .exec(format)?.[0]
        .match(/%[Ymd]/g)
        ?.join(''),
  ],
  ['a zone', (format) => (!hasClock.test(format) ? undefined : zone.test(format) ? 'some' : 'none')],
  ['how a zone is written', (format) => /(?:Z|[+-]\d\d:?\d\d)$/.exec(format)?.[0]],
  ['what stands between day, month and year', (format) => numericDate.exec(format)?.[1]],
  ['what stands between date and time', (format) => /%[dmY]([^%]*)%[HIT]/.exec(format)?.[1]],
];

/** A date in numbers, with one thing between its parts. */
const numericDate = /%[Ymd](\W)%[md]\1%[dY]/;

export const hasClock = /%[HIT]/;
export const zone = /(?:%z|%Z|Z|[+-]\d\d:?\d\d)$/;

/** What a format differs in from all others, which agree; in two words of one API, in several things at once. */
export function oddAspect(format: string, others: readonly string[], isOneApi = false): string | undefined {
  if ([format, ...others].some((each) => isTimestampFormat(each) || each.includes('{{'))) return undefined;
  for (const [name, of] of aspects) {
    const [own, theirs] = [of(format), new Set(others.map(of))];
    if (own === undefined || theirs.size > 1 || theirs.has(undefined) || theirs.has(own)) continue;
    // Days are written in one order; two kinds of moments may have all else, and what is the same but for it is one kind.
    if (
      name.includes('order') ||
      others.every((other) => bare(other, name, isOneApi) === bare(format, name, isOneApi))
    )
      return name;
  }
  return undefined;
}

function bare(format: string, aspect: string, isOneApi: boolean): string {
  const whole = format.replace(/[.,]?%f/, '');
  // APIs that leave out parts of a second may leave out the zone with them, and write one that is there in one way.
  if (aspect === 'a zone') return format.replace(zone, '');
  if (aspect.includes('zone')) return whole.replace(zone, '');
  // No API has slashes in days and hyphens in moments.
  if (aspect.includes('month')) return numericDate.exec(whole)?.[0].replace(/\W(?=%)/g, '') ?? whole;
  return (isOneApi ? whole.replace(zone, '') : whole).replace(/(%[dmY])[^%]*(?=%[HIT])/, '$1');
}
