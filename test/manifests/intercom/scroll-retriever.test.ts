import { createCache } from '../../../engine/http/cache.ts';
import { component } from '../../../engine/language/component.ts';
import type { Retriever } from '../../../engine/language/families.ts';
import { emptySlice, type Page } from '../../../engine/language/slice.ts';
import { ScrollLost } from '../../../manifests/intercom/scroll-lost.ts';
import { ScrollRetriever } from '../../../manifests/intercom/scroll-retriever.ts';
import { testResponse } from '../../kit/response.ts';
import { makeComponent, testScope } from '../../kit/scope.ts';

interface Scrolls {
  /** Ids of each page. */
  readonly pages: readonly (readonly string[])[];
  /** Requests, by number from 1, at which the scroll is lost. */
  readonly lostAt?: readonly number[];
}

/** A scroll whose pages all have the same URL, behind the cache of the scope, as the engine's retriever reads it. */
function scrolls({ pages, lostAt = [] }: Scrolls) {
  let requests = 0;
  let position = 0;
  const inner = component({
    family: 'Retriever',
    type: 'Scroll',
    doc: '',
    fields: () => ({}),
    make: (_fields, scope): Retriever => ({
      router: undefined,
      async *read() {
        for (let first = true; ; first = false) {
          const request = {
            method: 'GET',
            url: new URL(`http://api.test/scroll${first ? '' : '?scroll_param=x'}`),
            headers: {},
          };
          const response = await scope.sync.cache.fetch(request, async () => {
            if (first) position = 0;
            if (lostAt.includes(++requests)) throw new ScrollLost('scroll parameter not found');
            return testResponse({ body: { data: (pages[position++] ?? []).map((id) => ({ id })) } });
          });
          const { data } = (await response.json()) as { data: { id: string }[] };
          if (data.length === 0) return;
          yield { records: data };
        }
      },
    }),
  });
  const scope = testScope({ components: [inner], sync: { cache: createCache() } });
  const retriever = (maxRestarts = 3): Retriever =>
    makeComponent<'Retriever'>(
      ScrollRetriever as never,
      { retriever: { type: 'Scroll' }, max_restarts: maxRestarts },
      scope,
    );
  return { scope, retriever, requests: () => requests };
}

async function idsOf(retriever: Retriever): Promise<string[]> {
  const ids: string[] = [];
  const pages: AsyncIterable<Page> = retriever.read(emptySlice, { cursor: undefined, isDataFeed: false });
  for await (const page of pages) ids.push(...page.records.map(({ id }) => String(id)));
  return ids;
}

const pages = [['a', 'b'], ['c', 'd'], ['e']];

describe('ScrollRetriever', () => {
  it('reads pages that all have the same URL, behind a cache', async () => {
    const { retriever, requests } = scrolls({ pages });
    expect(await idsOf(retriever())).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(requests()).toBe(4);
  });

  it.each([1, 2, 3, 4])(
    'begins again when request %i loses the scroll, and emits nothing twice',
    async (lost) => {
      const { retriever, scope } = scrolls({ pages, lostAt: [lost] });
      expect(await idsOf(retriever())).toEqual(['a', 'b', 'c', 'd', 'e']);
      expect(scope.clock.sleeps).toEqual([1000]);
      expect(scope.logs).toEqual([{ level: 'INFO', message: expect.stringContaining('begins again') }]);
    },
  );

  it('waits longer before every further restart', async () => {
    const { retriever, scope } = scrolls({ pages, lostAt: [2, 4, 6] });
    expect(await idsOf(retriever())).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(scope.clock.sleeps).toEqual([1000, 2000, 4000]);
  });

  it('gives up after so many restarts, with a transient error that says why', async () => {
    const { retriever } = scrolls({ pages, lostAt: [2, 4, 6] });
    await expect(idsOf(retriever(2))).rejects.toMatchObject({
      kind: 'transient_error',
      message: expect.stringMatching(/3 times.*scroll parameter not found/),
    });
  });

  it('feeds two streams from one scroll, read at once or one after the other', async () => {
    const { retriever, requests } = scrolls({ pages });
    const both = await Promise.all([idsOf(retriever()), idsOf(retriever())]);
    const later = await idsOf(retriever());
    for (const ids of [...both, later]) expect(ids).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(requests()).toBe(4);
  });

  it('feeds two streams from one restarted scroll', async () => {
    const { retriever, requests } = scrolls({ pages, lostAt: [3] });
    const both = await Promise.all([idsOf(retriever()), idsOf(retriever())]);
    const later = await idsOf(retriever());
    for (const ids of [...both, later]) expect(ids).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(requests()).toBe(3 + 4);
  });

  it('passes other errors on', async () => {
    const { scope } = scrolls({ pages });
    const broken = {
      ...scope,
      sync: {
        ...scope.sync,
        cache: { fetch: () => Promise.reject(new Error('other')), close: async () => {} },
      },
    };
    const retriever = makeComponent<'Retriever'>(
      ScrollRetriever as never,
      { retriever: { type: 'Scroll' } },
      broken,
    );
    await expect(idsOf(retriever)).rejects.toThrow('other');
  });
});
