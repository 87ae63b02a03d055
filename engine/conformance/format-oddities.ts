/** What is odd about the format of a moment: letters that are easily taken for each other. Undefined where nothing is. */
export function oddityOf(format: string): string | undefined {
  if (/%[HI][^%]*%m/.test(format)) return 'the month (%m) where minutes (%M) belong';
  if (/%Y[^%]*%M/.test(format)) return 'minutes (%M) where the month (%m) belongs';
  if (/%Y\W?%d\W?%m/.test(format)) return 'the day between the year and the month';
  if (/%I/.test(format) && !/%p/.test(format))
    return 'hours of twelve (%I) without "AM" or "PM" (%p), so the afternoon is the morning';
  // The count of all seconds since 1970 stands alone, or with a fraction.
  if (/%[YymdHIM].*%s(?!_)/.test(format)) return 'the seconds since 1970 (%s) where seconds (%S) belong';
  // A date with slashes is read by people, "T" by programs.
  if (/%[Yymd]\/%[Yymd].*T%[HI]/.test(format))
    return 'slashes in the date before "T", where ISO 8601 has dashes';
  for (const [part, whole, without] of needed) if (part.test(format) && !whole.test(format)) return without;
  if (/%Z/.test(format)) return 'a zone as a word (%Z), where APIs write an offset (%z)';
  return /%y/.test(format) ? 'a year of two digits (%y), where APIs write four (%Y)' : undefined;
}

/** What means nothing without what it is a part of. Directives for a whole time (%s, %c, %X, %T) have all of its parts. */
const needed: readonly (readonly [part: RegExp, whole: RegExp, without: string])[] = [
  [/%f/, /%[SscXT]|%s_as_float/, 'a fraction of a second (%f) without seconds (%S)'],
  [/%S/, /%M/, 'seconds (%S) without minutes (%M)'],
  [/%M/, /%[HI]/, 'minutes (%M) without hours (%H)'],
  [/%[Ym].*%[HI]/, /%[djcxDF]/, 'hours without a day (%d)'],
  [/%Y\W?%d/, /%[mbBjcxDF]/, 'a day (%d) without a month (%m)'],
];
