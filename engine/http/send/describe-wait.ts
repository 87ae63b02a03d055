/** A length of time in words: "1 second", "90 seconds", "24 hours". */
export function describeWait(seconds: number): string {
  const [amount, unit] =
    seconds < 600
      ? [seconds, 'second']
      : seconds < 48 * 3600
        ? [seconds / 3600, 'hour']
        : [seconds / 86_400, 'day'];
  const rounded = Math.round(amount * 10) / 10;
  return `${rounded} ${unit}${rounded === 1 ? '' : 's'}`;
}
