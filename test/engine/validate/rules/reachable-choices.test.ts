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

describe('a status that a filter lists', () => {
  const filters = (...given: string[]) =>
    withRetriever(
      `requester: { url: https://a.b, error_handler: { response_filters: [${given.join(', ')}] } }`,
    );
  const ignored = '{ http_codes: [404, 410], action: IGNORE }';

  it.each([
    [[ignored, '{ http_codes: [500], action: RETRY }']],
    [[ignored, '{ http_codes: [404, 500], action: RETRY }']],
    [[ignored, '{ http_codes: [404], predicate: "{{ response.a }}", action: RETRY }']],
    [[ignored, '{ error_message_contains: a, action: RETRY }']],
    [['{ http_codes: [404] }', '{ http_codes: [404], action: RETRY }']],
  ])('is that of no other: %j', (given) => {
    expectValid(filters(...given));
  });

  it('is no longer there for those after it', () => {
    const late = '{ http_codes: [410], action: RETRY }';
    expectErrors(filters(ignored, late), [
      {
        severity: 'warning',
        message: 'This response filter is never asked: those before it take its statuses.',
        at: late,
      },
    ]);
  });
});
