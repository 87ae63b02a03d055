import { noAcceptance } from '../../../../engine/conformance/acceptance/acceptance.ts';
import { expectedRecords } from '../../../../engine/conformance/checks/expected-records.ts';
import { harness, itemsWith } from '../harness.ts';

const { expectPass, expectViolations } = harness(expectedRecords);

const place = { source: { name: 'x.jsonl', text: 'a line' }, start: 0, end: 6, pointer: '' };

describe('expected-records', () => {
  const given = (...records: readonly (readonly [string, Record<string, unknown>])[]) => ({
    acceptance: {
      ...noAcceptance,
      expectedRecords: records.map(([stream, data]) => ({ stream, data, place })),
    },
  });

  it('passes for records that fit', async () => {
    await expectPass(
      itemsWith(),
      given(['items', { id: 1, updated_at: '2026-01-02' }], ['items', { id: 2 }]),
    );
  });

  it('finds a stream that is not there, a missing key, a key that two share, a wrong type', async () => {
    const cases: [readonly (readonly [string, Record<string, unknown>])[], RegExp][] = [
      [[['item', { id: 1 }]], /A record of "item" is expected, and there is no such stream/],
      [[['items', { updated_at: 'a' }]], /has no value for its primary key/],
      [
        [
          ['items', { id: 1 }],
          ['items', { id: 1 }],
        ],
        /Two records of "items" have the same primary key/,
      ],
      [[['items', { id: 'one' }]], /"id" of a record of "items" must be an integer/],
    ];
    for (const [records, message] of cases)
      await expectViolations(itemsWith(), [{ message, at: 'a line' }], given(...records));
  });
});
