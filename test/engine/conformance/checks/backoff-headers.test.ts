import { backoffHeaders } from '../../../../engine/conformance/checks/backoff-headers.ts';
import { harness, itemsWith } from '../harness.ts';

const { expectPass, expectViolations } = harness(backoffHeaders);

const waits = (type: string, header: string) =>
  itemsWith({
    requester: `error_handler: { type: DefaultErrorHandler, backoff_strategies: [{ type: ${type}, header: ${header} }] }`,
  });

describe('backoff-headers', () => {
  it('passes for what a header customarily holds', async () => {
    await expectPass(waits('WaitTimeFromHeader', 'Retry-After'));
    await expectPass(waits('WaitUntilTimeFromHeader', 'X-RateLimit-Reset'));
    await expectPass(waits('WaitTimeFromHeader', 'RateLimit-Reset'));
  });

  it('finds a moment that is waited for like a time', async () => {
    await expectViolations(waits('WaitTimeFromHeader', 'x-rate-limit-reset'), [
      { message: /customarily holds the moment/, at: 'x-rate-limit-reset', stream: 'items' },
    ]);
  });

  it('finds seconds that are taken for a moment', async () => {
    await expectViolations(waits('WaitUntilTimeFromHeader', 'Retry-After'), [
      { message: /"Retry-After" holds the seconds to wait/ },
    ]);
    await expectViolations(waits('WaitUntilTimeFromHeader', 'X-Reset-In-Seconds'), [
      { message: /holds the seconds to wait/ },
    ]);
  });

  it('finds what is no header of waits', async () => {
    await expectPass(waits('WaitTimeFromHeader', 'X-Retry-After'));
    await expectViolations(waits('WaitTimeFromHeader', 'Retry_After'), [
      { message: /^No API answers with a header "Retry_After"/, at: 'Retry_After' },
    ]);
    await expectViolations(waits('WaitUntilTimeFromHeader', 'Date'), [
      { message: /^"Date" is about the answer itself/, at: 'Date' },
    ]);
  });

  it('finds a count that is waited for', async () => {
    await expectViolations(waits('WaitTimeFromHeader', 'X-RateLimit-Remaining'), [
      { message: /holds how many requests there are/ },
    ]);
  });
});
