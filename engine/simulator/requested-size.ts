import type { OutgoingRequest } from '../contract/families.ts';
import { tryTo } from '../util/flow/try-to.ts';
import { isObject } from '../util/json/json.ts';

const sizeName =
  /^\$?(?:limit|top|take|first|rows|count|size|per_?page|page_?size|page_?limit|max_?results|results_?per_?page|page\[(?:size|limit)\]|paging\.limit|items_?per_?page|records_?per_?page)$/i;

/** How many records a request asks for, by the customary names; undefined when it does not say. */
export function requestedSize({ url, body }: OutgoingRequest): number | undefined {
  for (const [name, value] of url.searchParams) {
    const size = sizeIn(name, value);
    if (size !== undefined) return size;
  }
  if (typeof body !== 'string') return undefined;
  const document = body.startsWith('{') ? tryTo((): unknown => JSON.parse(body)) : undefined;
  if (document !== undefined) return sizeWithin(document);
  for (const [name, value] of new URLSearchParams(body)) {
    const size = sizeIn(name, value);
    if (size !== undefined) return size;
  }
  return undefined;
}

function sizeWithin(value: unknown): number | undefined {
  if (!isObject(value)) return undefined;
  for (const [name, each] of Object.entries(value)) {
    const size = isObject(each) ? sizeWithin(each) : sizeIn(name, each);
    if (size !== undefined) return size;
  }
  return undefined;
}

function sizeIn(name: string, value: unknown): number | undefined {
  if (!sizeName.test(name)) return undefined;
  const size = Number(value);
  return Number.isInteger(size) && size > 0 ? size : undefined;
}
