import { epochCounts, epochUnit } from './epoch-counts.ts';

/** How far before `now` a period begins: long enough for two windows of a month. */
export const daysBefore = 40;

/** The moment that a property of that name is asked for. */
export function momentFor(name: string, now: number): number {
  return isBegin(name) ? now - daysBefore * 86_400_000 : now;
}

/** An example for a period is as old as the manifest: reading from its begin would be reading ten years, and until its end nothing. */
export function isStale(given: unknown, name: string): boolean {
  if (!isBound(name)) return false;
  return (typeof given === 'string' && /^\d{4}-\d\d-\d\d/.test(given)) || epochUnit(given) !== undefined;
}

/** A bound that is a number may be a count since the epoch. */
export function countsFor(
  type: string | undefined,
  name: string,
  given: unknown,
  now: number,
): readonly number[] {
  const isNumber = type === 'integer' || type === 'number';
  return isNumber && isBound(name) ? epochCounts(momentFor(name, now), name, given) : [];
}

/** Whether a property asks where a period begins or ends. */
function isBound(name: string): boolean {
  return isBegin(name) || isEnd(name);
}

export function isBegin(name: string): boolean {
  return /start|since|begin|from|after|min/i.test(name);
}

function isEnd(name: string): boolean {
  return /(?:^|[_-])(?:end|until|to|before)(?:[_-]|$)|(?:^|[a-z])(?:End|Until|Before)(?=[A-Z]|$)/.test(name);
}

/** Whether a property asks for a moment, by its name. */
export function isMoment(name: string): boolean {
  return /date|time|since|(?:^|_)(?:start|begin|from|after)(?:_|$)/i.test(name) || isEnd(name);
}

/** A moment in all orders and with all separators that people write. */
export function* datesOf(moment: number): Generator<string> {
  const iso = new Date(moment).toISOString();
  const [year = '', month = '', day = ''] = iso.slice(0, 10).split('-');
  const time = iso.slice(11, 19);
  const times = ['', ` ${time.slice(0, 5)}`, ` ${time}`, `T${time.slice(0, 5)}`, `T${time}`, `T${time}.000`];
  for (const separator of ['-', '/', '.', ''])
    for (const parts of [
      [year, month, day],
      [day, month, year],
      [month, day, year],
    ])
      for (const each of times) yield `${parts.join(separator)}${each}`;
}
