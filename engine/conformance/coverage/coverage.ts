import type { Place } from '../../error/place.ts';

/** One way that a sync may take at a place of the manifest. */
export interface CoveragePoint {
  readonly place: Place;
  /** What it is about, one for each choice at the place: `record_filter`, `paginator`. */
  readonly choice: string;
  /** Which way: `kept`, `dropped`, `page 2`. */
  readonly way: string;
  /** How often it was taken. */
  readonly hits: number;
}

/** What of a manifest's ways was taken by its tests. */
export interface Coverage {
  readonly points: readonly CoveragePoint[];
  /** Fields of schemas: how many are described, and how many were seen with a value. */
  readonly fields: { readonly all: number; readonly seen: number };
}

export function taken({ points }: Coverage): number {
  return points.filter(({ hits }) => hits > 0).length;
}
