import type { HttpResponse } from '../contract/http-response.ts';
import { emptySlice, type Slice } from '../contract/slice.ts';
import { PyRecord, PyStreamSlice } from '../template/python-values.ts';
import type { JsonObject } from '../util/json/json.ts';
import { parseLinkHeader } from '../util/url/link-header.ts';

const slices = new WeakMap<Slice, PyStreamSlice>();

/**
 * A slice as templates see it, made once per slice: a mapping of partition and cursor that also has `.extra_fields`.
 */
export function toTemplateSlice(slice: Slice | undefined): PyStreamSlice {
  const key = slice ?? emptySlice;
  const known = slices.get(key);
  if (known !== undefined) return known;
  const made = new PyStreamSlice(key);
  slices.set(key, made);
  return made;
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
