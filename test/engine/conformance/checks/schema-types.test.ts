import { schemaTypes } from '../../../../engine/conformance/checks/schema-types.ts';
import { harness, manifestWith } from '../harness.ts';

const { expectPass, expectViolations } = harness(schemaTypes);

describe('schema-types', () => {
  it('passes for types of the table', async () => {
    await expectPass(
      manifestWith({
        schema: `{ type: object, properties: { id: { type: string }, at: { type: string, format: date-time }, tags: { type: array, items: { type: string } } } }`,
      }),
    );
  });

  it('finds a format that destinations do not know', async () => {
    await expectViolations(
      manifestWith({
        schema: `{ type: object, properties: { n: { type: integer, format: int64 }, t: { type: string, format: date, airbyte_type: timestamp_with_timezone } } }`,
      }),
      [
        { message: /"n" of stream "items" is described as integer, format int64/, at: '{ type: integer' },
        { message: /"t"/ },
      ],
    );
  });
});
