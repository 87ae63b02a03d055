const second = 1000;

/**
 * What one of a count since the epoch is in milliseconds, if a value is such a count: no other amount is likely to be a
 * moment from 1973 on.
 */
export function epochUnit(value: unknown): number | undefined {
  if (typeof value !== 'number' && (typeof value !== 'string' || !/^\d+$/.test(value))) return undefined;
  const count = Number(value);
  if (count >= 1e8 && count < 1e10) return second;
  return count >= 1e11 && count < 1e13 ? 1 : undefined;
}

/** A moment in the units in which it may be asked for: that of what is given, else the customary ones if the name tells. */
export function epochCounts(moment: number, name: string, given: unknown): readonly number[] {
  const unit = epochUnit(given);
  if (unit !== undefined) return [Math.floor(moment / unit)];
  return given === undefined && /(?:date|time|timestamp|epoch|since)$/i.test(name)
    ? [Math.floor(moment / second), moment]
    : [];
}
