import { createConfigStore } from '../../../engine/connector/config-store.ts';
import type { JsonObject } from '../../../engine/util/json/json.ts';
import { compileSet } from '../../../engine/util/path/dpath-set.ts';

test('an update makes another config, which is told', () => {
  const given = { credentials: { token: 'old' }, other: 1 };
  const told: JsonObject[] = [];
  const store = createConfigStore(given, (config) => told.push(config));
  store.update((draft) => compileSet(['credentials', 'token'])(draft, 'new'));
  expect(store.current()).toEqual({ credentials: { token: 'new' }, other: 1 });
  expect(told).toEqual([store.current()]);
  expect(given.credentials.token).toBe('old');
});

test('an update that fails changes nothing', () => {
  const store = createConfigStore({ a: 1 }, () => {});
  const failing = (draft: JsonObject) => {
    draft.a = 2;
    throw new Error('no');
  };
  expect(() => store.update(failing)).toThrow('no');
  expect(store.current()).toEqual({ a: 1 });
});
