import { createStreamEndings } from '../../../../engine/sync/read/stream-endings.ts';

test('what components have to say of a stream is said once, in their order', () => {
  const endings = createStreamEndings();
  endings.add('users', () => 'first');
  endings.add('users', () => undefined);
  endings.add('users', () => 'second');
  endings.add('posts', () => 'other');
  expect(endings.of('users')).toEqual(['first', 'second']);
  expect(endings.of('users')).toEqual([]);
  expect(endings.of('posts')).toEqual(['other']);
  expect(endings.of('unknown')).toEqual([]);
});
