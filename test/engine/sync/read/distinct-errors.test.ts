import { ConnectorError } from '../../../../engine/error/connector-error.ts';
import { createDistinctErrors } from '../../../../engine/sync/read/distinct-errors.ts';

const refused = (path: string) =>
  new ConnectorError('The token is refused.', { kind: 'config_error', path: [path] });

test('slices that fail alike are told once and counted', () => {
  const told = createDistinctErrors('users');
  expect(['1', '2', '3'].map((slice) => told.isNews(refused(slice)))).toEqual([true, false, false]);
  expect(told.summary()).toBe(
    'Slices of stream "users" that could not be read either: 2 more for the same reason.',
  );
});

test('other words or another kind are news', () => {
  const told = createDistinctErrors('users');
  told.isNews(refused('1'));
  expect(told.isNews(new ConnectorError('The token is refused.', { kind: 'transient_error' }))).toBe(true);
  expect(told.isNews(new ConnectorError('No such user.', { kind: 'config_error' }))).toBe(true);
  expect(told.summary()).toBeUndefined();
});

test('a stream that fails in ever new ways is not told without end', () => {
  const told = createDistinctErrors('users');
  const news = Array.from({ length: 21 }, (_, id) => told.isNews(new ConnectorError(`No user ${id}.`)));
  expect(news.filter(Boolean)).toHaveLength(20);
  expect(told.summary()).toBe(
    'Slices of stream "users" that could not be read either: one more for yet other reasons.',
  );
});
