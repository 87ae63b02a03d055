import { specGroups } from '../../../../engine/conformance/checks/spec-groups.ts';
import { harness, manifestWith } from '../harness.ts';

const { expectPass, expectViolations } = harness(specGroups);

describe('spec-groups', () => {
  it('passes for groups at the top', async () => {
    await expectPass(
      manifestWith({
        spec: `{ type: object, groups: [{ id: auth }], properties: { a: { type: string, group: auth } } }`,
      }),
    );
  });

  it('finds a group inside, and one that does not exist', async () => {
    await expectViolations(
      manifestWith({
        spec: `{ type: object, groups: [{ id: auth }], properties: { a: { type: string, group: other }, b: { type: object, properties: { c: { type: string, group: auth } } } } }`,
      }),
      [
        { message: /no group "other"/, at: 'other' },
        { message: /"b.c" is inside of another property/, at: 'auth' },
      ],
    );
  });
});
