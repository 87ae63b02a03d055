/** What is odd about the format of a moment: letters that are easily taken for each other. Undefined where nothing is. */
export function oddityOf(format: string): string | undefined {
  if (/%[HI][^%]*%m/.test(format)) return 'the month (%m) where minutes (%M) belong';
  if (/%Y[^%]*%M/.test(format)) return 'minutes (%M) where the month (%m) belongs';
  if (/%Y\W?%d\W?%m/.test(format)) return 'the day between the year and the month';
  if (/%I/.test(format) && !/%p/.test(format))
    return 'hours of twelve (%I) without "AM" or "PM" (%p), so the afternoon is the morning';
  if (/%Z/.test(format)) return 'a zone as a word (%Z), where APIs write an offset (%z)';
  return /%y/.test(format) ? 'a year of two digits (%y), where APIs write four (%Y)' : undefined;
}
