import { pageEmpty } from '../../../../engine/conformance/checks/page-empty.ts';
import { harness, itemsWith } from '../harness.ts';

const { expectPass, expectViolations } = harness(pageEmpty);

describe('page-empty', () => {
  it('passes when nothing comes of nothing', async () => {
    await expectPass(itemsWith());
  });

  it('finds an error that is only logged', async () => {
    await expectViolations(
      itemsWith(),
      [{ message: 'An API that has no records makes stream "items" fail: nothing there' }],
      { said: () => 'nothing there', saidAs: 'ERROR' },
    );
  });

  it('finds an error handler that takes an empty list for a failure', async () => {
    const requester = `error_handler:
  type: DefaultErrorHandler
  response_filters: [{ type: HttpResponseFilter, action: FAIL, predicate: "{{ response.data | length == 0 }}" }]`;
    await expectViolations(itemsWith({ requester }), [
      {
        message: /^An API that has no records makes stream "items" fail: /,
        stream: 'items',
        severity: 'error',
      },
    ]);
  });
});
