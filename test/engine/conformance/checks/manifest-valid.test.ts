import { manifestValid } from '../../../../engine/conformance/checks/manifest-valid.ts';
import { harness, manifestWith } from '../harness.ts';

const { expectPass, expectViolations } = harness(manifestValid);

describe('manifest-valid', () => {
  it('passes when validate has nothing to say', async () => {
    await expectPass(manifestWith());
  });

  it('says what validate says', async () => {
    await expectViolations(manifestWith().replace('field_path: []', 'field_pathh: []'), [
      { message: /field_path/ },
      { message: /Unknown field "field_pathh" on DpathExtractor/, at: 'field_pathh' },
    ]);
  });
});
