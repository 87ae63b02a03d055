import { pageTerminates } from '../../../../engine/conformance/checks/page-terminates.ts';
import { harness, itemsWith } from '../harness.ts';

const { expectPass, expectViolations } = harness(pageTerminates);

describe('page-terminates', () => {
  it('passes for pages that end with a token', async () => {
    await expectPass(
      itemsWith({
        paginator: `type: DefaultPaginator
page_token_option: { type: RequestOption, inject_into: request_parameter, field_name: after }
pagination_strategy: { type: CursorPagination, cursor_value: "{{ response.next }}" }`,
      }),
    );
  });

  // That pages repeat is noticed by the engine, whatever the manifest says: only another engine goes on.
  it('finds an engine that asks for the same page again and again', async () => {
    await expectViolations(
      itemsWith({
        paginator: `type: DefaultPaginator
page_token_option: { type: RequestOption, inject_into: request_parameter, field_name: page }
pagination_strategy: { type: PageIncrement }`,
      }),
      [
        {
          message: /asks for one page after the other although each is the same/,
          at: '{ type: PageIncrement }',
        },
      ],
      { sends: 6 },
    );
  });
});
