import { filterPredicates } from '../../../../engine/conformance/checks/filter-predicates.ts';
import { harness, itemsWith } from '../harness.ts';

const { expectPass, expectViolations, expectNothing } = harness(filterPredicates);

const filtered = (action: string, predicate: string, more = '') =>
  itemsWith({
    requester: `error_handler:
  type: DefaultErrorHandler
  response_filters:
    - type: HttpResponseFilter
      action: ${action}
      predicate: >-
        ${predicate.includes('{%') ? predicate : `{{ ${predicate} }}`}
${more}`,
  });

const withError = (comparison: string) =>
  `{% set error = (response.get('errors') or [{}])[0] -%} {{ ${comparison} }}`;

describe('filter-predicates', () => {
  it.each([
    ['RETRY', 'response.status_code == 429'],
    ['RETRY', "response.status != 'complete'"],
    ['RETRY', "'data' not in response"],
    ['RETRY', 'response.status_code >= 500'],
    ['RETRY', "headers['x-rate-limit-remaining'] == '0'"],
    ['RETRY', "headers.get('retry-after')"],
    ['FAIL', 'not response.success'],
    ['FAIL', 'response.success == false'],
    ['FAIL', "response.status not in ['ok', 'partial']"],
    ['FAIL', 'response.code != 0'],
    ['FAIL', "response.status != 'ok'"],
    ['RATE_LIMITED', 'response.code == 40100'],
    ['IGNORE', "response.errorCode == 'E0000001'"],
    ['FAIL', "response.error_code != '0'"],
    ['FAIL', 'response.error_code != 0'],
    // Of some APIs 0 is no success.
    ['FAIL', 'response.status == 0'],
    ['SUCCESS', 'response.code == 0'],
    ['FAIL', "'error' in response"],
    ['FAIL', 'response.errors'],
    ['FAIL', 'not response'],
    ['FAIL', 'response.code not in [401, 403, 0]'],
    ['FAIL', "config.strict != 'no' and response.code != 429"],
    ['IGNORE', "response.message== 'No transaction found'"],
    ['IGNORE', "response.error.code == 'not_found'"],
    ['IGNORE', 'response.results | length == 0'],
    ['IGNORE', "'Not enabled' in response.message"],
    ['SUCCESS', "response.status != 'failed'"],
    ['SUCCESS', 'response.data is defined'],
    ['FAIL', withError("error.get('code') == 'plan_restricted' or 'needed' in (error.get('message') or '')")],
  ])('passes for %s of %s', async (action, predicate) => {
    await expectPass(filtered(action, predicate));
  });

  it.each([
    ['RETRY', 'response.status_code != 429'],
    ['RATE_LIMITED', 'response.code != 40100'],
    ['IGNORE', "response.errorCode != 'E0000001'"],
    ['RETRY', "response.status_code | string != '429'"],
    ['RETRY', 'not (response.status_code == 429)'],
    ['RETRY', "response.status != 'processing'"],
    ['RETRY', 'response.status_code < 500'],
    ['RETRY', "headers['x-rate-limit-remaining'] != '0'"],
    ['RATE_LIMITED', "not headers.get('retry-after')"],
    ['FAIL', 'response.success == true'],
    ['FAIL', 'response.code not in [401, 403]'],
    ['FAIL', "'error' not in response"],
    ['FAIL', 'not response.errors'],
    ['IGNORE', "response.message != 'No transaction found'"],
    ['IGNORE', "'Not enabled' not in response.get('message', '')"],
    ['IGNORE', "'text/html' not in headers.get('content-type', '')"],
    ['FAIL', withError("error.get('code') != 'plan_restricted'")],
  ])('finds %s of %s, which is true of good answers', async (action, predicate) => {
    await expectViolations(filtered(action, predicate), [
      {
        message: /^"predicate" is true of good answers, such as/,
        stream: 'items',
      },
    ]);
  });

  it('finds what is true of all failures but the one that is named', async () => {
    await expectViolations(filtered('RETRY', "response.error.code != 'rate_limit'"), [
      {
        message: /^"predicate" is true of every failure but rate_limit, which it names/,
      },
    ]);
    await expectViolations(filtered('IGNORE', 'response.error.code != 404'), [
      { message: /^"predicate" is true of every failure but 404/ },
    ]);
    await expectViolations(filtered('IGNORE', "response.errors[0].message != 'Invalid token'"), [
      { message: /^"predicate" is true of every failure but Invalid token/ },
    ]);
    // Which wait would not change is not waited for.
    await expectPass(filtered('RETRY', "response.error.code != 'invalid_request'"));
  });

  it('finds one of three that is about another status', async () => {
    const about = (listed: number, asked: number, said: number) =>
      filtered(
        'RETRY',
        `response.status_code == ${asked}`,
        `      http_codes: [${listed}]\n      error_message: Error ${said}, trying again`,
      );
    await expectPass(about(429, 429, 429));
    await expectPass(about(429, 503, 500));
    const message = 'This is about status 428, and the rest of the filter about 429.';
    await expectViolations(about(428, 429, 429), [{ message, at: '[428]' }]);
    await expectViolations(about(429, 428, 429), [{ message, at: '>-' }]);
    await expectViolations(about(429, 429, 428), [{ message, at: 'Error 428' }]);
  });

  it('has nothing to say where there is no predicate', async () => {
    await expectNothing(itemsWith({}));
  });

  it.each([
    ['FAIL', 'response.code == 0'],
    ['FAIL', 'not (response.code != 0)'],
    ['IGNORE', "response.status == 'success'"],
  ])('finds %s of %s, which is what all is well with', async (action, predicate) => {
    await expectViolations(filtered(action, predicate), [
      { message: /^"predicate" is true of an answer that says .* all is well, and takes it for/ },
    ]);
  });
});
