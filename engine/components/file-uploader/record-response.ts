import { stringify } from 'lossless-json';
import type { HttpResponse } from '../../language/http-response.ts';
import { toJson } from '../../template/python-values.ts';
import type { JsonObject } from '../../util/json.ts';

/** A record as if it were the body of a response, so that an extractor can look into it. */
export function recordResponse(record: JsonObject): HttpResponse {
  const text = async () => stringify(toJson(record)) ?? '';
  const bytes = async () => new TextEncoder().encode(await text());
  return {
    url: '',
    status: 200,
    headers: { get: () => undefined, entries: () => [] },
    ignored: false,
    bytes,
    text,
    json: async () => record,
    async *stream() {
      yield await bytes();
    },
    async discard() {},
  };
}
