/**
 * Milliseconds since the epoch of a date as token endpoints write it: seconds since the epoch (at most ten digits), or
 * a date and time, which is UTC without an offset. Undefined when it is neither.
 */
export function parseExpiryDate(value: unknown): number | undefined {
  const text = String(value).trim();
  if (/^\d{1,10}$/.test(text)) return Number(text) * 1000;
  if (/^[+-]?\d+$/.test(text) || text === '') return undefined;
  const hasZone = /(?:[A-Za-z]|[+-]\d{2}:?\d{2})$/.test(text);
  const isDate = /^\d{4}-\d{2}-\d{2}$/.test(text);
  const parsed = Date.parse(hasZone || isDate ? text : `${text}Z`);
  return Number.isNaN(parsed) ? undefined : parsed;
}

/** As Python's `isoformat` writes it in UTC: `2024-01-01T00:00:00+00:00`, with six digits of fraction when there is one. */
export function formatExpiryDate(milliseconds: number): string {
  const [date = '', fraction = ''] = new Date(milliseconds).toISOString().replace('Z', '').split('.');
  return fraction === '000' ? `${date}+00:00` : `${date}.${fraction}000+00:00`;
}
