import { recordPath } from '../../../../engine/conformance/checks/record-path.ts';
import { harness, itemsWith } from '../harness.ts';

const { expectPass, expectViolations } = harness(recordPath);

const paged = (path: string, read: string) =>
  itemsWith({
    paginator: `type: DefaultPaginator
page_token_option: { type: RequestOption, inject_into: request_parameter, field_name: after }
pagination_strategy: { type: CursorPagination, cursor_value: "{{ ${read} }}" }`,
  }).replace('field_path: [data]', `field_path: ${path}`);

describe('record-path', () => {
  it('passes for a path to records, and for answers that are records', async () => {
    await expectPass(paged('[data]', 'response.next'));
    await expectPass(paged('[]', 'headers.next'));
    await expectPass(paged('[]', 'response[-1].id'));
    await expectPass(paged('[]', 'response.id'));
  });

  it('finds an answer that is a record and says where the next page is', async () => {
    await expectViolations(paged('[]', 'response.meta.next'), [
      {
        message:
          /The whole answer is taken for one record, and its field "meta.next" says where the next page is/,
        at: '[]',
      },
    ]);
  });
});
