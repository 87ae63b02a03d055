import { cacheFolder } from '../../../../../engine/commands/test/kept/cache-folder.ts';

test.each([
  ['linux', {}, '/home/a', '/home/a/.cache/manifold'],
  ['darwin', {}, '/Users/a', '/Users/a/Library/Caches/manifold'],
  ['linux', { XDG_CACHE_HOME: '/var/cache' }, '/home/a', '/var/cache/manifold'],
  ['darwin', { XDG_CACHE_HOME: '/var/cache' }, '/Users/a', '/var/cache/manifold'],
  // Such a path means another folder wherever the program is started.
  ['linux', { XDG_CACHE_HOME: 'cache' }, '/home/a', '/home/a/.cache/manifold'],
  ['linux', { XDG_CACHE_HOME: '' }, '/home/a', '/home/a/.cache/manifold'],
  // A user without a home, as in containers.
  ['linux', {}, '', undefined],
  ['linux', {}, '/', undefined],
  ['win32', {}, 'x', undefined],
  ['win32', { LOCALAPPDATA: '/local' }, 'x', '/local/manifold'],
] as const)('%s with %o', (platform, env, home, folder) => {
  expect(cacheFolder({ platform, env, home })).toBe(folder);
});
