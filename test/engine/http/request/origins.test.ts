import { addOrigin, dropCredentials, leavesOrigin } from '../../../../engine/http/request/origins.ts';
import { nodeFromValue } from '../../../../engine/manifest/node.ts';

describe('a page at another origin', () => {
  const origins = new Set(['https://files.test']);

  it.each([
    ['https://api.test/a', 'https://api.test/b?page=2', false],
    ['https://api.test/a', 'https://api.test:443/b', false],
    ['https://api.test/a', 'https://files.test/b', false],
    ['https://api.test/a', 'https://evil.test/b', true],
    ['https://api.test/a', 'https://sub.api.test/b', true],
    ['https://api.test/a', 'https://api.test:8443/b', true],
    ['https://api.test/a', 'http://api.test/b', true],
    // An API that answers behind a proxy may name itself by http, and be asked by https.
    ['http://api.test/a', 'https://api.test/b', false],
    ['http://api.test:8080/a', 'https://api.test:8080/b', false],
    ['http://api.test:8080/a', 'https://api.test/b', true],
    ['http://api.test/a', 'https://evil.test/b', true],
    // What is no URL is refused when it is sent.
    ['/a', 'https://evil.test/b', false],
    ['https://api.test/a', '/b', false],
  ])('of %s at %s: %s', (endpoint, page, leaves) => {
    expect(leavesOrigin(endpoint, page, origins)).toBe(leaves);
  });

  it('loses the headers that hold credentials, whatever their case', () => {
    const headers = { authorization: 'Bearer 1', 'X-API-Key': '2', Cookie: '3', Accept: '*/*' };
    const request = { method: 'GET', url: new URL('https://evil.test'), headers };
    expect(dropCredentials(request, () => false)).toBe(true);
    expect(request.headers).toEqual({ Accept: '*/*' });
  });

  const holdsSecret = (text: string) => decodeURIComponent(text).includes('geh eim');

  it('loses whatever holds a secret, and nothing else is written anew', () => {
    const href = 'https://evil.test/a?q=%7e&k=geh%20eim&k=2';
    const request = { method: 'GET', url: new URL(href), headers: { 'X-Odd': 'v geh eim', Accept: '*/*' } };
    expect(dropCredentials(request, holdsSecret)).toBe(true);
    expect(request.headers).toEqual({ Accept: '*/*' });
    expect(request.url.href).toBe('https://evil.test/a?q=%7E');
    const other = { method: 'GET', url: new URL('https://evil.test/a?q=%7e'), headers: {} };
    expect(dropCredentials(other, holdsSecret)).toBe(false);
    expect(other.url.href).toBe('https://evil.test/a?q=%7e');
  });

  it.each([
    ['URL', 'https://evil.test/geh%20eim', undefined],
    ['body', 'https://evil.test/', 'a=geh eim'],
    ['body', 'https://evil.test/', new TextEncoder().encode('a=geh eim')],
  ])('is not sent when its %s holds one', (what, href, body) => {
    const request = { method: 'POST', url: new URL(href), headers: {}, ...(body && { body }) };
    expect(() => dropCredentials(request, holdsSecret)).toThrow(
      `(evil.test), and the ${what} of its request`,
    );
  });
});

describe('the origins of an API', () => {
  const known = (written: unknown, value: unknown) => {
    const origins = new Set<string>();
    const evaluate = () => {
      if (value instanceof Error) throw value;
      return value;
    };
    addOrigin(origins, evaluate, nodeFromValue(written, { name: '<test>' }));
    return [...origins];
  };

  it.each([
    ['https://api.test/v1', 'https://api.test/v1', ['https://api.test']],
    ["https://{{ config['host'] }}/v1", 'https://eu.test:8443/v1', ['https://eu.test:8443']],
    // What comes from the API itself names no origin to be trusted.
    ["{{ stream_slice['url'] }}", 'https://evil.test/', []],
    ['{{ next_page_token.next }}', 'https://evil.test/', []],
    ['{{ response.next }}', 'https://evil.test/', []],
    ["{{ record['url'] }}", 'https://evil.test/', []],
    ["{{ config['host'] }}", 'eu.test', []],
    ["{{ config['host'] }}", new Error('no host'), []],
    [{ a: 1 }, 'https://api.test', []],
  ])('has that of %j when it is %s', (written, value, origins) => {
    expect(known(written, value)).toEqual(origins);
  });

  it('has none of a field that is not there', () => {
    const origins = new Set<string>();
    addOrigin(origins, undefined, nodeFromValue('https://api.test', { name: '<test>' }));
    addOrigin(origins, () => 'https://api.test', undefined);
    expect(origins.size).toBe(0);
  });
});
