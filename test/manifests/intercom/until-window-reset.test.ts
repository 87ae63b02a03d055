import { UntilWindowReset } from '../../../manifests/intercom/until-window-reset.ts';
import { testResponse } from '../../kit/response.ts';
import { makeComponent, testScope } from '../../kit/scope.ts';

const now = Date.UTC(2024, 0, 1);
const wait = (status: number, headers: Record<string, string>) => {
  const strategy = makeComponent<'BackoffStrategy'>(UntilWindowReset as never, {}, testScope({ now }));
  return strategy.backoff({ response: testResponse({ status, headers }) }, 1);
};

describe('UntilWindowReset', () => {
  it('waits until the window of a 429 is over', () => {
    expect(wait(429, { 'X-RateLimit-Reset': String(now / 1000 + 6) })).toBe(6);
  });

  it('never waits for no time at all', () => {
    expect(wait(429, { 'X-RateLimit-Reset': String(now / 1000) })).toBe(0.1);
  });

  it('takes Retry-After where there is no reset', () => {
    expect(wait(429, { 'Retry-After': '3' })).toBe(3);
  });

  it('has no answer to a 429 without headers, to other statuses and to broken connections', () => {
    expect(wait(429, {})).toBeUndefined();
    expect(wait(500, { 'X-RateLimit-Reset': String(now / 1000 + 6) })).toBeUndefined();
    const strategy = makeComponent<'BackoffStrategy'>(UntilWindowReset as never, {}, testScope({ now }));
    expect(strategy.backoff({ error: new Error('reset') }, 1)).toBeUndefined();
  });
});
