import { countedRecords } from '../../../../engine/validate/rules/counted-records.ts';
import { harness, withRetriever } from '../harness.ts';

const { expectValid, expectErrors } = harness(countedRecords);

const reset = 'pagination_reset: { action: RESET, limits: { number_of_records: 100 } }';
const selector =
  '\nrecord_selector: { extractor: { field_path: [] }, record_filter: { condition: "{{ true }}" } }';

describe('countedRecords', () => {
  it('are those of the API', () => {
    expectValid(withRetriever(reset));
    expectValid(withRetriever(`pagination_reset: { action: RESET }${selector}`));
  });

  it('are not those that a filter leaves', () => {
    expectErrors(withRetriever(reset + selector), [
      {
        message:
          'The "limits" of "pagination_reset" count records, so they cannot be combined with a "record_filter".',
        at: '{ number_of_records: 100 }',
      },
    ]);
  });
});
