import { errGarbage } from '../../../../engine/conformance/checks/err-garbage.ts';
import { defineHook } from '../../../../engine/language/hook.ts';
import { byDay, harness, itemsWith } from '../harness.ts';

const { expectPass, expectViolations } = harness(errGarbage);

describe('err-garbage', () => {
  it('passes when a page of HTML is an error', async () => {
    await expectPass(itemsWith());
  });

  it('passes when each of very many windows is an error', async () => {
    const incremental = byDay.replace('P10D', 'P1D').replace(`"{{ config['start_date'] }}"`, '"2023-01-01"');
    const requester = `error_handler:
  type: DefaultErrorHandler
  max_retries: 5
  response_filters: [{ type: HttpResponseFilter, action: RETRY, predicate: "{{ 'data' not in response }}" }]`;
    await expectPass(itemsWith({ incremental, requester }));
  });

  it('finds a filter that ignores every answer without the list', async () => {
    const requester = `error_handler:
  type: DefaultErrorHandler
  response_filters: [{ type: HttpResponseFilter, action: IGNORE, predicate: "{{ 'data' not in response }}" }]`;
    await expectViolations(itemsWith({ requester }), [
      { message: 'Stream "items" takes a page of HTML for an answer without records.', stream: 'items' },
    ]);
  });

  it('finds a stream that asks again and again', async () => {
    const patient = defineHook('ErrorHandler', {
      name: 'Patient',
      fields: () => ({}),
      make: () => ({
        maxRetries: 1_000_000,
        maxTime: Number.POSITIVE_INFINITY,
        resolve: async () => ({ action: 'SUCCESS', failureType: 'transient_error', message: '' }),
        backoff: async () => 0.01,
      }),
    });
    const requester = 'error_handler: { type: CustomErrorHandler, class_name: source_x.components.Patient }';
    await expectViolations(
      itemsWith({ requester }),
      [
        {
          message: 'Stream "items" asks again without end where it is answered with a page of HTML.',
          stream: 'items',
        },
      ],
      { hooks: [patient] },
    );
  });
});
