import { noAcceptance } from '../../../../engine/conformance/acceptance/acceptance.ts';
import { expectedEmitted } from '../../../../engine/conformance/checks/expected-emitted.ts';
import type { JsonObject } from '../../../../engine/util/json/json.ts';
import { byDay, harness, itemsWith } from '../harness.ts';

const { expectNothing, expectPass, expectViolations } = harness(expectedEmitted);

const listed = (...records: readonly JsonObject[]) => ({
  acceptance: {
    ...noAcceptance,
    expectedRecords: records.map((data) => ({
      stream: 'items',
      data,
      place: {
        source: { name: 'expected_records.jsonl', text: JSON.stringify(data) },
        start: 0,
        end: 9,
        pointer: '',
      },
    })),
  },
});

const schema = 'id: { type: integer }\nupdated_at: { type: string }\ncolor: { type: [string, "null"] }';
const red = { id: 7, color: 'red', updated_at: '2019-01-01' };
const blue = { id: 8, color: 'blue', updated_at: '2019-01-02' };

describe('expected-emitted', () => {
  it('passes for records that come out as they are listed', async () => {
    await expectPass(itemsWith({ schema, incremental: byDay }), listed(red, blue));
    await expectPass(itemsWith({ schema }), listed(red, { id: 9, color: null }));
  });

  it('has nothing to look at where nothing is listed', async () => {
    await expectNothing(itemsWith({ schema }));
  });

  it('finds a field that comes out in another way', async () => {
    const stream = 'transformations: [{ type: RemoveFields, field_pointers: [[color]] }]';
    await expectViolations(
      itemsWith({ schema, stream }),
      [
        {
          message:
            '"color" of a record of "items" is expected as "red", and comes out as nothing of an API that has it.',
          at: JSON.stringify(red),
        },
      ],
      listed(red, blue),
    );
  });

  it('finds a record that a filter leaves out', async () => {
    const selector = `record_filter: { type: RecordFilter, condition: "{{ record.id != 8 }}" }`;
    await expectViolations(
      itemsWith({ schema, selector }),
      [
        {
          message: 'A record that is expected of "items" does not come out of an API that has it.',
          at: JSON.stringify(blue),
        },
      ],
      listed(red, blue),
    );
  });
});
