import { intsExact } from '../../../../engine/conformance/checks/ints-exact.ts';
import { harness, itemsWith } from '../harness.ts';

const { expectPass, expectViolations } = harness(intsExact);

describe('ints-exact', () => {
  it('passes when integers are left alone', async () => {
    await expectPass(itemsWith());
  });

  it('finds a transformation that makes a float of an integer', async () => {
    await expectViolations(
      itemsWith({
        stream: `transformations:
  - { type: AddFields, fields: [{ path: [id], value: "{{ record.id | float }}" }] }`,
      }),
      [
        {
          message: /^"id" of stream "items" is \d+ in the answer and .* in the record: digits are lost\.$/,
          stream: 'items',
        },
      ],
    );
  });
});
