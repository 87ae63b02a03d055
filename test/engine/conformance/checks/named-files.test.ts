import { noAcceptance } from '../../../../engine/conformance/acceptance/acceptance.ts';
import { namedFiles } from '../../../../engine/conformance/checks/named-files.ts';
import { harness, itemsWith } from '../harness.ts';

const { expectPass, expectNothing, expectViolations } = harness(namedFiles);

describe('named-files', () => {
  const text = 'spec_path: spec.yaml';
  const place = { source: { name: 'acceptance-test-config.yml', text }, start: 11, end: 20, pointer: '' };
  const given = (path: string, isThere: boolean) => ({
    acceptance: { ...noAcceptance, namedFiles: [{ path, isThere, places: [place] }] },
  });

  it('passes for a file that is there', async () => {
    await expectPass(itemsWith(), given('spec.yaml', true));
  });

  it('finds one that is not', async () => {
    await expectViolations(
      itemsWith(),
      [
        {
          message: '"spec.yaml" is not in the folder, so what it would say is not tested.',
          at: 'spec.yaml',
          severity: 'warning',
        },
      ],
      given('spec.yaml', false),
    );
  });

  it('does not ask for secrets', async () => {
    await expectNothing(itemsWith(), given('secrets/config.json', false));
  });
});
