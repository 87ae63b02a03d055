import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OutgoingRequest } from '../../../../engine/contract/families.ts';
import { createCache } from '../../../../engine/http/cache/cache.ts';
import { testResponse } from '../../../kit/response.ts';

const request = (over: Partial<OutgoingRequest> = {}): OutgoingRequest => ({
  method: 'GET',
  url: new URL('https://api.test/items?b=2&a=1'),
  headers: {},
  ...over,
});

/** Counts how often the API would have been asked. */
function api(status = 200) {
  const calls = { count: 0 };
  const send = async () => {
    calls.count++;
    return testResponse({ status, body: { call: calls.count } });
  };
  return { calls, send };
}

/** Where bodies that do not fit go. */
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cache-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('the response cache', () => {
  it('asks once, also while the first request is under way', async () => {
    const { calls, send } = api();
    const cache = createCache();
    const both = await Promise.all([cache.fetch(request(), send), cache.fetch(request(), send)]);
    const later = await cache.fetch(request(), send);
    expect(calls.count).toBe(1);
    expect(await Promise.all([...both, later].map((response) => response.json()))).toEqual([
      { call: 1 },
      { call: 1 },
      { call: 1 },
    ]);
  });

  it('hands everybody a document of their own', async () => {
    const { send } = api();
    const cache = createCache();
    const [first, second] = await Promise.all([cache.fetch(request(), send), cache.fetch(request(), send)]);
    ((await first?.json()) as { call: number }).call = 99;
    expect(await second?.json()).toEqual({ call: 1 });
    expect(await (await cache.fetch(request(), send)).json()).toEqual({ call: 1 });
  });

  describe.each([
    ['in memory', 1 << 20],
    ['in files', 0],
  ])('%s', (_name, memoryLimit) => {
    const files = () =>
      readdirSync(folder).flatMap((name) => readdirSync(join(folder, name)).map((file) => join(name, file)));

    it('forgets an answer after its last reader, and keeps none for a single one', async () => {
      const { calls, send } = api();
      const cache = createCache({ memoryLimit, folder });
      const times = (count: number) => new Map([['', count]]);
      await cache.fetch(request(), send, times(1));
      await cache.fetch(request(), send, times(1));
      expect(calls.count).toBe(2);
      const three = await Promise.all([1, 2, 3].map(() => cache.fetch(request(), send, times(3))));
      expect(await Promise.all(three.map((response) => response.json()))).toEqual(Array(3).fill({ call: 3 }));
      expect(files()).toEqual([]);
      expect(await (await cache.fetch(request(), send, times(3))).json()).toEqual({ call: 4 });
      expect(files()).toHaveLength(memoryLimit === 0 ? 1 : 0);
      cache.forget?.(request());
      await cache.close();
    });

    it('counts each stream by itself, and keeps nothing for one that has been read', async () => {
      const { calls, send } = api();
      const cache = createCache({ memoryLimit, folder });
      const [one, other] = ['one', 'other'].map((stream) => cache.readBy?.(stream));
      const readers = new Map([
        ['one', 2],
        ['other', 1],
      ]);
      const kept = () => (memoryLimit === 0 ? files().length : undefined);
      const ask = async (by = one, count = readers) =>
        (await (await by?.fetch(request(), send, count))?.json()) as unknown;
      expect([await ask(), await ask()]).toEqual([{ call: 1 }, { call: 1 }]);
      // Whoever asks more often than it said takes nothing away from others.
      expect(await ask()).toEqual({ call: 1 });
      expect(await ask(other)).toEqual({ call: 1 });
      expect(kept()).toBe(memoryLimit === 0 ? 0 : undefined);
      expect(await ask()).toEqual({ call: 2 });
      await cache.readingEnds?.('other');
      expect(await ask()).toEqual({ call: 2 });
      expect(await ask(one, new Map([['other', 5]]))).toEqual({ call: 3 });
      // Nobody is left who would ask for it.
      expect(await ask(one, new Map([['other', 5]]))).toEqual({ call: 4 });
      const endless = new Map([['one', Number.POSITIVE_INFINITY]]);
      for (let time = 0; time < 5; time++) await ask(one, endless);
      expect(calls.count).toBe(5);
      await cache.readingEnds?.('one');
      expect(kept()).toBe(memoryLimit === 0 ? 0 : undefined);
      // It is read once more.
      const again = cache.readBy?.('one');
      for (let time = 0; time < 2; time++) await ask(again);
      expect(calls.count).toBe(6);
      await cache.close();
    });
  });

  it('does not mind the order of parameters or the case of header names', async () => {
    const { calls, send } = api();
    const cache = createCache();
    await cache.fetch(request({ headers: { Authorization: 'Bearer 1' } }), send);
    await cache.fetch(
      request({ url: new URL('https://api.test/items?a=1&b=2'), headers: { authorization: 'Bearer 1' } }),
      send,
    );
    expect(calls.count).toBe(1);
  });

  it('does not mind the order and case of headers', async () => {
    const { calls, send } = api();
    const cache = createCache();
    await cache.fetch(request({ headers: { A: '1', B: '2' } }), send);
    await cache.fetch(request({ headers: { b: '2', a: '1' } }), send);
    expect(calls.count).toBe(1);
  });

  it('keeps apart what is asked with different credentials', async () => {
    const { calls, send } = api();
    const cache = createCache();
    for (const key of ['1', '2', '1']) {
      await cache.fetch(request({ url: new URL(`https://api.test/items?key=${key}`) }), send);
      await cache.fetch(request({ headers: { Authorization: `Bearer ${key}` } }), send);
    }
    expect(calls.count).toBe(4);
  });

  it('knows HEAD, and bodies of bytes', async () => {
    const { calls, send } = api();
    const cache = createCache();
    for (const body of [undefined, new Uint8Array([1, 2]), new Uint8Array([1, 3])])
      for (const method of ['HEAD', 'HEAD', 'GET', 'GET'])
        await cache.fetch(request({ method, ...(body !== undefined && { body }) }), send);
    expect(calls.count).toBe(6);
  });

  it.each([
    ['another value of a header', { headers: { A: '1' } }, { headers: { A: '2' } }],
    ['another header of that value', { headers: { A: '1' } }, { headers: { B: '1' } }],
    ['another method', { method: 'GET' }, { method: 'HEAD' }],
    ['a body that has become bytes of other content', { body: 'a' }, { body: new Uint8Array([98]) }],
  ])('tells apart %s', async (_what, one, other) => {
    const { calls, send } = api();
    const cache = createCache();
    await cache.fetch(request(one), send);
    await cache.fetch(request(other), send);
    await cache.fetch(request(one), send);
    expect(calls.count).toBe(2);
  });

  it.each([
    ['another URL', { url: new URL('https://api.test/items?a=2&b=2') }],
    ['another header', { headers: { 'Api-Version': '2' } }],
    ['another body', { body: 'x' }],
  ])('asks again for %s', async (_what, over) => {
    const { calls, send } = api();
    const cache = createCache();
    await cache.fetch(request(), send);
    await cache.fetch(request(over), send);
    expect(calls.count).toBe(2);
  });

  it('keeps no POST and nothing but status 200', async () => {
    const cache = createCache();
    const post = api();
    for (let i = 0; i < 2; i++) await cache.fetch(request({ method: 'POST' }), post.send);
    const failing = api(500);
    for (let i = 0; i < 2; i++) await cache.fetch(request(), failing.send);
    expect([post.calls.count, failing.calls.count]).toEqual([2, 2]);
  });

  it('shares no answer that was no success, and the one that follows', async () => {
    let count = 0;
    const send = async () => {
      count++;
      return testResponse({ status: count === 1 ? 500 : 200, body: { call: count } });
    };
    const cache = createCache();
    const all = await Promise.all([1, 2, 3, 4].map(() => cache.fetch(request(), send)));
    expect(all.map(({ status }) => status)).toEqual([500, 200, 200, 200]);
    expect(count).toBe(2);
  });

  it('gives an error to everybody who waits and then forgets it', async () => {
    const cache = createCache();
    const fail = jest.fn(async () => {
      throw new Error('broken');
    });
    const both = await Promise.allSettled([cache.fetch(request(), fail), cache.fetch(request(), fail)]);
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(fail).toHaveBeenCalledTimes(1);
    expect((await cache.fetch(request(), api().send)).status).toBe(200);
  });

  it('asks anew when the one who asked first gave up', async () => {
    const cache = createCache();
    const abort = async () => {
      throw new DOMException('stopped', 'AbortError');
    };
    const first = cache.fetch(request(), abort);
    const second = cache.fetch(request(), api().send);
    await expect(first).rejects.toThrow('stopped');
    expect((await second).status).toBe(200);
  });

  it('keeps in memory as many bytes as it may, and not one more', async () => {
    const { send } = api();
    // `{"call":1}`
    const cache = createCache({ memoryLimit: 20, folder });
    await cache.fetch(request(), send);
    await cache.fetch(request({ method: 'HEAD' }), send);
    expect(readdirSync(folder)).toEqual([]);
    await cache.fetch(request({ body: 'x' }), send);
    expect(readdirSync(folder)).toHaveLength(1);
    expect(await (await cache.fetch(request({ body: 'x' }), send)).json()).toEqual({ call: 3 });
    await cache.close();
  });

  it('has room again after what it was told to forget', async () => {
    const { calls, send } = api();
    // `{"call":1}`
    const cache = createCache({ memoryLimit: 10, folder });
    for (let call = 1; call <= 3; call++) {
      expect(await (await cache.fetch(request(), send)).json()).toEqual({ call });
      cache.forget?.(request());
      cache.forget?.(request());
    }
    expect(calls.count).toBe(3);
    expect(readdirSync(folder)).toEqual([]);
    await cache.fetch(request(), send);
    await cache.fetch(request({ method: 'HEAD' }), send);
    expect(readdirSync(folder)).toHaveLength(1);
    await cache.close();
  });

  it('moves bodies beyond its memory into files and removes them at the end', async () => {
    const { calls, send } = api();
    const cache = createCache({ memoryLimit: 0, folder });
    await cache.fetch(request(), send);
    expect(await (await cache.fetch(request(), send)).json()).toEqual({ call: 1 });
    expect(calls.count).toBe(1);
    expect(readdirSync(folder)).toHaveLength(1);
    await cache.close();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('asks again where nothing can be written, and says so once', async () => {
    const warnings: string[] = [];
    const { calls, send } = api();
    const warn = (message: string) => warnings.push(message);
    const cache = createCache({ memoryLimit: 0, folder: '/nowhere/at/all', warn });
    for (let call = 1; call <= 3; call++)
      expect(await (await cache.fetch(request(), send)).json()).toEqual({ call });
    expect(calls.count).toBe(3);
    expect(warnings).toEqual([expect.stringContaining('ENOENT')]);
    await cache.close();
  });

  it('asks again when somebody has removed its files', async () => {
    const warnings: string[] = [];
    const { calls, send } = api();
    const cache = createCache({ memoryLimit: 0, folder, warn: (message) => warnings.push(message) });
    await cache.fetch(request(), send);
    for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true });
    expect(await (await cache.fetch(request(), send)).json()).toEqual({ call: 2 });
    expect(calls.count).toBe(2);
    expect(warnings).toHaveLength(1);
    await cache.close();
  });
});
