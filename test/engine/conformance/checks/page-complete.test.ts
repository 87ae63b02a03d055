import { pageComplete } from '../../../../engine/conformance/checks/page-complete.ts';
import { harness, itemsWith } from '../harness.ts';

const { expectPass, expectViolations } = harness(pageComplete);

const paged = (stop: string, size = 20) =>
  itemsWith({
    paginator: `type: DefaultPaginator
page_token_option: { type: RequestOption, inject_into: request_parameter, field_name: after }
page_size_option: { type: RequestOption, inject_into: request_parameter, field_name: limit }
pagination_strategy:
  type: CursorPagination
  page_size: ${size}
  cursor_value: "{{ response.next }}"
  stop_condition: "{{ ${stop} }}"`,
  });

describe('page-complete', () => {
  it('passes where the condition has the size that is asked for', async () => {
    await expectPass(paged('last_page_size < 20'));
    await expectPass(paged('not response.next'));
  });

  it.each(['last_page_size < 1_00', 'response.data | length < 100'])(
    'names both sizes where it is %s',
    async (stop) => {
      await expectViolations(paged(stop), [
        { message: /less than 100 records, and asks for 20 \("page_size"\)/, at: '"{{' },
      ]);
    },
  );
});
