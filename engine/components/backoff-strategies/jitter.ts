/** Jitter only ever makes a wait longer: up to twice the range. */
export function withJitter(seconds: number, range: number | undefined, random: () => number): number {
  return range === undefined ? seconds : seconds + random() * range * 2;
}
