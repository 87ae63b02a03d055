import { stringify } from 'lossless-json';
import type { HttpResponse } from '../../language/http-response.ts';

const headers = Object.freeze({ get: () => undefined, entries: () => [] });

/** A part of a parent's record as if it were the API's answer to the first request of its child. */
export function embeddedResponse(data: unknown): HttpResponse {
  const text = () => stringify(data) ?? 'null';
  const bytes = () => new TextEncoder().encode(text());
  return Object.freeze({
    url: '',
    status: 200,
    headers,
    ignored: false,
    bytes: async () => bytes(),
    text: async () => text(),
    // Records are changed in place, and the parent's record may be somebody else's too.
    json: async () => structuredClone(data),
    async *stream() {
      yield bytes();
    },
    async discard() {},
  });
}
