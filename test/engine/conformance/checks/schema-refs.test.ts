import { schemaRefs } from '../../../../engine/conformance/checks/schema-refs.ts';
import { harness, manifestWith } from '../harness.ts';

const { expectPass, expectViolations } = harness(schemaRefs);

describe('schema-refs', () => {
  it('passes for a schema that is written out', async () => {
    await expectPass(
      manifestWith({
        schema: `{ type: object, properties: { id: { type: string }, at: { type: string, format: date-time }, tags: { type: array, items: { type: string } } } }`,
      }),
    );
  });

  it('finds a reference to elsewhere', async () => {
    await expectViolations(
      manifestWith({
        schema: `{ type: object, properties: { id: { $ref: 'https://schemas.test/id.json' } } }`,
      }),
      [{ message: /refers to one elsewhere/, at: "'https://schemas.test/id.json'" }],
    );
  });
});
