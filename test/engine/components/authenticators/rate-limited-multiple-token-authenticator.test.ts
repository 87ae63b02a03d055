import { QuotaStatusSource } from '../../../../engine/components/authenticators/quota-status-source.ts';
import { RateLimitedMultipleTokenAuthenticator } from '../../../../engine/components/authenticators/rate-limited-multiple-token-authenticator.ts';
import { TokenQuota } from '../../../../engine/components/authenticators/token-quota.ts';
import type { Authenticator, OutgoingRequest } from '../../../../engine/contract/families.ts';
import { component } from '../../../../engine/language/component.ts';
import type { JsonObject } from '../../../../engine/util/json/json.ts';
import { testResponse } from '../../../kit/response.ts';
import { type Answer, makeComponent, testScope } from '../../../kit/scope.ts';
import { testRequest } from './request.ts';

const now = Date.UTC(2024, 0, 1);
const inSeconds = (seconds: number) => now / 1000 + seconds;

const GraphQlMatcher = component({
  family: 'RequestMatcher',
  type: 'HttpRequestRegexMatcher',
  doc: 'For tests.',
  fields: () => ({}),
  make: () => ({ matches: (request) => request.url.pathname === '/graphql', weight: () => 1 }),
});

const rest = {
  type: 'TokenQuota',
  name: 'rest',
  remaining_path: ['rest', 'left'],
  reset_path: ['rest', 'reset'],
};

type Status = (token: string, request: OutgoingRequest) => Answer;

function made(fields: JsonObject, status: Status, config: JsonObject = { tokens: 'a, b' }) {
  const scope = testScope({
    now,
    config,
    components: [QuotaStatusSource, TokenQuota, GraphQlMatcher],
    answers: (request) => status(String(request.headers.Authorization).replace('Bearer ', ''), request),
  });
  const definition = {
    tokens: "{{ config['tokens'] }}",
    quota_status_source: { type: 'QuotaStatusSource', url: 'https://api.test/limit' },
    quotas: [rest],
    budget_reserve_fraction: 0,
    budget_min_reserve: 0,
    ...fields,
  };
  return { scope, authenticator: makeComponent(RateLimitedMultipleTokenAuthenticator, definition, scope) };
}

const left =
  (counts: Record<string, number>, reset = inSeconds(600)): Status =>
  (token) => ({
    body: { rest: { left: counts[token], reset } },
  });

async function sent(authenticator: Authenticator, times = 1): Promise<(string | undefined)[]> {
  const tokens: (string | undefined)[] = [];
  for (let i = 0; i < times; i++) {
    const request = testRequest();
    await authenticator.authenticate(request);
    tokens.push(request.headers.Authorization);
  }
  return tokens;
}

describe('rotation', () => {
  it('spends one token, then the next', async () => {
    const { authenticator, scope } = made({}, left({ a: 2, b: 5 }));
    expect(await sent(authenticator, 4)).toEqual(['Bearer a', 'Bearer a', 'Bearer b', 'Bearer b']);
    expect(scope.requests.map(({ headers }) => headers.Authorization)).toEqual(['Bearer a', 'Bearer b']);
    expect(scope.secrets).toEqual(['a', 'b']);
  });

  it('takes a list of tokens, another header and another word', async () => {
    const fields = { tokens: ['a', '  '], header: 'X-Key', auth_method: 'token' };
    const { authenticator } = made(fields, () => ({ body: { rest: { left: 1, reset: inSeconds(9) } } }));
    const request = testRequest();
    await authenticator.authenticate(request);
    expect(request.headers).toEqual({ 'X-Key': 'token a' });
  });

  it('shares its counters among the streams of a run', async () => {
    const { authenticator, scope } = made({}, left({ a: 1, b: 1 }));
    await sent(authenticator);
    const definition = {
      tokens: ['a', 'b'],
      quota_status_source: { type: 'QuotaStatusSource', url: 'https://api.test/limit' },
      quotas: [rest],
      budget_reserve_fraction: 0,
      budget_min_reserve: 0,
    };
    const again = makeComponent(RateLimitedMultipleTokenAuthenticator, definition, scope);
    expect(await sent(again)).toEqual(['Bearer b']);
  });

  it('counts each pool by itself', async () => {
    const graphql = {
      type: 'TokenQuota',
      name: 'graphql',
      remaining_path: ['graphql', 'left'],
      reset_path: ['rest', 'reset'],
      matchers: [{ type: 'HttpRequestRegexMatcher' }],
    };
    const status = (token: string) => ({
      body: { rest: { left: 9, reset: inSeconds(9) }, graphql: { left: token === 'a' ? 0 : 9 } },
    });
    const { authenticator } = made({ quotas: [rest, graphql] }, status);
    expect(await sent(authenticator)).toEqual(['Bearer a']);
    const request = { ...testRequest(), url: new URL('https://api.test/graphql') };
    await authenticator.authenticate(request);
    expect(request.headers.Authorization).toBe('Bearer b');
  });

  it('uses tokens in turn where the API counts nothing', async () => {
    const quota_status_source = {
      type: 'QuotaStatusSource',
      url: 'https://api.test/limit',
      unavailable_status_codes: [404],
    };
    const { authenticator } = made({ quota_status_source }, () => ({ status: 404 }));
    expect(await sent(authenticator, 3)).toEqual(['Bearer a', 'Bearer b', 'Bearer a']);
  });
});

describe('when all tokens are spent', () => {
  it('waits for the earliest reset and asks again', async () => {
    const isOver = (reset: number) => scope.clock.now() >= reset * 1000;
    const { authenticator, scope } = made({}, (token) => {
      const reset = inSeconds(token === 'a' ? 100 : 30);
      return { body: { rest: { left: isOver(reset) ? 1 : 0, reset } } };
    });
    expect(await sent(authenticator)).toEqual(['Bearer b']);
    expect(scope.clock.sleeps).toEqual([30_000]);
  });

  it('fails when the reset is further away than the longest wait', async () => {
    const { authenticator } = made({ max_wait_time: 'PT1M' }, left({ a: 0, b: 0 }, inSeconds(61)));
    await expect(sent(authenticator)).rejects.toMatchObject({ kind: 'transient_error' });
  });

  it('stops waiting for a reset that never comes', async () => {
    const { authenticator, scope } = made({ max_wait_time: 'PT1M' }, left({ a: 0, b: 0 }, inSeconds(-5)));
    await expect(sent(authenticator)).rejects.toMatchObject({ kind: 'transient_error' });
    expect(scope.clock.now() - now).toBe(60_000);
  });

  it('spreads the last calls over the time until the reset', async () => {
    const { authenticator, scope } = made({ budget_min_reserve: 3 }, left({ a: 3, b: 3 }, inSeconds(10)));
    await sent(authenticator);
    expect(scope.clock.sleeps).toEqual([2000]);
  });

  // Of 4 calls a tenth is held back, of 100 calls ten: with 3 left only the latter are the last ones.
  it.each([
    [undefined, []],
    [['rest', 'max'], [5000]],
  ])('takes the limit of a pool from %j', async (limit_path, sleeps) => {
    const quota = { ...rest, ...(limit_path !== undefined && { limit_path }) };
    const { authenticator, scope } = made(
      { quotas: [quota], budget_reserve_fraction: 0.1, tokens: ['a'] },
      () => ({ body: { rest: { left: 3, max: '100', reset: inSeconds(10) } } }),
    );
    await sent(authenticator);
    expect(scope.clock.sleeps).toEqual(sleeps);
  });

  it('has as many calls as the limit in a window that a response announces without a count', async () => {
    const quota = { ...rest, limit_path: ['rest', 'max'], reset_header: 'X-Reset' };
    const { authenticator } = made({ quotas: [quota] }, () => ({
      body: { rest: { left: 1, max: 2, reset: inSeconds(600) } },
    }));
    const request = testRequest();
    await authenticator.authenticate(request);
    const headers = { 'X-Reset': String(inSeconds(1200)) };
    await authenticator.observe?.(testResponse({ headers }), request);
    expect(await sent(authenticator, 3)).toEqual(['Bearer a', 'Bearer a', 'Bearer b']);
  });
});

describe('what responses teach', () => {
  const quota = {
    ...rest,
    remaining_header: 'X-Left',
    reset_header: 'X-Reset',
    exhaustion_status_codes: [429],
  };

  async function taught(response: { status?: number; headers?: Record<string, string> }) {
    const { authenticator } = made({ quotas: [quota] }, left({ a: 10, b: 10 }));
    const request = testRequest();
    await authenticator.authenticate(request);
    await authenticator.observe?.(testResponse(response), request);
    return { request, authenticator };
  }

  it.each([
    ['a lower count is taken', { headers: { 'X-Left': '0' } }, 'Bearer b'],
    ['a higher count of the same window is not', { headers: { 'X-Left': '99' } }, 'Bearer a'],
    ['a refusal without a count spends the token', { status: 429 }, 'Bearer b'],
    [
      'a count of a window long past is ignored',
      { headers: { 'X-Left': '0', 'X-Reset': String(inSeconds(-600)) } },
      'Bearer a',
    ],
    [
      'a refusal is heard whatever its window',
      { status: 429, headers: { 'X-Reset': String(inSeconds(-600)) } },
      'Bearer b',
    ],
  ])('%s', async (_, response, next) => {
    const { authenticator } = await taught(response);
    expect(await sent(authenticator)).toEqual([next]);
  });

  it('knows when another token could be used at once', async () => {
    const refused = await taught({ status: 429 });
    expect(refused.authenticator.hasAlternative?.(refused.request)).toBe(true);
    const fine = await taught({});
    expect(fine.authenticator.hasAlternative?.(fine.request)).toBe(false);
  });
});

describe('a definition or answer that cannot be used', () => {
  it('names the path that the quota status lacks', async () => {
    const { authenticator } = made({}, () => ({ body: { rest: { left: 1 } } }));
    await expect(sent(authenticator)).rejects.toThrow(
      'nothing readable at "rest.reset", where the quota "rest" looks',
    );
  });

  it('fails when the quota endpoint refuses a token', async () => {
    const { authenticator } = made({}, () => ({ status: 401 }));
    await expect(sent(authenticator)).rejects.toThrow('refused with status 401');
  });

  it('refuses an empty list of tokens and a wait without fixed length', () => {
    expect(() => made({}, left({}), { tokens: ' , ' })).toThrow('The config has no tokens');
    expect(() => made({ max_wait_time: 'P1M' }, left({}))).toThrow(
      /"P1M" is not an ISO 8601 duration of fixed length/,
    );
  });
});
