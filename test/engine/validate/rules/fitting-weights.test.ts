import { fittingWeights } from '../../../../engine/validate/rules/fitting-weights.ts';
import { harness, withRetriever } from '../harness.ts';

const { expectValid, expectErrors } = harness(fittingWeights);

const budget = (policy: string) =>
  withRetriever(
    'ignore_stream_slicer_parameters_on_paginated_requests: false',
    '',
    `api_budget: { type: HTTPAPIBudget, policies: [{ ${policy} }] }`,
  );
const fixed = (weight: number) =>
  `type: FixedWindowCallRatePolicy, period: PT1M, call_limit: 5, matchers: [{ weight: 1 }, { weight: ${weight} }]`;
const moving = (limits: readonly string[]) => {
  const rates = limits.map((limit) => `{ limit: ${limit}, interval: PT1S }`).join(', ');
  return `type: MovingWindowCallRatePolicy, rates: [${rates}], matchers: [{ weight: 6 }]`;
};

describe('fittingWeights', () => {
  it('are at most the calls of a window', () => {
    expectValid(budget(fixed(5)));
    expectErrors(budget(fixed(6)), [
      { message: 'A call with a weight of 6 can never fit into a limit of 5.', at: '6 }' },
    ]);
  });

  it('are at most the lowest of several limits, of those that are known', () => {
    expectValid(budget(moving(['6', '7'])));
    expectValid(budget(moving(['"{{ config.limit }}"'])));
    expectErrors(budget(moving(['7', '"{{ config.limit }}"', '4'])), [
      { message: 'A call with a weight of 6 can never fit into a limit of 4.', at: '6 }' },
    ]);
  });
});
