import { proxyFor } from '../../../../engine/http/wire/proxy.ts';

const find = (url: string, env: Record<string, string>) => proxyFor(new URL(url), env);

test('each scheme has its proxy, and ALL_PROXY is for what has none', async () => {
  const env = {
    HTTP_PROXY: 'plain.test:1',
    HTTPS_PROXY: 'http://secure.test:2',
    ALL_PROXY: 'http://all.test:3',
  };
  expect(await find('http://api.test/', env)).toBe('http://plain.test:1');
  expect(await find('https://api.test/', env)).toBe('http://secure.test:2');
  expect(await find('https://api.test/', { all_proxy: 'http://all.test:3' })).toBe('http://all.test:3');
  expect(await find('https://api.test/', {})).toBeUndefined();
});

test('the lower-case name wins, even when it is empty', async () => {
  expect(await find('http://a.test/', { http_proxy: 'low.test', HTTP_PROXY: 'up.test' })).toBe(
    'http://low.test',
  );
  expect(await find('http://a.test/', { http_proxy: '', HTTP_PROXY: 'up.test' })).toBeUndefined();
});

test.each([
  ['https://api.test/', '*'],
  ['https://api.test/', 'other.test, api.test'],
  ['https://api.test/', 'test'],
  ['https://eu.api.test/', '.api.test'],
  ['https://api.test:8443/', 'api.test:8443'],
  ['https://api.test/', 'api.test:443'],
  ['https://API.test/', 'Api.Test'],
  ['http://10.1.2.3/', '10.0.0.0/8'],
  ['http://10.1.2.3/', '10.1.2.3'],
  ['http://[fd00::1]/', 'fd00::/8'],
])('%s is reached directly with NO_PROXY=%s', async (url, noProxy) => {
  expect(await find(url, { ALL_PROXY: 'p.test', NO_PROXY: noProxy })).toBeUndefined();
});

test.each([
  ['https://api.test/', 'api.test:8443'],
  ['https://api.test/', 'eu.api.test'],
  ['http://11.1.2.3/', '10.0.0.0/8'],
  ['http://110.1.2.3/', '10.1.2.3'],
  ['http://10.1.2.3/', 'not/a/block, 2001:db8::/32'],
  ['https://api.test/', ''],
])('%s goes through the proxy with NO_PROXY=%s', async (url, noProxy) => {
  expect(await find(url, { ALL_PROXY: 'p.test', NO_PROXY: noProxy })).toBe('http://p.test');
});
