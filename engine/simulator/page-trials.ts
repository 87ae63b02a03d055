import type { PageStopReason } from '../contract/decision.ts';
import type { PaginationStrategy, Paginator } from '../contract/families.ts';
import type { Slice, Token } from '../contract/slice.ts';
import { createResponse, responseHeaders } from '../http/wire/response.ts';
import type { ManifestNode } from '../manifest/node.ts';
import { isObject, type JsonObject } from '../util/json/json.ts';
import { toJsonText } from '../util/json/to-json-text.ts';
import { combinations, type Field } from './page-fields.ts';
import { pageOf } from './page-of.ts';
import type { PagePlace, PageWords } from './page-values.ts';
import type { Placing } from './place-records.ts';

export interface PagingParts {
  /** A new one for every trial: a template that once was its own result stays so. */
  readonly paginator: () => Paginator;
  readonly strategy: PaginationStrategy | undefined;
  readonly node: ManifestNode | undefined;
  readonly placing: Placing;
  /** The record of that number, as the API has it. */
  readonly record: (number: number) => JsonObject;
  /** The same as it is emitted. */
  readonly emitted: (raw: JsonObject) => Promise<JsonObject>;
  readonly slice: Slice | undefined;
  /** Of the first request. */
  readonly url: string;
  /** Records per page that the first request asks for. */
  readonly requestedSize: number | undefined;
}

/** Tried combinations, at most: a template that reads more fields than that can tell apart is rare. */
export const mostTries = 4000;

/** Small pages are quick, and as good as large ones where nobody counts. */
export const smallSize = 4;

/** What is in a page of the trial. */
interface Trial {
  readonly page: number;
  readonly count: number;
  readonly isLast: boolean;
}

/** A template that cannot be evaluated makes the stream fail, which no answer should. */
export async function succeeds(trial: () => Promise<boolean>): Promise<boolean> {
  try {
    return await trial();
  } catch {
    return false;
  }
}

/** What is tried, with a paginator of its own. */
type Tried = Omit<PagingParts, 'paginator'> & { readonly params: readonly string[] } & {
  readonly paginator: Paginator;
  readonly stopped?: (reason: PageStopReason) => void;
};

/** Whether a paginator goes from page to page by what answers say, and stops after the last one. */
export async function leads(parts: Tried, words: PageWords, size: number): Promise<boolean> {
  const first = await trial(
    parts,
    words,
    size,
    { page: 0, count: size, isLast: false },
    parts.paginator.first(),
  );
  if (first === undefined) return false;
  const second = await trial(parts, words, size, { page: 1, count: size, isLast: false }, first);
  if (second === undefined || toJsonText(second) === toJsonText(first)) return false;
  if (!isTaken(parts, first) || !isTaken(parts, second)) return false;
  const half = Math.max(1, Math.floor(size / 2));
  const third = await trial(parts, words, size, { page: 2, count: half, isLast: true }, second);
  if (third === undefined) return true;
  return (await trial(parts, words, size, { page: 3, count: 0, isLast: true }, third)) === undefined;
}

/** Whether it stops after the first page, or the one after it. */
export async function stops(parts: Tried, words: PageWords, size: number): Promise<boolean> {
  const place = { page: 0, count: size, isLast: true };
  const next = await trial(parts, words, size, place, parts.paginator.first());
  return (
    next === undefined ||
    (await trial(parts, words, size, { page: 1, count: 0, isLast: true }, next)) === undefined
  );
}

/** What ends the pages with one that has a next one and says all that is read of it, if it is always the same. */
export async function alwaysStopsBy(
  parts: PagingParts & { readonly params: readonly string[] },
  fields: readonly Field[],
): Promise<PageStopReason | undefined> {
  const place = { page: 0, count: smallSize, isLast: false };
  const reasons = new Set<PageStopReason>();
  let tries = 0;
  for (const words of combinations(fields)) {
    if (++tries > mostTries) break;
    const said = [...words.body, ...words.headers].map(({ value }) =>
      value(pagePlace(parts, smallSize, place)),
    );
    if (said.some((value) => value === undefined || value === null || value === '')) continue;
    const paginator = parts.paginator();
    const tried: Tried = { ...parts, paginator, stopped: (reason) => void reasons.add(reason) };
    const hasToken = async () =>
      (await trial(tried, words, smallSize, place, paginator.first())) !== undefined;
    if ((await succeeds(hasToken)) || reasons.size > 1) return undefined;
  }
  return [...reasons][0];
}

/** A path to the next page has to lead to the API. */
function isTaken({ paginator, slice, url }: Tried, token: Token): boolean {
  const path = paginator.path(token, slice);
  if (path === undefined)
    return typeof token.next_page_token !== 'object' || token.next_page_token === null || isPlain(token);
  return !/^https?:/i.test(path) || new URL(path).origin === new URL(url).origin;
}

function isPlain({ next_page_token: token }: Token): boolean {
  return isObject(token) || Array.isArray(token);
}

async function trial(
  parts: Tried,
  words: PageWords,
  size: number,
  of: Trial,
  token: Token | undefined,
): Promise<Token | undefined> {
  const { page, count } = of;
  const place = pagePlace(parts, size, of);
  const last = parts.record(page * size + count);
  const records = Array.from({ length: count }, () => last);
  const { document, headers } = pageOf(parts.placing, words, place, records);
  return nextToken(parts, { place, document, headers, last: count === 0 ? undefined : last, token });
}

function pagePlace(
  { url, params }: Pick<Tried, 'url' | 'params'>,
  size: number,
  { page, count, isLast }: Trial,
): PagePlace {
  const half = Math.max(1, Math.floor(size / 2));
  return {
    page,
    pages: 3,
    offset: page * size,
    count,
    total: 2 * size + half,
    size,
    isLast,
    url,
    params,
  };
}

/** What the paginator makes of a page. */
export async function nextToken(
  { paginator, emitted, slice, stopped }: Pick<Tried, 'paginator' | 'emitted' | 'slice' | 'stopped'>,
  page: {
    readonly place: PagePlace;
    readonly document: unknown;
    readonly headers: readonly (readonly [string, string])[];
    readonly last: JsonObject | undefined;
    readonly token: Token | undefined;
  },
): Promise<Token | undefined> {
  const { place, document, headers, last, token } = page;
  const response = createResponse({
    url: place.url,
    status: 200,
    headers: responseHeaders(headers),
    body: new Uint8Array(),
  });
  const lastRecord = last && (await emitted(last));
  const result = {
    response,
    slice,
    recordCount: place.count,
    extractedCount: place.count,
    document: async () => document,
    lastRecord,
    stopped,
  };
  return paginator.next(result, token);
}
