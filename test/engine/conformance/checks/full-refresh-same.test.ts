import { fullRefreshSame } from '../../../../engine/conformance/checks/full-refresh-same.ts';
import { harness, itemsWith } from '../harness.ts';

const { expectPass, expectViolations } = harness(fullRefreshSame);

const adding = (value: string) =>
  `transformations: [{ type: AddFields, fields: [{ type: AddedFieldDefinition, path: [mark], value: "${value}" }] }]`;

describe('full-refresh-same', () => {
  it('passes when two readings give the same records', async () => {
    await expectPass(itemsWith({ stream: adding('{{ record.id }}') }));
  });

  it('finds records that differ each time', async () => {
    await expectViolations(itemsWith({ stream: adding('{{ [1, 2, 3, 4, 5, 6, 7, 8, 9] | random }}') }), [
      { message: /^Two readings of stream "items" give different records although the API/, stream: 'items' },
    ]);
  });
});
