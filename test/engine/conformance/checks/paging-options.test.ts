import { pagingOptions } from '../../../../engine/conformance/checks/paging-options.ts';
import { harness, itemsWith } from '../harness.ts';

const { expectPass, expectViolations } = harness(pagingOptions);

const paged = (strategy: string, option = 'inject_into: request_parameter, field_name: page') =>
  itemsWith({
    paginator: `type: DefaultPaginator
page_token_option: { type: RequestOption, ${option} }
pagination_strategy: { ${strategy} }`,
  });

describe('paging-options', () => {
  it('passes for pages that are sent as a page, and for tokens', async () => {
    await expectPass(paged('type: PageIncrement'));
    await expectPass(
      paged(
        'type: CursorPagination, cursor_value: "{{ response.next }}", stop_condition: "{{ not response.next }}"',
      ),
    );
  });

  it('finds records that are sent as a page, and pages that are sent as an offset', async () => {
    await expectViolations(paged('type: OffsetIncrement, page_size: 10'), [
      {
        message: /counts records \(OffsetIncrement\) and sends them as "page"/,
        at: '{ type: OffsetIncrement',
      },
    ]);
    await expectViolations(
      paged('type: PageIncrement', 'inject_into: request_parameter, field_name: offset'),
      [{ message: /counts pages \(PageIncrement\) and sends them as "offset"/ }],
    );
  });

  it('finds a token where nobody looks', async () => {
    await expectViolations(paged('type: PageIncrement', 'inject_into: header, field_name: page'), [
      { message: /is sent in a header/, at: 'header' },
    ]);
    await expectViolations(paged('type: PageIncrement', 'inject_into: body_json, field_name: page'), [
      { message: /is sent in the body of a GET request/, at: 'body_json' },
    ]);
  });

  it('finds a condition that is always the same', async () => {
    const strategy = 'type: CursorPagination, cursor_value: "{{ response.next }}", stop_condition:';
    await expectViolations(paged(`${strategy} "{{ True }}"`), [{ message: /pages end after the first one/ }]);
    await expectViolations(paged(`${strategy} "{{ false }}"`), [
      { message: /only where there is no further token/, at: '"{{ false }}"' },
    ]);
  });
});
