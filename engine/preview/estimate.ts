import { isPlainObject } from '../util/json/json.ts';
import { toJsonText } from '../util/json/to-json-text.ts';
import { costOf } from './cost.ts';
import type { Preview } from './preview.ts';
import type { Rate } from './rate.ts';

/** What a read of a stream takes, judged by one probe. */
export interface Estimate {
  readonly stream: string;
  /** Undefined when only reading the parents would tell. */
  readonly slices: number | undefined;
  readonly requests: number | undefined;
  readonly records: number | undefined;
  readonly bytes: number | undefined;
  readonly seconds: number | undefined;
  /** The figures are the least that there is: the probe has not seen the end, and the API does not tell. */
  readonly isAtLeast: boolean;
}

export function estimateOf(preview: Preview, rate: Rate | undefined, totals: Totals | undefined): Estimate {
  const { slices, records, stream } = preview;
  const cost = costOf(preview, rate, 'all');
  const pages = slices.flatMap((slice) => slice.pages);
  const found = pages.reduce((sum, { counts }) => sum + (counts?.found ?? 0), 0);
  const perPage = pages.length === 0 ? 0 : found / pages.length;
  const bytesPerRecord =
    records.length === 0
      ? 0
      : records.reduce((sum, record) => sum + toJsonText(record).length, 0) / records.length;
  const pagesPerSlice =
    totals?.pages ??
    (totals?.records !== undefined && perPage > 0 ? Math.ceil(totals.records / perPage) : cost.pagesPerSlice);
  const requests =
    cost.slices === undefined ? undefined : Math.max(1, Math.round(cost.slices * pagesPerSlice));
  // Windows without records are mostly the oldest ones: those that were not seen are taken to be like the others.
  const telling = slices.filter((slice) => slice.pages.some(({ counts }) => (counts?.found ?? 0) > 0)).length;
  const perSlice = telling === 0 ? 0 : (found / telling) * (pagesPerSlice / Math.max(1, cost.pagesPerSlice));
  const rows =
    cost.slices === undefined
      ? undefined
      : Math.round(
          totals?.records !== undefined && cost.slices === 1
            ? totals.records
            : perSlice * (cost.slices - slices.length + telling),
        );
  const perRequest = rate === undefined ? (cost.averageMs ?? 0) / 1000 : rate.seconds / rate.calls;
  return {
    stream,
    slices: cost.slices,
    requests,
    records: rows,
    bytes: rows === undefined ? undefined : Math.round(rows * bytesPerRecord),
    seconds: requests === undefined ? undefined : requests * perRequest,
    isAtLeast: cost.isAtLeast && totals === undefined,
  };
}

/** What an API says of a whole list. */
export interface Totals {
  readonly pages?: number;
  readonly records?: number;
}

const pageNames = /^(?:total_?pages|page_?count|num_?pages|last_?page)$/i;
const recordNames = /^(?:total|total_?count|total_?records|total_?results|total_?items)$/i;

/** Looks for totals in an answer, not deeper than where APIs put them. */
export function totalsIn(body: unknown, depth = 0): Totals | undefined {
  if (!isPlainObject(body) || depth > 2) return undefined;
  let totals: Totals = {};
  for (const [name, value] of Object.entries(body)) {
    if (typeof value === 'number' && value >= 0) {
      if (pageNames.test(name)) totals = { ...totals, pages: Math.max(1, value) };
      if (recordNames.test(name)) totals = { ...totals, records: value };
    }
    if (isPlainObject(value)) totals = { ...totalsIn(value, depth + 1), ...totals };
  }
  return Object.keys(totals).length === 0 ? undefined : totals;
}
