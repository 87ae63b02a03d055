import { backoffTimes } from '../../../../engine/conformance/checks/backoff-times.ts';
import { harness, itemsWith } from '../harness.ts';

const { expectPass, expectNothing, expectViolations } = harness(backoffTimes);

const waiting = (strategy: string) =>
  itemsWith({
    requester: `error_handler:
  type: DefaultErrorHandler
  backoff_strategies: [${strategy}]`,
  });
const constant = (seconds: number) =>
  waiting(`{ type: ConstantBackoffStrategy, backoff_time_in_seconds: ${seconds} }`);

describe('backoff-times', () => {
  it('passes for seconds, minutes and whole hours', async () => {
    for (const seconds of [1, 60, 1800, 3600, 86_400]) await expectPass(constant(seconds));
    await expectPass(waiting('{ type: ExponentialBackoffStrategy, factor: 5 }'));
    await expectPass(waiting('{ type: WaitTimeFromHeader, header: Retry-After }'));
    await expectNothing(itemsWith());
  });

  it.each([
    [
      constant(60_000),
      '"backoff_time_in_seconds" is 60000 seconds, which is 16.7 hours: are these milliseconds?',
      '60000',
    ],
    [
      constant(3_600_000),
      '"backoff_time_in_seconds" is 3600000 seconds, which is 42 days: are these milliseconds?',
      '3600000',
    ],
    [
      constant(0),
      '"backoff_time_in_seconds" is 0 seconds: all tries are over within a moment, and an outage or a limit lasts longer.',
      '0 }',
    ],
    [
      waiting('{ type: ExponentialBackoffStrategy, factor: 0.005 }'),
      '"factor" is 0.005 seconds: all tries are over within a moment, and an outage or a limit lasts longer.',
      '0.005',
    ],
  ])('finds milliseconds and no wait at all', async (yaml, message, at) => {
    await expectViolations(yaml, [{ message, at, stream: 'items' }]);
  });
});
