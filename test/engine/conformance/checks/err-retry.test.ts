import * as z from 'zod';
import { errRetry } from '../../../../engine/conformance/checks/err-retry.ts';
import { defineHook } from '../../../../engine/language/hook.ts';
import { slot } from '../../../../engine/language/slots.ts';
import { byDay, harness, itemsWith } from '../harness.ts';

const { expectPass, expectViolations, run } = harness(errRetry);

function withStrategies(strategies: string, more = ''): string {
  return itemsWith({
    requester: `error_handler: { type: DefaultErrorHandler, ${more} backoff_strategies: [${strategies}] }`,
  });
}

describe('err-retry', () => {
  it.each([
    ['Retry-After', itemsWith()],
    ['a constant', withStrategies('{ type: ConstantBackoffStrategy, backoff_time_in_seconds: 7 }')],
    ['seconds in a header', withStrategies('{ type: WaitTimeFromHeader, header: X-Wait }')],
    [
      'what an expression finds in a header',
      withStrategies("{ type: WaitTimeFromHeader, header: X-Wait, regex: '[0-9]{1,3}' }"),
    ],
    [
      'a value of the answer, or else at least some seconds',
      withStrategies(
        '{ type: WaitTimeFromResponse, wait_time_in_seconds: "{{ response.error.wait }}" }, { type: WaitUntilTimeFromHeader, header: X-Reset, min_wait: 12 }',
      ),
    ],
    [
      'a header by a template',
      withStrategies(`{ type: WaitTimeFromResponse, wait_time_in_seconds: "{{ headers.get('X-Wait') }}" }`),
    ],
    [
      'what is reckoned out of the answer',
      withStrategies(
        '{ type: WaitTimeFromResponse, wait_time_in_seconds: "{{ response.wait / 1000 }}" }, { type: ExponentialBackoffStrategy, factor: 7 }',
      ),
    ],
    ['some seconds that double', withStrategies('{ type: ExponentialBackoffStrategy, factor: 7 }')],
    [
      'a moment in a header, or else a constant',
      withStrategies(
        '{ type: WaitUntilTimeFromHeader, header: X-Reset }, { type: ConstantBackoffStrategy, backoff_time_in_seconds: 7 }',
      ),
    ],
  ])('passes where %s is waited for', async (_what, yaml) => {
    await expectPass(yaml);
  });

  it('passes where a budget of calls is filled by each 429', async () => {
    const budget = `api_budget:
  type: HTTPAPIBudget
  policies: [{ type: MovingWindowCallRatePolicy, rates: [{ limit: 12, interval: PT1M }], matchers: [] }]
concurrency_level: { type: ConcurrencyLevel, default_concurrency: 40 }`;
    const often = byDay.replace('P10D', 'P1D').replace("{{ config['start_date'] }}", '2025-11-01');
    await expectPass(
      `${itemsWith({ incremental: often, requester: 'error_handler: { type: DefaultErrorHandler }' })}${budget}`,
    );
  });

  it('finds a handler without retries', async () => {
    await expectViolations(
      itemsWith({ requester: 'error_handler: { type: DefaultErrorHandler, max_retries: 0 }' }),
      [{ message: /^A single 429 costs stream "items" its records/, at: '0', severity: 'error' }],
    );
  });

  it('finds an expression that takes only a digit of what a header asks for', async () => {
    await expectViolations(withStrategies('{ type: WaitTimeFromHeader, header: X-Wait, regex: "[0-9]" }'), [
      {
        message: 'A 429 asks to wait 35 seconds in "X-Wait" (35), and stream "items" asks again after 4.',
        at: '{ type: WaitTimeFromHeader',
        stream: 'items',
        severity: 'warning',
      },
    ]);
  });

  it.each([
    ['reset=(\\d+)', 'reset=35'],
    ['wait: ?[0-9]+ s', 'wait:35 s'],
  ])('finds an expression that takes more of a header than a number: %s', async (regex, text) => {
    const strategy = `{ type: WaitTimeFromHeader, header: X-Wait, regex: '${regex}' }`;
    await expectViolations(withStrategies(strategy), [
      {
        message: `A 429 asks to wait 35 seconds in "X-Wait" (${text}), and stream "items" asks again after 1.`,
        at: '{ type: WaitTimeFromHeader',
        severity: 'warning',
      },
    ]);
  });

  it.each([
    ['wait 35', '{ type: WaitTimeFromResponse, wait_time_in_seconds: "{{ response[\'wait\'] }}" }'],
    ['wait 35', '{ type: WaitTimeFromResponse, wait_time_in_seconds: "{{ headers.get(\'X-Wait\') }}" }'],
    ['waits 7', '{ type: ConstantBackoffStrategy, backoff_time_in_seconds: 7 }'],
    ['waits at least 12', '{ type: WaitUntilTimeFromHeader, header: X-Reset, min_wait: 12 }'],
    ['waits at least 7', '{ type: ExponentialBackoffStrategy, factor: 7 }'],
  ])('finds that nobody %s seconds, as is said by %s', async (seconds, strategy) => {
    const hasty = defineHook('ErrorHandler', {
      name: 'Hasty',
      fields: () => ({ backoff_strategies: z.array(slot('BackoffStrategy')) }),
      make: () => ({
        maxRetries: 3,
        resolve: async (outcome) => ({
          action: 'response' in outcome && outcome.response.status === 200 ? 'SUCCESS' : 'RETRY',
          failureType: 'transient_error',
          message: '',
        }),
        backoff: async () => 2,
      }),
    });
    const requester = `error_handler: { type: CustomErrorHandler, class_name: source_x.components.Hasty, backoff_strategies: [${strategy}] }`;
    const { violations } = await run(itemsWith({ requester }), { hooks: [hasty] });
    expect(violations.map(({ message }) => message)).toContainEqual(
      expect.stringMatching(new RegExp(`${seconds} seconds.*, and stream "items" asks again after [23]\\.`)),
    );
  });

  it('finds a moment in a header that is taken for the past', async () => {
    await expectViolations(
      withStrategies('{ type: WaitUntilTimeFromHeader, header: X-Reset, regex: "[0-9]{6}" }'),
      [
        {
          message:
            /^A 429 asks to wait 35 seconds in "X-Reset" \(\d+\), and stream "items" asks again after 1\.$/,
          at: '{ type: WaitUntilTimeFromHeader',
        },
      ],
    );
  });

  it('finds a handler that waits for less than the strategies behind it are asked for', async () => {
    const requester = `error_handler:
  type: CompositeErrorHandler
  error_handlers:
    - type: DefaultErrorHandler
      backoff_strategies: [{ type: ConstantBackoffStrategy, backoff_time_in_seconds: 5 }]
    - type: DefaultErrorHandler
      backoff_strategies: [{ type: WaitTimeFromHeader, header: X-Wait }]`;
    await expectViolations(itemsWith({ requester }), [
      {
        message: /35 seconds in "X-Wait" \(35\), and stream "items" asks again after 6\.$/,
        at: '{ type: WaitTime',
      },
    ]);
  });

  it('does not know what a hook takes from an answer', async () => {
    const eager = defineHook('BackoffStrategy', {
      name: 'Eager',
      fields: () => ({}),
      make: () => ({ backoff: () => 1 }),
    });
    await expectPass(
      withStrategies(
        '{ type: CustomBackoffStrategy, class_name: source_x.components.Eager }, { type: ConstantBackoffStrategy, backoff_time_in_seconds: 7 }',
      ),
      { hooks: [eager] },
    );
  });

  it('warns of a 429 for which a manifest says that it gives up, and why', async () => {
    const giving = (up: string) =>
      itemsWith({
        requester: `error_handler: { type: DefaultErrorHandler, response_filters: [{ action: FAIL, ${up} }] }`,
      });
    const reason = 'error_message: The calls of this day are used up';
    for (const [filter, severity] of [
      ['http_codes: [429]', 'error'],
      [`http_codes: [429], ${reason}`, 'warning'],
      [`http_codes: [503], ${reason}`, 'error'],
    ] as const)
      await expectViolations(giving(filter), [
        { message: /^A single \d+ costs stream "items" its records/, at: '{ action: FAIL', severity },
      ]);
  });

  describe('where a predicate decides,', () => {
    const byBody = (predicate: string) =>
      itemsWith({
        requester: `error_handler: { type: DefaultErrorHandler, response_filters: [{ action: FAIL, predicate: "{{ ${predicate} }}" }] }`,
      });

    it('takes a 429 for one that says more than what was made up', async () => {
      await expectPass(byBody("response.get('message') == 'Too many requests'"));
    });

    it('warns of a server that is down for a moment', async () => {
      await expectViolations(byBody("response.get('code') != 0"), [
        {
          message: /^A single 503 costs stream "items" its records/,
          at: '{ action: FAIL',
          severity: 'warning',
        },
      ]);
    });
  });
});
