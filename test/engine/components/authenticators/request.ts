import type { Authenticator, OutgoingRequest } from '../../../../engine/contract/families.ts';

const baseUrl = () => 'https://api.test/';

export function testRequest(headers: Record<string, string> = {}): OutgoingRequest {
  return { method: 'GET', url: new URL('https://api.test/items'), headers: { ...headers }, baseUrl };
}

/** The headers of a request after authentication. */
export async function headersBy(authenticator: Authenticator, headers: Record<string, string> = {}) {
  const request = testRequest(headers);
  await authenticator.authenticate(request);
  return request.headers;
}
