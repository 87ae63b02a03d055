const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** Milliseconds of a wait as tests write it: seconds as a number, or "10s", "500ms", "2m". */
export function milliseconds(wait: number | string): number {
  if (typeof wait === 'number') return wait * 1000;
  const [, digits, unit = 's'] = /^([\d.]+)(ms|s|m|h)$/.exec(wait) ?? [];
  return Math.round(Number(digits) * (units[unit] ?? 1));
}

/** The shortest way to write it. */
export function waitText(ms: number): string {
  for (const unit of ['h', 'm', 's'] as const) {
    const size = units[unit] ?? 1;
    if (ms >= size && ms % size === 0) return `${ms / size}${unit}`;
  }
  return ms >= 1000 ? `${ms / 1000}s` : `${ms}ms`;
}
