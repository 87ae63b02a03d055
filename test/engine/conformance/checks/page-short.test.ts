import { pageShort } from '../../../../engine/conformance/checks/page-short.ts';
import { harness, itemsWith } from '../harness.ts';

const { expectPass, expectNothing, expectViolations } = harness(pageShort);

const paged = (strategy: string) =>
  itemsWith({
    paginator: `type: DefaultPaginator
page_token_option: { type: RequestOption, inject_into: request_parameter, field_name: after }
page_size_option: { type: RequestOption, inject_into: request_parameter, field_name: limit }
pagination_strategy: { ${strategy} }`,
  });

const token = 'type: CursorPagination, page_size: 10, cursor_value: "{{ response.next }}"';

describe('page-short', () => {
  it('passes where the token decides', async () => {
    await expectPass(paged(token));
  });

  it('finds a condition that ends with a short page', async () => {
    await expectViolations(paged(`${token}, stop_condition: "{{ last_page_size < 10 }}"`), [
      {
        message: /^A page with fewer records than asked for ends stream "items" although the API says/,
        at: '"{{ last_page_size',
        severity: 'warning',
      },
    ]);
  });

  it('has nothing to ask where answers say nothing of a further page', async () => {
    await expectNothing(paged('type: OffsetIncrement, page_size: 10'));
  });

  it('says nothing where an API only says up to when it has answered', async () => {
    const moments = paged(
      `${token.replace('next', 'end_time')}, stop_condition: "{{ last_page_size < 10 }}"`,
    );
    await expectNothing(moments);
  });
});
