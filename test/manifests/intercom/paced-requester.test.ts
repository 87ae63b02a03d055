import { components } from '../../../engine/components/index.ts';
import type { Requester } from '../../../engine/contract/families.ts';
import type { SyncScope } from '../../../engine/contract/scope.ts';
import { createCache } from '../../../engine/http/cache/cache.ts';
import type { JsonObject } from '../../../engine/util/json/json.ts';
import { PacedRequester } from '../../../manifests/intercom/paced-requester.ts';
import { type Answer, makeComponent, testScope } from '../../kit/scope.ts';

const now = Date.UTC(2024, 0, 1);

function requesters(
  answer: () => Answer = () => ({ body: {} }),
  readersOf: SyncScope['readersOf'] = () => undefined,
) {
  const scope = testScope({ answers: answer, components, now, sync: { cache: createCache(), readersOf } });
  const make = (more: JsonObject = {}): Requester =>
    makeComponent(
      PacedRequester,
      {
        url_base: 'http://api.test',
        path: '/contacts/search',
        http_method: 'POST',
        request_headers: { Authorization: 'Bearer x' },
        request_body: {
          type: 'RequestBodyJsonObject',
          value: { query: '{{ next_page_token.next_page_token }}' },
        },
        ...more,
      },
      scope,
    );
  return { scope, make };
}

const ask = (requester: Requester, page: string) => requester.send({ token: { next_page_token: page } });

describe('PacedRequester', () => {
  it('sends a search once where searches are to be remembered, told apart by their bodies', async () => {
    const { scope, make } = requesters();
    const [one, other] = [make({ use_cache: true }), make({ use_cache: true })];
    await Promise.all([ask(one, 'a'), ask(other, 'a'), ask(other, 'b')]);
    await ask(one, 'b');
    expect(scope.requests.map(({ method, body }) => [method, String(body)])).toEqual([
      ['POST', '{"query":"a"}'],
      ['POST', '{"query":"b"}'],
    ]);
  });

  it('forgets an answer after the last stream that asks for it, unless one asks again', async () => {
    const { scope, make } = requesters(
      () => ({ body: {} }),
      () => new Map([['', 2]]),
    );
    const get = { use_cache: true, http_method: 'GET' };
    for (const more of [{}, { asks_again: true }]) {
      const requester = make({ ...get, path: `/${Object.keys(more).join()}`, ...more });
      for (let time = 0; time < 4; time++) await ask(requester, 'a');
    }
    expect(scope.requests.map(({ url }) => url.pathname)).toEqual(['/', '/', '/asks_again']);
  });

  it('sends every search where they are not', async () => {
    const { scope, make } = requesters();
    await ask(make(), 'a');
    await ask(make(), 'a');
    expect(scope.requests).toHaveLength(2);
  });

  it('spends one window with all its requesters', async () => {
    let left = 3;
    const { scope, make } = requesters(() => {
      left = scope.clock.now() >= now + 10_000 ? 2 : left - 1;
      const reset = scope.clock.now() >= now + 10_000 ? now + 20_000 : now + 10_000;
      return {
        body: {},
        headers: { 'X-RateLimit-Remaining': String(left), 'X-RateLimit-Reset': String(reset / 1000) },
      };
    });
    const [one, other] = [make(), make()];
    await ask(one, 'a');
    await ask(other, 'b');
    await ask(one, 'c');
    expect(scope.clock.sleeps).toEqual([]);
    await ask(other, 'd');
    expect(scope.clock.sleeps).toEqual([10_000]);
  });
});
