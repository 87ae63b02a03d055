import { suggestedStreams } from '../../../../engine/conformance/checks/suggested-streams.ts';
import { harness, manifestWith } from '../harness.ts';

const { expectPass, expectViolations } = harness(suggestedStreams);

describe('suggested-streams', () => {
  it('passes for streams of the manifest', async () => {
    await expectPass(manifestWith({ root: 'metadata: { suggestedStreams: { streams: [items] } }' }));
  });

  it('finds a name that is none', async () => {
    await expectViolations(manifestWith({ root: 'metadata: { suggestedStreams: { streams: [item] } }' }), [
      { message: 'There is no stream "item" to suggest. Did you mean "items"?', at: 'item]' },
    ]);
  });
});
