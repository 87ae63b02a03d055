import { optionPairs } from '../../../../engine/conformance/checks/option-pairs.ts';
import { byDay, harness, itemsWith } from '../harness.ts';

const { expectPass, expectViolations } = harness(optionPairs);

const elsewhere = (option: string, where: string) =>
  byDay.replace(new RegExp(`(${option}.*)request_parameter`), `$1${where}`);
const named = (start: string, end: string, cursor = 'updated_at') =>
  byDay
    .replace('field_name: from', `field_name: "${start}"`)
    .replace('field_name: to', `field_name: "${end}"`)
    .replace('cursor_field: updated_at', `cursor_field: ${cursor}`);

describe('option-pairs', () => {
  it('finds bounds that are sent in two places: the one that does not fit the request', async () => {
    await expectPass(itemsWith({ incremental: byDay }));
    await expectViolations(itemsWith({ incremental: elsewhere('end_time_option', 'header') }), [
      {
        message:
          '"end_time_option" is sent in a header, and "start_time_option" in a parameter of the URL: do they not belong to one place?',
        at: 'header',
        stream: 'items',
      },
    ]);
    const post = 'http_method: POST\nrequest_body_json: { query: x }';
    await expectViolations(
      itemsWith({ incremental: elsewhere('start_time_option', 'body_json'), requester: post }),
      [{ message: /^"end_time_option" is sent in a parameter of the URL/ }],
    );
  });

  it('finds the number and the size of a page in two places', async () => {
    const paginator = (where: string) => `type: DefaultPaginator
page_token_option: { type: RequestOption, inject_into: request_parameter, field_name: page }
page_size_option: { type: RequestOption, inject_into: ${where}, field_name: limit }
pagination_strategy: { type: PageIncrement, page_size: 10, start_from_page: 1 }`;
    await expectPass(itemsWith({ paginator: paginator('request_parameter') }));
    await expectViolations(itemsWith({ paginator: paginator('header') }), [
      { message: /^"page_size_option" is sent in a header, and "page_token_option" in a parameter/ },
    ]);
  });

  it('finds a window of two moments', async () => {
    await expectPass(itemsWith({ incremental: named('updated_since', 'modifiedBefore') }));
    await expectViolations(itemsWith({ incremental: named('updated_since', 'created_before') }), [
      { message: /these are two moments, updated and created/, at: '"created_before"' },
    ]);
  });
});
