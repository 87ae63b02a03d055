import { errGarbage } from '../../../../engine/conformance/checks/err-garbage.ts';
import { harness, itemsWith } from '../harness.ts';

const { expectPass, expectViolations } = harness(errGarbage);

describe('err-garbage', () => {
  it('passes when a page of HTML is an error', async () => {
    await expectPass(itemsWith());
  });

  it('finds a filter that ignores every answer without the list', async () => {
    const requester = `error_handler:
  type: DefaultErrorHandler
  response_filters: [{ type: HttpResponseFilter, action: IGNORE, predicate: "{{ 'data' not in response }}" }]`;
    await expectViolations(itemsWith({ requester }), [
      { message: 'Stream "items" takes a page of HTML for an answer without records.', stream: 'items' },
    ]);
  });
});
