import { pkInSchema } from '../../../../engine/conformance/checks/pk-in-schema.ts';
import { harness, manifestWith } from '../harness.ts';

const { expectPass, expectViolations } = harness(pkInSchema);

describe('pk-in-schema', () => {
  it('passes for a key with a column', async () => {
    await expectPass(
      manifestWith({
        schema: `{ type: object, properties: { id: { type: string }, at: { type: string, format: date-time }, tags: { type: array, items: { type: string } } } }`,
        stream: `primary_key: id`,
      }),
    );
  });

  it('finds a part without', async () => {
    await expectViolations(
      manifestWith({
        schema: `{ type: object, properties: { id: { type: string }, at: { type: string, format: date-time }, tags: { type: array, items: { type: string } } } }`,
        stream: `primary_key: [id, team_id]`,
      }),
      [{ message: /"team_id" is a part of the primary key/, at: '[id, team_id]' }],
    );
  });

  it('notes a schema that names no field', async () => {
    await expectViolations(
      manifestWith({ schema: '{ type: object, properties: {} }', stream: 'primary_key: id' }),
      [
        {
          message:
            'The schema of stream "items" names no field, so a destination that makes columns of it has none for "id", a part of its primary key, nor for any other.',
          severity: 'note',
        },
      ],
    );
  });
});
