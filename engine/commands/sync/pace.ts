import type { StreamProgress } from './progress.ts';

/** Milliseconds over which a rate is measured: it shall follow what happens, and not flicker. */
const window = 5000;

interface Sample {
  readonly at: number;
  readonly records: number;
}

/** How fast the records of each stream come. */
export interface Pace {
  /** Records per second over the last seconds; undefined while too little is known. */
  perSecond(stream: string, records: number): number | undefined;
}

export function createPace(now: () => number): Pace {
  const samples = new Map<string, Sample[]>();
  return {
    perSecond(stream, records) {
      const at = now();
      const known = (samples.get(stream) ?? []).filter((sample) => at - sample.at <= window);
      known.push({ at, records });
      samples.set(stream, known);
      const [first] = known;
      if (first === undefined || at - first.at < 500) return undefined;
      return (1000 * (records - first.records)) / (at - first.at);
    },
  };
}

/**
 * Seconds until a stream has caught up: known where its states tell how far in time it is, and have moved on since it began.
 */
export function secondsLeft(
  { firstPosition, position, until }: Pick<StreamProgress, 'firstPosition' | 'position' | 'until'>,
  now: number,
): number | undefined {
  if (firstPosition === undefined || position === undefined) return undefined;
  const covered = position.time - firstPosition.time;
  const took = position.at - firstPosition.at;
  if (covered <= 0 || took < 1000) return undefined;
  const left = (((until ?? now) - position.time) * took) / covered - (now - position.at);
  return Math.max(0, left) / 1000;
}

/** "45 s", "3 min", "2.5 h". */
export function durationText(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  if (seconds < 90 * 60) return `${Math.round(seconds / 60)} min`;
  return `${(seconds / 3600).toFixed(1)} h`;
}
