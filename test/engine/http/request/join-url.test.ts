import { joinUrl } from '../../../../engine/http/request/join-url.ts';

describe('joining a base URL and a path', () => {
  it.each([
    ['https://a.test', 'x', 'https://a.test/x'],
    ['https://a.test/v1', 'x', 'https://a.test/v1/x'],
    ['https://a.test/v1/', 'x/', 'https://a.test/v1/x/'],
    ['https://a.test//v1/', 'x', 'https://a.test/v1/x'],
    ['https://a.test/v1/', '/x', 'https://a.test/x'],
    ['https://a.test/v1/', '?a=1', 'https://a.test/v1/?a=1'],
    ['https://a.test/v1?x=1', 'y', 'https://a.test/y'],
    ['https://a.test/v1/', '../x', 'https://a.test/x'],
    ['https://a.test/v1/', 'x/..', 'https://a.test/v1/'],
    ['https://a.test/v1/', 'x?u=http://z//y', 'https://a.test/v1/x?u=http://z//y'],
    ['https://a.test/x y/', 'p q', 'https://a.test/x y/p q'],
  ])('%s and %s', (base, path, expected) => {
    expect(joinUrl(base, path)).toBe(expected);
  });

  it('leaves the base alone without a path', () => {
    expect(joinUrl('https://a.test/v1/', '')).toBe('https://a.test/v1/');
    expect(joinUrl('https://a.test/v1?x=1', '')).toBe('https://a.test/v1?x=1');
  });

  it('lets a whole URL replace the base', () => {
    expect(joinUrl('https://a.test/v1/', 'http://b.test/x?y')).toBe('http://b.test/x?y');
  });

  it('takes what looks like a scheme for one', () => {
    expect(joinUrl('https://a.test/', 'users:list')).toBe('users:list');
  });
});
