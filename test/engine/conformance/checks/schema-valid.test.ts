import { schemaValid } from '../../../../engine/conformance/checks/schema-valid.ts';
import { harness, manifestWith } from '../harness.ts';

const { expectPass, expectViolations } = harness(schemaValid);

describe('schema-valid', () => {
  it('passes for a schema of draft 7', async () => {
    await expectPass(
      manifestWith({
        schema: `{ type: object, properties: { id: { type: string }, at: { type: string, format: date-time }, tags: { type: array, items: { type: string } } } }`,
      }),
    );
  });

  it('finds a type that is none, one that is listed twice, and properties that are a list', async () => {
    await expectViolations(
      manifestWith({
        schema: `{ type: object, properties: { id: { type: int }, b: { type: [string, string] } } }`,
      }),
      [
        {
          message: /"properties.id.type": it has the type "int", which is none. Did you mean "integer"/,
          at: 'int',
          severity: 'error',
          stream: 'items',
        },
        { message: /lists "string" twice/, severity: 'warning' },
      ],
    );
  });
});
