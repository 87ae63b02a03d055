import { badCatalog } from '../../../../engine/conformance/checks/bad-catalog.ts';
import { harness, itemsWith } from '../harness.ts';

const { expectPass, expectViolations } = harness(badCatalog);

describe('bad-catalog', () => {
  it('passes when a stream that is not there is an error', async () => {
    await expectPass(itemsWith());
  });

  it('finds an engine that says nothing of it', async () => {
    await expectViolations(
      itemsWith(),
      [{ message: 'A catalog with a stream that is not in the manifest gives no error.' }],
      {
        async *fault(events) {
          try {
            for await (const event of events) if (event.kind !== 'error') yield event;
          } catch {
            // It is silent about everything.
          }
        },
      },
    );
  });
});
