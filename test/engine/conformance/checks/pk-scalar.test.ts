import { pkScalar } from '../../../../engine/conformance/checks/pk-scalar.ts';
import { harness, manifestWith } from '../harness.ts';

const { expectPass, expectViolations } = harness(pkScalar);

describe('pk-scalar', () => {
  it('passes for a text', async () => {
    await expectPass(
      manifestWith({
        schema: `{ type: object, properties: { id: { type: string }, at: { type: string, format: date-time }, tags: { type: array, items: { type: string } } } }`,
        stream: `primary_key: id`,
      }),
    );
  });

  it('finds a list', async () => {
    await expectViolations(
      manifestWith({
        schema: `{ type: object, properties: { id: { type: string }, at: { type: string, format: date-time }, tags: { type: array, items: { type: string } } } }`,
        stream: `primary_key: tags`,
      }),
      [
        {
          message: /"tags" is a part of the primary key of stream "items" and of the type array/,
          at: '{ type: array',
        },
      ],
    );
  });

  it('finds an object whose type is a text', async () => {
    await expectViolations(
      manifestWith({
        schema: `{ type: object, properties: { id: { type: object } } }`,
        stream: `primary_key: id`,
      }),
      [{ message: /of the type object/ }],
    );
  });
});
