import { pkDeclared } from '../../../../engine/conformance/checks/pk-declared.ts';
import { harness, manifestWith } from '../harness.ts';

const { expectPass, expectViolations } = harness(pkDeclared);

describe('pk-declared', () => {
  it('passes for a stream with a key', async () => {
    await expectPass(
      manifestWith({
        schema: `{ type: object, properties: { id: { type: string }, at: { type: string, format: date-time }, tags: { type: array, items: { type: string } } } }`,
        stream: `primary_key: id`,
      }),
    );
  });

  it('finds one without', async () => {
    await expectViolations(
      manifestWith({
        schema: `{ type: object, properties: { id: { type: string }, at: { type: string, format: date-time }, tags: { type: array, items: { type: string } } } }`,
      }),
      [{ message: /Stream "items" has no primary key/, at: 'type: DeclarativeStream' }],
    );
  });
});
