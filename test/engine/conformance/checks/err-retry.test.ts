import { errRetry } from '../../../../engine/conformance/checks/err-retry.ts';
import { defineHook } from '../../../../engine/language/hook.ts';
import { harness, itemsWith } from '../harness.ts';

const { expectPass, expectViolations } = harness(errRetry);

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
      'a moment in a header, or else a constant',
      withStrategies(
        '{ type: WaitUntilTimeFromHeader, header: X-Reset }, { type: ConstantBackoffStrategy, backoff_time_in_seconds: 7 }',
      ),
    ],
  ])('passes where %s is waited for', async (_what, yaml) => {
    await expectPass(yaml);
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
});
