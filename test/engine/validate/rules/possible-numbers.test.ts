import { possibleNumbers } from '../../../../engine/validate/rules/possible-numbers.ts';
import { harness, withRetriever } from '../harness.ts';

const { expectValid, expectErrors } = harness(possibleNumbers);

const handler = (fields: string) =>
  withRetriever(`requester: { url: https://api.test/items, error_handler: { ${fields} } }`);
const statuses = (codes: string) => handler(`response_filters: [{ action: IGNORE, http_codes: ${codes} }]`);

describe('possibleNumbers', () => {
  it('are statuses of HTTP, and counts from none on', () => {
    expectValid(statuses('[100, 404, 599]'));
    expectValid(handler('max_retries: 0'));
    expectValid(handler('max_retries: ""'));
    expectValid(handler('max_retries: "{{ config.retries }}"'));
    expectValid(handler('backoff_strategies: [{ type: ExponentialBackoffStrategy, factor: 0 }]'));
  });

  it('are no statuses below 100 and above 599', () => {
    expectErrors(
      statuses('[42, 99, 600]'),
      [42, 99, 600].map((status) => ({
        message: `No response has the status ${status}: those of HTTP are 100 to 599.`,
        at: String(status),
        severity: 'warning',
      })),
    );
    expectErrors(
      withRetriever(
        '',
        '',
        'api_budget: { type: HTTPAPIBudget, policies: [], status_codes_for_ratelimit_hit: [4] }',
      ),
      [
        {
          message: 'No response has the status 4: those of HTTP are 100 to 599.',
          at: '4]',
          severity: 'warning',
        },
      ],
    );
  });

  it('are no fewer repetitions than none, written as a number or as a text', () => {
    for (const value of ['-1', '"-1"'])
      expectErrors(handler(`max_retries: ${value}`), [
        {
          message: '"max_retries" is below 0, so a request is never repeated, as with 0.',
          at: value,
          severity: 'warning',
        },
      ]);
    expectErrors(handler('backoff_strategies: [{ type: ExponentialBackoffStrategy, factor: -2 }]'), [
      {
        message: '"factor" is below 0, and there is no waiting for less than no time.',
        at: '-2',
        severity: 'warning',
      },
    ]);
  });
});
