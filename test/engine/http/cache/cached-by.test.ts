import type { OutgoingRequest } from '../../../../engine/contract/families.ts';
import { createCache, requestKey } from '../../../../engine/http/cache/cache.ts';
import { cachedBy } from '../../../../engine/http/cache/cached-by.ts';
import { testResponse } from '../../../kit/response.ts';
import { testScope } from '../../../kit/scope.ts';

const request = (over: Partial<OutgoingRequest> = {}): OutgoingRequest => ({
  method: 'POST',
  url: new URL('https://api.test/search'),
  headers: {},
  body: 'a',
  ...over,
});

function counting() {
  let calls = 0;
  const send = async () => testResponse({ body: { call: ++calls } });
  return { send, calls: () => calls };
}

describe('a cache by a key of its own', () => {
  it('remembers what has the same key, whatever its method', async () => {
    const { cache } = cachedBy(testScope({ sync: { cache: createCache() } }), requestKey).sync;
    const api = counting();
    const first = await cache.fetch(request(), api.send);
    const second = await cache.fetch(request({ headers: { Authorization: 'other' } }), api.send);
    await cache.fetch(request({ body: 'b' }), api.send);
    expect(await Promise.all([first.json(), second.json()])).toEqual([{ call: 1 }, { call: 1 }]);
    expect(api.calls()).toBe(2);
  });

  it('tells apart what has one URL, and sends what has no key', async () => {
    let page: number | undefined = 1;
    const keyOf = () => (page === undefined ? undefined : `page ${page}`);
    const { cache } = cachedBy(testScope({ sync: { cache: createCache() } }), keyOf).sync;
    const api = counting();
    for (page of [1, 2, 2, undefined, undefined]) await cache.fetch(request({ method: 'GET' }), api.send);
    expect(api.calls()).toBe(4);
  });
});

it('once answers a key once, also while the first is under way', async () => {
  const cache = createCache();
  const api = counting();
  const answers = await Promise.all([cache.once('k', api.send), cache.once('k', api.send)]);
  expect(await Promise.all(answers.map((answer) => answer.json()))).toEqual([{ call: 1 }, { call: 1 }]);
  await cache.once('other', api.send);
  expect(api.calls()).toBe(2);
});
