import type { PageStopReason } from '../contract/decision.ts';
import type { PaginationStrategy, Paginator } from '../contract/families.ts';
import type { Slice, Token } from '../contract/slice.ts';
import { createResponse, responseHeaders } from '../http/wire/response.ts';
import type { ManifestNode } from '../manifest/node.ts';
import { isObject, type JsonObject } from '../util/json/json.ts';
import { toJsonText } from '../util/json/to-json-text.ts';
import { combinations, type Field, fieldsOf } from './page-fields.ts';
import type { PagePlace, PageWords } from './page-values.ts';
import type { Placing } from './place-records.ts';
import { putInCopy } from './put.ts';
import { textsIn } from './texts-in.ts';

/** How a paginator is led from page to page. */
export interface Paging {
  readonly words: PageWords;
  /** Records per page, where the request does not say. */
  readonly size: number | undefined;
  /** Parameters that its templates look for in the address of the next page. */
  readonly params: readonly string[];
  /** Why no second page is asked for, whatever the first one says; undefined when one is. */
  readonly problem: string | undefined;
  /** Then: what ends the pages whatever an answer says, where that is always the same. */
  readonly stopsBy?: PageStopReason | undefined;
}

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

const noWords: PageWords = Object.freeze({ body: [], headers: [] });

/** Tried combinations, at most: a template that reads more fields than that can tell apart is rare. */
const mostTries = 4000;

/** Small pages are quick, and as good as large ones where nobody counts. */
const smallSize = 4;

/**
 * Finds out what an answer has to say so that the paginator asks for a second and a third page and then stops, by asking
 * the paginator itself.
 */
export async function findPaging(parts: PagingParts): Promise<Paging> {
  const { node, strategy, requestedSize } = parts;
  if (strategy === undefined) return { words: noWords, size: undefined, params: [], problem: undefined };
  const fields = fieldsOf(parts);
  const params = paramsIn(node);
  const known = [requestedSize, sizeOf(strategy), ...numbersIn(node)]
    .filter((size) => size !== undefined)
    // Who asks for -1 wants all there is, and the API decides.
    .filter((size) => size > 0);
  const sizes = new Set(known.length === 0 ? [smallSize] : known);
  let tries = 0;
  for (const size of sizes) {
    for (const words of combinations(fields)) {
      if (++tries > mostTries) break;
      if (await succeeds(() => leads({ ...parts, params, paginator: parts.paginator() }, words, size)))
        return { words, size, params, problem: undefined };
    }
  }
  for (const words of combinations(fields)) {
    if (tries-- < -mostTries) break;
    if (await succeeds(() => stops({ ...parts, params, paginator: parts.paginator() }, words, smallSize)))
      return {
        words,
        size: undefined,
        params,
        problem: noSecondPage,
        stopsBy: await alwaysStopsBy({ ...parts, params }, fields),
      };
  }
  return { words: noWords, size: undefined, params, problem: noEnd };
}

const noSecondPage = 'no answer that was tried makes it ask for a second page';
const noEnd = 'no answer that was tried makes it stop';

function sizeOf(strategy: PaginationStrategy): number | undefined {
  try {
    return strategy.pageSize;
  } catch {
    // It is only known from a response.
    return undefined;
  }
}

/** Names before the first group of a regex: `page=(\\d+)`. */
function paramsIn(node: ManifestNode | undefined): readonly string[] {
  const texts = [...textsIn(node)].filter((text) => text.includes('regex'));
  return texts.flatMap((text) =>
    [...text.matchAll(/([$\w.\-[\]\\]+)=\(/g)].map(([, name = '']) => name.replaceAll('\\', '')),
  );
}

/** Numbers that its templates compare with are sizes of pages more often than not. */
function numbersIn(node: ManifestNode | undefined): readonly number[] {
  const numbers = [...textsIn(node)].flatMap((text) =>
    [...text.matchAll(/(?<![\w.'"[])\d{1,5}\b/g)].map(Number),
  );
  return numbers.filter((number) => number > 1);
}

/** What is in a page of the trial. */
interface Trial {
  readonly page: number;
  readonly count: number;
  readonly isLast: boolean;
}

/** A template that cannot be evaluated makes the stream fail, which no answer should. */
async function succeeds(trial: () => Promise<boolean>): Promise<boolean> {
  try {
    return await trial();
  } catch {
    return false;
  }
}

type Tried = Omit<PagingParts, 'paginator'> &
  Pick<Paging, 'params'> & {
    readonly paginator: Paginator;
    readonly stopped?: (reason: PageStopReason) => void;
  };

async function leads(parts: Tried, words: PageWords, size: number): Promise<boolean> {
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

async function stops(parts: Tried, words: PageWords, size: number): Promise<boolean> {
  const place = { page: 0, count: size, isLast: true };
  const next = await trial(parts, words, size, place, parts.paginator.first());
  return (
    next === undefined ||
    (await trial(parts, words, size, { page: 1, count: 0, isLast: true }, next)) === undefined
  );
}

/** What ends the pages with one that has a next one and says all that is read of it, if it is always the same. */
async function alwaysStopsBy(
  parts: PagingParts & Pick<Paging, 'params'>,
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

/** The document of a page, and its headers. */
export function pageOf(
  placing: Placing,
  words: PageWords,
  place: PagePlace,
  records: readonly unknown[],
): { readonly document: unknown; readonly headers: readonly (readonly [string, string])[] } {
  const document = placing.document(records);
  const said = words.body.length === 0 ? document : withWords(document, words, place);
  const headers = words.headers.flatMap(({ name, value }) => {
    const text = value(place);
    return text === undefined || text === null ? [] : [[name, String(text)] as const];
  });
  return { document: said, headers };
}

function withWords(document: unknown, { body }: PageWords, place: PagePlace): unknown {
  if (!isObject(document)) return document;
  const copy: JsonObject = { ...document };
  for (const { path, value } of body) {
    const said = value(place);
    if (said !== undefined) putInCopy(copy, path, said);
    else leaveOut(copy, path);
  }
  return copy;
}

/** What is around a field that is left out is there all the same. */
function leaveOut(root: JsonObject, path: readonly (string | number)[]): void {
  const outer = path.slice(0, -1);
  let around: unknown = root;
  for (const segment of outer) around = isObject(around) ? around[segment] : undefined;
  if (isObject(around) && Object.hasOwn(around, String(path.at(-1)))) {
    const { [String(path.at(-1))]: _, ...others } = around;
    if (outer.length > 0) putInCopy(root, outer, others);
    else delete root[String(path.at(-1))];
  } else if (around === undefined) putInCopy(root, outer, {});
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
