import type { OutgoingRequest } from '../../../../engine/contract/families.ts';
import { redirected } from '../../../../engine/http/wire/redirect.ts';
import { testResponse } from '../../../kit/response.ts';

const credentials = { Authorization: 'Bearer x', 'X-Api-Key': 'k' };

function follow(
  from: string,
  location: string | undefined,
  over: Partial<OutgoingRequest> & { status?: number } = {},
) {
  const { status = 302, ...request } = over;
  const headers: Record<string, string> = location === undefined ? {} : { location };
  return redirected(
    { method: 'GET', url: new URL(from), headers: { ...credentials, 'X-Other': 'y' }, ...request },
    testResponse({ status, headers }),
  );
}

const urlAfter = (from: string, location: string) => follow(from, location)?.url.href;

describe('the URL', () => {
  it.each([
    ['b', 'https://a.test/x/b'],
    ['/b?c=1', 'https://a.test/b?c=1'],
    ['?c=1', 'https://a.test/x/y?c=1'],
    ['//b.test/c', 'https://b.test/c'],
    ['https://b.test', 'https://b.test/'],
    ['/with space/é', 'https://a.test/with%20space/%C3%A9'],
  ])('%s is read against that of the request', (location, url) => {
    expect(urlAfter('https://a.test/x/y?z=2', location)).toBe(url);
  });

  it('keeps its fragment where the new one has none', () => {
    expect(urlAfter('https://a.test/x#part', '/y')).toBe('https://a.test/y#part');
    expect(urlAfter('https://a.test/x#part', '/y#other')).toBe('https://a.test/y#other');
    expect(urlAfter('https://a.test/x', '/y')).toBe('https://a.test/y');
  });
});

describe('credentials', () => {
  it.each([
    ['https://a.test/x', 'https://a.test/y'],
    ['https://a.test/x', 'https://a.test:443/y'],
    ['https://a.test:8443/x', '/y'],
    ['http://a.test/x', 'https://a.test/y'],
    ['http://a.test:80/x', 'https://a.test:443/y'],
  ])('go along from %s to %s', (from, location) => {
    expect(follow(from, location)?.headers).toEqual({ ...credentials, 'X-Other': 'y' });
  });

  it.each([
    ['https://a.test/x', 'https://b.test/y'],
    ['https://a.test/x', 'https://sub.a.test/y'],
    ['https://a.test/x', 'http://a.test/y'],
    ['https://a.test/x', 'https://a.test:8443/y'],
    ['http://a.test/x', 'http://a.test:8080/y'],
    ['http://a.test/x', 'https://a.test:8443/y'],
    ['http://a.test:8080/x', 'https://a.test/y'],
    ['http://a.test/x', 'https://b.test/y'],
  ])('stay behind from %s to %s', (from, location) => {
    expect(follow(from, location)?.headers).toEqual({ 'X-Other': 'y' });
  });
});

describe('secrets', () => {
  const holdsSecret = (text: string) => text.includes('geheim');
  const go = (location: string, headers: Record<string, string>, trusts?: (origin: string) => boolean) =>
    redirected(
      { method: 'GET', url: new URL('https://a.test/x?k=geheim'), headers },
      testResponse({ status: 302, headers: { location } }),
      { headers: new Set(['x-added']), holdsSecret, trusts },
    );

  it('stay behind in headers of any name, whoever wrote them', () => {
    const headers = { 'X-Odd': 'v geheim', 'X-Added': 'something', Accept: '*/*' };
    expect(go('https://b.test/y', headers)?.headers).toEqual({ Accept: '*/*' });
    expect(go('/y', headers)?.headers).toEqual(headers);
    expect(go('https://b.test/y', headers, () => true)?.headers).toEqual(headers);
  });

  it.each(['https://b.test/x?k=geheim', '//b.test/geheim', 'https://geheim@b.test/'])(
    'are not taken along by a redirect to %s',
    (location) => {
      expect(() => go(location, {})).toThrow(
        'GET https://a.test/x is redirected to another host (b.test) with a secret in the URL',
      );
      expect(go(location, {}, () => true)?.url.hostname).toBe('b.test');
    },
  );

  it('may be repeated to their own origin', () => {
    expect(go('/y?k=geheim', {})?.url.href).toBe('https://a.test/y?k=geheim');
  });
});

describe('what is no redirect', () => {
  it.each([200, 201, 300, 304, 305, 306, 400])('a status of %i is none, whatever its headers', (status) => {
    expect(follow('https://a.test/', '/b', { status })).toBeUndefined();
  });

  it('without a location, or with one that is no URL, the response is the answer', () => {
    expect(follow('https://a.test/', undefined)).toBeUndefined();
    expect(follow('https://a.test/', 'https://')).toBeUndefined();
  });
});

describe('method and body', () => {
  const sent = {
    body: 'b',
    headers: { 'Content-Type': 'c', 'Content-Length': '1', 'Transfer-Encoding': 't', X: 'y' },
  };

  it.each([
    [301, 'POST', 'GET'],
    [301, 'PUT', 'PUT'],
    [301, 'HEAD', 'HEAD'],
    [302, 'POST', 'GET'],
    [302, 'DELETE', 'GET'],
    [302, 'HEAD', 'HEAD'],
    [303, 'PUT', 'GET'],
    [303, 'HEAD', 'HEAD'],
  ])('%i makes of a %s a %s without a body', (status, method, expected) => {
    const next = follow('https://a.test/', '/b', { ...sent, status, method });
    expect(next).toEqual({ method: expected, url: new URL('https://a.test/b'), headers: { X: 'y' } });
  });

  it.each([307, 308])('%i repeats the request', (status) => {
    const next = follow('https://a.test/', '/b', { ...sent, status, method: 'POST' });
    expect(next).toEqual({ ...sent, method: 'POST', url: new URL('https://a.test/b') });
  });
});
