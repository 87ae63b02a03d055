import type { Preview } from './preview.ts';
import type { Rate } from './rate.ts';

/** What a whole read costs, judged by the part of it that was seen. */
export interface Cost {
  /** Undefined when only reading the parents would tell. */
  readonly slices: number | undefined;
  readonly pagesPerSlice: number;
  /** Undefined as the slices are. */
  readonly requests: number | undefined;
  /** Pages were cut off, so that there are more of them. */
  readonly isAtLeast: boolean;
  /** At the API's rate, or else one request after the other; undefined as the requests are. */
  readonly seconds: number | undefined;
  /** What was seen has taken so long on average, in milliseconds; undefined without requests. */
  readonly averageMs: number | undefined;
}

/** The cost of all slices, or of those that were not read. */
export function costOf(preview: Preview, rate: Rate | undefined, which: 'all' | 'rest'): Cost {
  const { slices, sliceCount } = preview;
  const pages = slices.flatMap((slice) => slice.pages);
  const requests = pages.flatMap(({ events }) => events.filter(({ kind }) => kind === 'request'));
  const times = requests.flatMap((event) =>
    event.kind === 'request' && event.milliseconds !== undefined ? [event.milliseconds] : [],
  );
  const averageMs = times.length === 0 ? undefined : times.reduce((sum, ms) => sum + ms, 0) / times.length;
  const pagesPerSlice = slices.length === 0 ? 1 : pages.length / slices.length;
  const counted =
    sliceCount === undefined ? undefined : which === 'all' ? sliceCount : sliceCount - slices.length;
  const total = counted === undefined ? undefined : Math.round(counted * pagesPerSlice);
  const seconds =
    total === undefined
      ? undefined
      : Math.max(
          rate === undefined ? 0 : (total / rate.calls) * rate.seconds,
          rate === undefined && averageMs !== undefined ? (total * averageMs) / 1000 : 0,
        );
  return {
    slices: counted,
    pagesPerSlice,
    requests: total,
    isAtLeast: pages.some(({ stop }) => stop?.reason === 'limit'),
    seconds,
    averageMs,
  };
}
