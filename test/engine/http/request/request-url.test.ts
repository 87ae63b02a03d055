import { encodeForm, requestUrl } from '../../../../engine/http/request/request-url.ts';
import { PyFloat, PyTuple } from '../../../../engine/template/python-values.ts';

function expectUrl(url: string, params: Record<string, unknown>, expected: string) {
  expect(requestUrl(url, params).href).toBe(expected);
}

describe('the URL of a request', () => {
  it.each([
    ['https://api.test', {}, 'https://api.test/'],
    ['https://api.test/a b/c?x=1', { y: '2' }, 'https://api.test/a%20b/c?x=1&y=2'],
    ['https://api.test/a%20b%7Ec', {}, 'https://api.test/a%20b~c'],
    ['https://api.test/é/ü?ß=ö', {}, 'https://api.test/%C3%A9/%C3%BC?%C3%9F=%C3%B6'],
    ['https://api.test/a/../b/./c', {}, 'https://api.test/b/c'],
    ['https://api.test/x#frag', { a: 1 }, 'https://api.test/x?a=1'],
    ['https://api.test/a"b\\c^d`{e}', {}, 'https://api.test/a%22b%5Cc%5Ed%60%7Be%7D'],
    ['https://api.test/items?filter[name]=a|b', {}, 'https://api.test/items?filter%5Bname%5D=a%7Cb'],
    [
      'https://api.test/a?u=https://x.test/y?z=1',
      { w: 'https://x.test/y?z=1' },
      'https://api.test/a?u=https://x.test/y?z=1&w=https%3A%2F%2Fx.test%2Fy%3Fz%3D1',
    ],
  ])('is escaped as python-requests escapes %s', (url, params, expected) => {
    expectUrl(url, params, expected);
  });

  it('takes every percent sign literally when one of them is no escape', () => {
    expectUrl('https://api.test/a%2fb/%zz/c%20d', {}, 'https://api.test/a%252Fb/%25zz/c%2520d');
  });

  it('does not repeat a parameter it already has with the same value', () => {
    expectUrl(
      'https://api.test/items?page=2&limit=10',
      { page: '2', limit: 20 },
      'https://api.test/items?page=2&limit=10&limit=20',
    );
  });

  it('repeats a parameter whose value in the URL is blank', () => {
    expectUrl('https://api.test/x?blank=&b', { blank: '' }, 'https://api.test/x?blank=&b&blank=');
  });

  it.each([
    ['https://api.test/items?page=2&page=3', { page: '3' }, 'https://api.test/items?page=2&page=3&page=3'],
    ['https://api.test/items?flag=True', { flag: true }, 'https://api.test/items?flag=True'],
    ['https://api.test/items?', { page: 1 }, 'https://api.test/items?page=1'],
    ['https://api.test/items', { page: null, list: [] }, 'https://api.test/items'],
    ['http://api.test:8080/a', {}, 'http://api.test:8080/a'],
    ['http://api.test:8080/a', { b: 'c d' }, 'http://api.test:8080/a?b=c+d'],
    ['https://me:pass@api.test/a', {}, 'https://me:pass@api.test/a'],
    ['https://api.test/a b', { c: 1 }, 'https://api.test/a%20b?c=1'],
    ['https://api.test/a#b', {}, 'https://api.test/a'],
  ])('of %s with %j', (url, params, expected) => {
    expectUrl(url, params, expected);
  });

  it.each([
    'users',
    'ftp://api.test/x',
    'https://',
    '',
    'xhttps://api.test/',
    'https://a b/',
    'https:///items',
    '//api.test/',
    'https://api.test:99999/',
  ])('refuses %p', (url) => {
    expect(() => requestUrl(url, {})).toThrow(
      expect.objectContaining({
        kind: 'config_error',
        message: expect.stringContaining('is not a URL that requests can be sent to'),
      }),
    );
  });
});

describe('a form', () => {
  it('leaves out what is null and writes the rest as Python would', () => {
    const fields = { q: "a b&c=d/é~*'()!", n: null, t: true, d: new PyFloat(1), e: '' };
    expect(encodeForm(fields)).toBe('q=a+b%26c%3Dd%2F%C3%A9~%2A%27%28%29%21&t=True&d=1.0&e=');
  });

  it('repeats the name of a list or tuple', () => {
    expect(encodeForm({ l: [1, null, 'x y'], t: new PyTuple([1, 2]) })).toBe('l=1&l=x+y&t=1&t=2');
    expect(encodeForm({ 'a b': [[1, 2], { c: 3 }, undefined] })).toBe('a+b=1&a+b=2&a+b=c');
  });

  it('names the keys of a mapping, as Python iterates over it', () => {
    expect(encodeForm({ m: { a: 1, b: 2 } })).toBe('m=a&m=b');
  });
});
