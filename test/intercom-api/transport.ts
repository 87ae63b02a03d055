import type { Transport } from '../../engine/contract/scope.ts';
import { TransportError } from '../../engine/http/wire/transport-error.ts';
import { testResponse } from '../kit/response.ts';
import type { AskedHeaders, Intercom } from './intercom.ts';

/** The API without a wire: what a connector sends goes straight to it, in a fraction of the time that HTTP takes. */
export function intercomTransport({ answer }: Intercom): Transport {
  return {
    async send({ method, url, headers, body }, { signal } = {}) {
      signal?.throwIfAborted();
      const text = body instanceof Uint8Array ? Buffer.from(body).toString() : body;
      const answered = await answer({ method, url, headers: asked(headers), body: text });
      if (answered === 'cut') throw new TransportError(`${url.host}: the connection was reset`, 'ECONNRESET');
      return testResponse({ url: url.href, ...answered, headers: Object.fromEntries(answered.headers) });
    },
    async close() {},
  };
}

function asked(headers: Readonly<Record<string, string>>): AskedHeaders {
  const lower = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  return { get: (name) => lower.get(name.toLowerCase()) ?? null, entries: () => lower.entries() };
}
