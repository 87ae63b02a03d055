import type { HttpResponse } from '../../contract/http-response.ts';
import { toJson } from '../../template/python-values.ts';
import { toJsonText } from '../../util/json/to-json-text.ts';

const noHeaders = Object.freeze({ get: () => undefined, entries: () => [] });

/** Data that is already at hand, as if an API had answered with it. `read` gives what its JSON parses to. */
export function dataResponse(data: unknown, read: () => unknown = () => data): HttpResponse {
  const text = () => toJsonText(toJson(data));
  const bytes = () => new TextEncoder().encode(text());
  return Object.freeze({
    url: '',
    status: 200,
    headers: noHeaders,
    ignored: false,
    bytes: async () => bytes(),
    parts: async () => [bytes()],
    text: async () => text(),
    json: async () => read(),
    async *stream() {
      yield bytes();
    },
    async discard() {},
  });
}
