import { filterCodes } from '../../../../engine/conformance/checks/filter-codes.ts';
import { harness, itemsWith } from '../harness.ts';

const { expectPass, expectViolations } = harness(filterCodes);

const filtered = (filter: string) =>
  itemsWith({
    requester: `error_handler:
  type: DefaultErrorHandler
  response_filters: [{ type: HttpResponseFilter, ${filter} }]`,
  });

describe('filter-codes', () => {
  it('finds an outage that is ignored', async () => {
    await expectViolations(filtered('action: IGNORE, http_codes: [503]'), [
      { message: /^An API that answers 503 is out of order for a while/, at: 'IGNORE' },
    ]);
    await expectPass(filtered('action: IGNORE, http_codes: [404, 503]'));
  });

  it('lets an answer that is not there yet be asked for again', async () => {
    await expectPass(filtered('action: RETRY, http_codes: [202]'));
    await expectViolations(filtered('action: IGNORE, http_codes: [202]'), [
      { message: 'An answer with the status 202 is a good one, and it is taken for IGNORE.' },
    ]);
  });

  it('finds a filter to which no answer comes', async () => {
    const two = (first: string, second: string) =>
      itemsWith({
        requester: `error_handler:
  type: CompositeErrorHandler
  error_handlers:
    - { type: DefaultErrorHandler, response_filters: [{ type: HttpResponseFilter, action: IGNORE, ${first} }] }
    - { type: DefaultErrorHandler, response_filters: [{ type: HttpResponseFilter, action: FAIL, ${second} }] }`,
      });
    await expectViolations(two('http_codes: [403, 404]', 'http_codes: [404]'), [
      {
        message: 'No answer comes to this filter: an earlier one takes every answer with the status 404.',
        at: '[404]',
      },
    ]);
    await expectPass(two('http_codes: [404], error_message_contains: gone', 'http_codes: [404]'));
  });

  it('finds one status that an earlier filter takes, and says nothing else of it', async () => {
    const two = (codes: string) =>
      itemsWith({
        requester: `error_handler:
  type: DefaultErrorHandler
  response_filters:
    - { type: HttpResponseFilter, action: FAIL, http_codes: [401] }
    - { type: HttpResponseFilter, action: IGNORE, http_codes: ${codes} }`,
      });
    await expectViolations(two('[404, 401]'), [
      {
        message:
          'An earlier filter takes every answer with the status 401, so it says nothing here: was another one meant?',
        at: '401]',
      },
    ]);
    await expectPass(two('[404, 403]'));
  });

  it('passes for messages about the status that a filter is for', async () => {
    await expectPass(filtered('action: RETRY, http_codes: [429], error_message: Rate limit hit'));
    await expectPass(filtered('action: FAIL, http_codes: [400, 422], error_message: "Failed with 422"'));
    await expectPass(filtered('action: FAIL, http_codes: [418], error_message: 5 items of 1400 were odd'));
  });

  it('takes what is gone for unavailable, and an outage for unavailable for a while', async () => {
    await expectPass(
      filtered('action: IGNORE, http_codes: [404], error_message: Entity unavailable. It may be deleted'),
    );
    for (const message of ['Service Unavailable', 'The API is currently unavailable'])
      await expectViolations(filtered(`action: IGNORE, http_codes: [404], error_message: ${message}`), [
        { message: /unavailable", which APIs tell with 503, and it is for 404/i, at: '[404]' },
      ]);
  });

  it.each([
    ['FAIL', 403, 404, 'You have no permission to read this'],
    ['FAIL', 400, 404, 'Bad request'],
    ['IGNORE', 500, 404, 'Something is wrong with the API'],
  ])('finds a message of %s that is about %d, not about %d', async (action, right, wrong, message) => {
    await expectPass(filtered(`action: ${action}, http_codes: [${right}], error_message: ${message}`));
    await expectViolations(filtered(`action: ${action}, http_codes: [${wrong}], error_message: ${message}`), [
      { message: /^The message of this filter speaks of/, at: `[${wrong}]` },
    ]);
  });

  it('finds a message about another status', async () => {
    await expectViolations(filtered('action: IGNORE, http_codes: [428], error_message: Rate limit hit'), [
      { message: /speaks of "Rate limit", which APIs tell with 429, and it is for 428/, at: '[428]' },
    ]);
    await expectViolations(
      filtered('action: IGNORE, http_codes: [500], error_message: "Failed with error 404"'),
      [{ message: 'The message of this filter is about status 404, and it is for 500.', at: '[500]' }],
    );
  });

  it('finds a status that no server sends, and good answers that fail', async () => {
    await expectViolations(filtered('action: RETRY, http_codes: [492]'), [
      { message: 'No API answers with the status 492: was another one meant?', at: '[492]' },
    ]);
    await expectViolations(filtered('action: FAIL, http_codes: [200]'), [
      {
        message: 'An answer with the status 200 is a good one, and it is taken for FAIL.',
        at: '[200]',
      },
    ]);
    await expectPass(filtered('action: FAIL, http_codes: [200], error_message_contains: quota'));
  });

  it('finds failures that are taken for good answers, and limits that are ignored', async () => {
    await expectViolations(filtered('action: SUCCESS, http_codes: [500]'), [
      {
        message: /^An answer with status 500 has no records, and its body is read as if it had/,
        at: 'SUCCESS',
      },
    ]);
    await expectViolations(filtered('action: SUCCESS, http_codes: [400], error_message: Enter a scope'), [
      { message: /^Nobody is told the message of this filter/, at: 'SUCCESS' },
    ]);
    await expectPass(filtered('action: SUCCESS, http_codes: [404]'));
    await expectViolations(filtered('action: IGNORE, http_codes: [429]'), [
      { message: /^An API that answers 429 has been asked too often/, at: 'IGNORE' },
    ]);
    await expectViolations(filtered('action: RATE_LIMITED, http_codes: [420]'), [
      { message: /^A rate limit is 429/, at: '[420]' },
    ]);
  });

  it('finds what is refused and asked for again, and wrong credentials that are ignored', async () => {
    await expectViolations(filtered('action: RETRY, http_codes: [401, 404]'), [
      {
        message: /answers 401, 404 refuses the request as it is, and would refuse it again: RETRY only waits/,
        at: 'RETRY',
      },
    ]);
    await expectPass(filtered('action: RETRY, http_codes: [403]'));
    await expectViolations(filtered('action: IGNORE, http_codes: [401]'), [
      {
        message: /With an expired or mistyped credential every answer is 401, and is ignored here/,
        at: 'IGNORE',
      },
    ]);
  });

  it('finds what is asked for again although its message says that it lasts', async () => {
    await expectViolations(
      filtered('action: RETRY, http_codes: [403], error_message: You have no permission'),
      [
        {
          message:
            'The message of this filter speaks of "permission", which no wait changes, and its action is RETRY.',
          at: 'RETRY',
        },
      ],
    );
  });

  it('finds what is never tried again', async () => {
    const requester = 'error_handler: { type: DefaultErrorHandler, max_retries: 0 }';
    await expectViolations(itemsWith({ requester }), [
      { message: /^Nothing is tried a second time here/, at: '0' },
    ]);
  });

  it('finds what is tried for ever', async () => {
    const filter = '{ type: HttpResponseFilter, action: RETRY, http_codes: [503] }';
    const tries = (count: number) =>
      itemsWith({
        requester: `error_handler: { type: DefaultErrorHandler, max_retries: ${count}, response_filters: [${filter}] }`,
      });
    await expectPass(tries(100));
    await expectViolations(tries(1000), [{ message: /^A request is tried 1000 times here/, at: '1000' }]);
  });

  it('knows of what an API itself says which status it says that with', async () => {
    const told = (code: number) =>
      filtered(`action: FAIL, http_codes: [${code}], error_message_contains: Missing required parameter`);
    await expectPass(told(400));
    await expectViolations(told(404), [
      { message: /speaks of "Missing required param", which APIs tell with 400/, at: '[404]' },
    ]);
  });

  it('finds what gives up although its message says that it passes', async () => {
    await expectPass(filtered('action: RATE_LIMITED, http_codes: [429], error_message: Rate limit hit'));
    await expectViolations(filtered('action: FAIL, http_codes: [429], error_message: Rate limit hit'), [
      {
        message:
          'The message of this filter speaks of "Rate limit", after which the same request is answered later, and its action is FAIL.',
        at: 'FAIL',
      },
    ]);
  });

  it('looks at streams that are only parents', async () => {
    const parent = itemsWith({
      requester:
        'error_handler: { type: DefaultErrorHandler, response_filters: [{ type: HttpResponseFilter, action: IGNORE, http_codes: [200] }] }',
    });
    const stream = parent.slice(parent.indexOf('  - type: DeclarativeStream'), parent.indexOf('\nspec:'));
    const child = itemsWith({ path: '/{{ stream_partition.item }}' }).replace(
      '      paginator:',
      `      partition_router:
        type: SubstreamPartitionRouter
        parent_stream_configs:
          - parent_key: id
            partition_field: item
            stream:
${stream.replace(/^ {2}- /, '    ').replace(/^/gm, '          ')}
      paginator:`,
    );
    await expectViolations(child, [{ message: /^An answer with the status 200 is a good one/, at: '[200]' }]);
  });

  it.each([
    ['Permission denied or entity is unprocessable.', '403, 422', '403'],
    ['Payment required or access denied', '402', '401'],
    ['Method not allowed', '405', '400'],
    ['There is a conflict with a running export', '409', '404'],
    ['Request too large', '413', '422'],
    ['Gateway timeout', '504', '400'],
    ['Invalid interval parameter', '400', '404'],
  ])('knows the status that a message names in words: %s', async (message, right, wrong) => {
    const told = (codes: string) =>
      filtered(`action: FAIL, http_codes: [${codes}], error_message: "${message}"`);
    await expectPass(told(right));
    await expectViolations(told(wrong), [
      { message: /^The message of this filter speaks of ".+", which APIs tell with \d+, and it is for/ },
    ]);
  });
});
