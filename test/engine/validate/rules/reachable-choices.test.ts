import { reachableChoices } from '../../../../engine/validate/rules/reachable-choices.ts';
import { harness, withRetriever } from '../harness.ts';

const { expectValid, expectErrors } = harness(reachableChoices);

const constant = '{ type: ConstantBackoffStrategy, backoff_time_in_seconds: 5 }';
const header = '{ type: WaitTimeFromHeader, header: Retry-After }';
const backoff = (...strategies: string[]) =>
  withRetriever(
    `requester: { url: https://a.b, error_handler: { backoff_strategies: [${strategies.join(', ')}] } }`,
  );
const policy = (matchers: string) =>
  `{ type: FixedWindowCallRatePolicy, period: PT1M, call_limit: 10, matchers: [${matchers}] }`;
const budget = (...policies: string[]) =>
  withRetriever('', '', `api_budget: { policies: [${policies.join(', ')}] }`);

test('what comes after a choice that always decides is never asked', () => {
  expectValid(backoff(header, constant));
  expectValid(budget(policy('{ method: GET }'), policy('')));
  expectErrors(backoff(constant, header), [
    {
      severity: 'warning',
      message:
        'This backoff strategy is never asked: the one before it decides, since it always has an answer.',
      at: header,
    },
  ]);
  expectErrors(budget(policy(''), policy('{ method: GET }')), [
    {
      severity: 'warning',
      message:
        'This policy is never asked: the one before it decides, since it has no matchers and takes every request.',
      at: policy('{ method: GET }'),
    },
  ]);
});
