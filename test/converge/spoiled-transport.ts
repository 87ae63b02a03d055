import type { Transport } from '../../engine/contract/scope.ts';
import { TransportError } from '../../engine/http/wire/transport-error.ts';
import type { Intercom } from '../intercom-api/intercom.ts';
import { intercomTransport } from '../intercom-api/transport.ts';
import { testResponse } from '../kit/response.ts';
import type { Fault, Spoiled } from './history.ts';

/** The simulated API, which some faults spoil; `onRequest` may change the workspace before the nth request is answered. */
export function spoiledTransport(
  intercom: Intercom,
  faults: readonly Fault[],
  onRequest: (nth: number) => void,
): Transport {
  const transport = intercomTransport(intercom);
  let count = 0;
  return {
    ...transport,
    async send(request, options) {
      count += 1;
      const nth = count;
      onRequest(nth);
      const response = await transport.send(request, options);
      const fault = faults.find((each) => nth >= each.nth && nth < each.nth + each.times);
      if (fault === undefined) return response;
      const { url, status, headers } = response;
      const answer = { url, status, headers: Object.fromEntries(headers.entries()) };
      return spoil(fault.spoils, answer, await response.bytes());
    },
  };
}

const errorList = {
  type: 'error.list',
  request_id: 'spoiled',
  errors: [{ code: 'server_error', message: 'Server error' }],
};

function spoil(
  how: Spoiled,
  answer: {
    readonly url: string;
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
  },
  bytes: Uint8Array,
) {
  switch (how) {
    case 'reset':
      throw new TransportError('the connection was reset', 'ECONNRESET');
    case 'html':
      return testResponse({
        ...answer,
        status: 200,
        headers: { 'content-type': 'text/html' },
        body: '<html><body>We will be back soon</body></html>',
      });
    case 'cut JSON':
      return testResponse({ ...answer, body: bytes.subarray(0, Math.floor(bytes.length / 2)) });
    case 'empty body':
      return testResponse({ ...answer, body: new Uint8Array() });
    case 'error list with 200':
      return testResponse({ ...answer, status: 200, body: errorList });
    case 'status 500':
      return testResponse({ ...answer, status: 500, body: errorList });
    case 'status 503':
      return testResponse({ ...answer, status: 503, body: 'Service Unavailable' });
    case 'status 429':
      return testResponse({ ...answer, status: 429, body: errorList });
  }
}
