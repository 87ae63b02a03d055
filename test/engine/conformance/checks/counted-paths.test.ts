import { countedPaths } from '../../../../engine/conformance/checks/counted-paths.ts';
import { harness, itemsWith } from '../harness.ts';

const { expectPass, expectNothing, expectViolations } = harness(countedPaths);

const counted = (filters = '', stop = 'not response.num', next = 'response.num + 1') =>
  itemsWith({
    requester: filters && `error_handler: { type: DefaultErrorHandler, response_filters: [${filters}] }`,
    paginator: `type: DefaultPaginator
page_token_option: { type: RequestPath }
pagination_strategy:
  type: CursorPagination
  cursor_value: "/items/{{ ${next} }}"
  stop_condition: "{{ ${stop} }}"`,
  });

describe('counted-paths', () => {
  it('finds that nothing but a failure ends the stream', async () => {
    const expected = { message: /^Stream "items" counts from one path to the next/, at: '"/items' };
    await expectViolations(counted(), [expected]);
    await expectViolations(counted('{ type: HttpResponseFilter, action: RETRY, http_codes: [404, 500] }'), [
      expected,
    ]);
  });

  it('passes where the last path is known, or the one after it is no failure', async () => {
    await expectPass(counted('{ type: HttpResponseFilter, action: IGNORE, http_codes: [404] }'));
    await expectPass(counted('', 'response.num >= response.total'));
    await expectPass(counted('', 'response.is_last'));
    await expectNothing(counted('', 'not response.next', 'response.next'));
  });
});
