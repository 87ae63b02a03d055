import type { HttpResponse } from '../contract/http-response.ts';
import { emptySlice, type Slice } from '../contract/slice.ts';
import { PyRecord, PyStreamSlice } from '../template/python-values.ts';
import type { JsonObject } from '../util/json/json.ts';
import { parseLinkHeader } from '../util/url/link-header.ts';

let last = { slice: emptySlice, made: new PyStreamSlice(emptySlice) };

/**
 * A slice as templates see it: a mapping of partition and cursor that also has `.extra_fields`. Kept for the next template,
 * which most often sees the same slice; to make it again costs less than to look for it.
 */
export function toTemplateSlice(slice: Slice = emptySlice): PyStreamSlice {
  if (slice !== last.slice) last = { slice, made: new PyStreamSlice(slice) };
  return last.made;
}

/** A record as templates of a paginator see it: a mapping that also has `.data` and `.stream_name`. */
export function toTemplateRecord(record: JsonObject, stream: string): PyRecord {
  return new PyRecord({ data: record, stream_name: stream });
}

/** Response headers as a plain, case-sensitive mapping, with `link` replaced by its parsed targets. */
export function toTemplateHeaders(response: HttpResponse): JsonObject {
  const headers: JsonObject = Object.fromEntries(response.headers.entries());
  headers.link = parseLinkHeader(response.headers.get('link'));
  return headers;
}
