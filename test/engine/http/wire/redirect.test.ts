import type { OutgoingRequest } from '../../../../engine/contract/families.ts';
import { redirected } from '../../../../engine/http/wire/redirect.ts';
import { createResponse, responseHeaders } from '../../../../engine/http/wire/response.ts';

const answer = (status: number, location: string) =>
  createResponse({
    url: 'https://api.test/items',
    status,
    headers: responseHeaders([['Location', location]]),
    body: new Uint8Array(),
  });

const request = (over: Partial<OutgoingRequest> = {}): OutgoingRequest => ({
  method: 'GET',
  url: new URL('https://api.test/items'),
  headers: { 'X-Team-Pass': 'secret', Authorization: 'Bearer secret', Cookie: 'sid=1', Accept: '*/*' },
  ...over,
});

const credentials = { headers: new Set(['x-team-pass']) };

test('at the same origin everything but the cookies goes along', () => {
  const next = redirected(request(), answer(302, '/moved'), credentials);
  expect(next?.headers).toEqual({ 'X-Team-Pass': 'secret', Authorization: 'Bearer secret', Accept: '*/*' });
});

test.each(['https://elsewhere.test/', 'https://api.test:8443/', 'http://api.test/', '//cdn.test/x'])(
  'what an authenticator added does not go to %s',
  (location) => {
    expect(redirected(request(), answer(302, location), credentials)?.headers).toEqual({ Accept: '*/*' });
  },
);

test('it goes to other origins that the manifest names', () => {
  const trusts = (origin: string) => origin === 'https://eu.api.test';
  const next = redirected(request(), answer(302, 'https://eu.api.test/'), { ...credentials, trusts });
  expect(next?.headers['X-Team-Pass']).toBe('secret');
});

test.each([307, 308])('a body stays with its origin after a %s', (status) => {
  const post = request({ method: 'POST', body: 'client_secret=s' });
  expect(redirected(post, answer(status, '/again'))?.body).toBe('client_secret=s');
  expect(() => redirected(post, answer(status, 'https://elsewhere.test/'))).toThrow(
    expect.objectContaining({ kind: 'config_error', message: expect.stringContaining('elsewhere.test') }),
  );
  expect(redirected(post, answer(303, 'https://elsewhere.test/'))).not.toHaveProperty('body');
});

test.each(['file:///etc/passwd', 'ftp://api.test/', 'data:,x', 'javascript:1'])(
  'a redirect to %s ends the request at once',
  (location) => {
    expect(() => redirected(request(), answer(302, location))).toThrow(
      expect.objectContaining({ name: 'TransportError', code: 'ERR_INVALID_PROTOCOL' }),
    );
  },
);
