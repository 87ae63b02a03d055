import { FixedWindowCallRatePolicy } from '../../../../engine/components/api-budget/fixed-window-call-rate-policy.ts';
import { HTTPAPIBudget } from '../../../../engine/components/api-budget/http-api-budget.ts';
import { HttpRequestRegexMatcher } from '../../../../engine/components/api-budget/http-request-regex-matcher.ts';
import { MovingWindowCallRatePolicy } from '../../../../engine/components/api-budget/moving-window-call-rate-policy.ts';
import { UnlimitedCallRatePolicy } from '../../../../engine/components/api-budget/unlimited-call-rate-policy.ts';
import type { OutgoingRequest } from '../../../../engine/contract/families.ts';
import type { JsonObject } from '../../../../engine/util/json/json.ts';
import { testResponse } from '../../../kit/response.ts';
import { makeComponent, testScope } from '../../../kit/scope.ts';

const components = [
  FixedWindowCallRatePolicy,
  MovingWindowCallRatePolicy,
  UnlimitedCallRatePolicy,
  HttpRequestRegexMatcher,
];

function budgetOf(...policies: JsonObject[]) {
  const scope = testScope({ components, now: 0, config: { limit: 2 } });
  return {
    budget: makeComponent(HTTPAPIBudget, { type: 'HTTPAPIBudget', policies }, scope),
    clock: scope.clock,
  };
}

const request = (
  url = 'https://api.test/v1/items?type=a',
  over: Partial<OutgoingRequest> = {},
): OutgoingRequest => ({
  method: 'GET',
  url: new URL(url),
  headers: { 'X-Tier': '1' },
  ...over,
});

const moving = (fields: JsonObject = {}) => ({
  type: 'MovingWindowCallRatePolicy',
  rates: [{ limit: "{{ config['limit'] }}", interval: 'PT1S' }],
  matchers: [],
  ...fields,
});

describe('HTTPAPIBudget', () => {
  it('makes calls wait for their policy', async () => {
    const { budget, clock } = budgetOf(moving());
    for (let call = 0; call < 3; call++) await budget.acquire(request());
    expect(clock.sleeps).toEqual([1001]);
  });

  it('asks the first policy that matches, and none when none does', async () => {
    const unlimited = {
      type: 'UnlimitedCallRatePolicy',
      matchers: [{ type: 'HttpRequestRegexMatcher', url_path_pattern: 'free' }],
    };
    const { budget, clock } = budgetOf(
      unlimited,
      moving({ matchers: [{ type: 'HttpRequestRegexMatcher', method: 'get' }] }),
    );
    for (let call = 0; call < 5; call++) await budget.acquire(request('https://api.test/free'));
    for (let call = 0; call < 5; call++)
      await budget.acquire(request('https://api.test/x', { method: 'POST' }));
    expect(clock.sleeps).toEqual([]);
  });

  it('follows the headers of the API', async () => {
    const policy = { type: 'FixedWindowCallRatePolicy', period: 'PT1M', call_limit: 100, matchers: [] };
    const { budget, clock } = budgetOf(policy);
    const headers = { 'ratelimit-remaining': '0', 'ratelimit-reset': '30' };
    budget.observe(request(), testResponse({ headers }));
    await budget.acquire(request());
    expect(clock.sleeps).toEqual([30_001]);
  });

  it('takes a status of 429 for an empty budget', async () => {
    const { budget, clock } = budgetOf(moving());
    budget.observe(request(), testResponse({ status: 429 }));
    await budget.acquire(request());
    expect(clock.sleeps).toEqual([1001]);
  });

  it('lets requests weigh more than one call', async () => {
    const { budget, clock } = budgetOf(
      moving({ matchers: [{ type: 'HttpRequestRegexMatcher', weight: 2 }] }),
    );
    for (let call = 0; call < 2; call++) await budget.acquire(request());
    expect(clock.sleeps).toEqual([1001]);
    const heavy = budgetOf(moving({ matchers: [{ type: 'HttpRequestRegexMatcher', weight: '3' }] }));
    await expect(heavy.budget.acquire(request())).rejects.toThrow('can never fit into a limit of 2');
  });

  it('refuses a period that is no exact duration', () => {
    const policy = { type: 'FixedWindowCallRatePolicy', period: 'P1M', call_limit: 1, matchers: [] };
    expect(() => budgetOf(policy)).toThrow('an ISO 8601 duration without months or years');
  });
});

describe('HttpRequestRegexMatcher', () => {
  const matches = (fields: JsonObject) =>
    makeComponent(HttpRequestRegexMatcher, { type: 'HttpRequestRegexMatcher', ...fields }).matches(request());

  it.each([
    {},
    { method: 'get' },
    { url_base: 'https://api.test/' },
    { url_path_pattern: '/items$' },
    { params: { type: 'a' } },
    { headers: { 'x-tier': 1 } },
  ])('matches %j', (fields) => {
    expect(matches(fields)).toBe(true);
  });

  it.each([
    { method: 'POST' },
    { url_base: 'https://api.test/v1' },
    { url_path_pattern: '^/items' },
    { params: { type: 'b' } },
    { headers: { 'x-tier': 2 } },
  ])('does not match %j', (fields) => {
    expect(matches(fields)).toBe(false);
  });
});
