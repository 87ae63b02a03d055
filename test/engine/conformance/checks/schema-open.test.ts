import { schemaOpen } from '../../../../engine/conformance/checks/schema-open.ts';
import { harness, manifestWith } from '../harness.ts';

const { expectPass, expectViolations } = harness(schemaOpen);

describe('schema-open', () => {
  it('passes when nothing is said', async () => {
    await expectPass(
      manifestWith({
        schema: `{ type: object, properties: { id: { type: string }, at: { type: string, format: date-time }, tags: { type: array, items: { type: string } } } }`,
      }),
    );
  });

  it('finds a schema that takes no further fields', async () => {
    await expectViolations(
      manifestWith({ schema: `{ type: object, additionalProperties: false, properties: {} }` }),
      [{ message: /Records of stream "items" may have no further fields/, at: 'false' }],
    );
  });
});
