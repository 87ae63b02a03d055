import { WaitTimeFromResponse } from '../../../../engine/components/backoff-strategies/wait-time-from-response.ts';
import { testResponse } from '../../../kit/response.ts';
import { makeComponent, testScope } from '../../../kit/scope.ts';

function strategy(wait: string, limit?: number | string) {
  const scope = testScope({ config: { limit: 60 } });
  const fields = {
    wait_time_in_seconds: wait,
    ...(limit !== undefined && { max_waiting_time_in_seconds: limit }),
  };
  const made = makeComponent(WaitTimeFromResponse, fields, scope);
  return {
    logs: scope.logs,
    waitFor: (body: unknown, headers: Record<string, string> = {}) =>
      made.backoff({ response: testResponse({ status: 429, body, headers }) }, 1),
    waitForError: () => made.backoff({ error: new Error('broken') }, 1),
  };
}

describe('WaitTimeFromResponse', () => {
  it('waits as long as the body says', async () => {
    expect(await strategy('{{ response.retry.seconds }}').waitFor({ retry: { seconds: 7 } })).toBe(7);
    expect(await strategy('{{ response.wait }}').waitFor({ wait: '2.5' })).toBe(2.5);
  });

  it('waits as long as a header says, whatever the body is', async () => {
    expect(await strategy("{{ headers['X-Wait'] }}").waitFor('<busy>', { 'x-wait': '12' })).toBe(12);
  });

  it.each([
    ['is missing', {}],
    ['is empty', { wait: '' }],
    ['is negative', { wait: -1 }],
    ['is no number', { wait: 'soon' }],
    ['is not finite', { wait: 'inf' }],
    ['is a list', { wait: [1] }],
  ])('has no answer when the value %s', async (_case, body) => {
    expect(await strategy('{{ response.wait }}').waitFor(body)).toBeUndefined();
  });

  it('has no answer for a body that the template was not written for, and reads the next one again', async () => {
    const { waitFor, logs } = strategy('{{ response.wait + 1 }}');
    expect(await waitFor({ wait: 'soon' })).toBeUndefined();
    expect(logs.map(({ level }) => level)).toEqual(['WARN']);
    expect(await waitFor(['soon'])).toBeUndefined();
    expect(await waitFor({ wait: 2 })).toBe(3);
  });

  it('sees an empty response when there was none', async () => {
    expect(await strategy('{{ 3 if response == {} else 4 }}').waitForError()).toBe(3);
  });

  it('ends the stream rather than wait as long as the limit', async () => {
    await expect(strategy('{{ response.wait }}', 10).waitFor({ wait: 10 })).rejects.toMatchObject({
      kind: 'transient_error',
    });
    expect(await strategy('{{ response.wait }}', 10).waitFor({ wait: 9 })).toBe(9);
    await expect(
      strategy('{{ response.wait }}', "{{ config['limit'] }}").waitFor({ wait: 60 }),
    ).rejects.toThrow('60 seconds');
  });

  it('refuses names that nothing has there', async () => {
    expect(() => strategy('{{ resposne.wait }}')).toThrow('"resposne"');
    const wait = strategy('{{ 5 if now_utc().timestamp() > 0 and not parameters.x else 6 }}');
    expect(await wait.waitFor({})).toBe(5);
  });
});
