import { pkUnique } from '../../../../engine/conformance/checks/pk-unique.ts';
import { harness, itemsWith } from '../harness.ts';

const { expectPass, expectViolations } = harness(pkUnique);

describe('pk-unique', () => {
  it('passes for an id', async () => {
    await expectPass(itemsWith());
  });

  it('passes for a key that counts', async () => {
    const byNumber = 'type: IncrementingCountCursor\ncursor_field: id\nstart_value: 0';
    await expectPass(itemsWith({ incremental: byNumber }));
  });

  it('finds a key of a few values', async () => {
    await expectViolations(
      itemsWith({ schema: 'status: { type: string }\nname: { type: string }' }).replace(
        'primary_key: id',
        'primary_key: status',
      ),
      [
        {
          message: /^Two different records of stream "items" have the primary key \["status-\d"\]/,
          at: 'status',
        },
      ],
    );
  });

  it('finds a key that is a moment', async () => {
    await expectViolations(itemsWith().replace('primary_key: id', 'primary_key: updated_at'), [
      { message: /^The primary key of stream "items" is a moment, "updated_at"/, at: 'updated_at' },
    ]);
  });
});
