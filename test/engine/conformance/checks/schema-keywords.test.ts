import { schemaKeywords } from '../../../../engine/conformance/checks/schema-keywords.ts';
import { harness, manifestWith } from '../harness.ts';

const { expectPass, expectViolations } = harness(schemaKeywords);

describe('schema-keywords', () => {
  it('passes for properties alone', async () => {
    await expectPass(
      manifestWith({
        schema: `{ type: object, properties: { id: { type: string }, at: { type: string, format: date-time }, tags: { type: array, items: { type: string } } } }`,
      }),
    );
  });

  it('finds allOf and not', async () => {
    await expectViolations(
      manifestWith({ schema: `{ type: object, allOf: [{ properties: { a: { not: { type: string } } } }] }` }),
      [
        { message: /describes the records by "allOf"/, at: 'allOf' },
        { message: /describes "a" by "not"/, at: 'not' },
      ],
    );
  });
});
