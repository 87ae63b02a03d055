import { resumeNoLoss } from '../../../../engine/conformance/checks/resume-no-loss.ts';
import { byDay, harness, itemsWith } from '../harness.ts';

const { expectPass, expectViolations } = harness(resumeNoLoss);

describe('resume-no-loss', () => {
  it('passes when a resumed sync reads the rest', async () => {
    await expectPass(itemsWith({ incremental: byDay }));
  });

  it('finds an engine that leaves out the first page of a resumed sync', async () => {
    await expectViolations(
      itemsWith({ incremental: byDay }),
      [{ message: /records are lost, such as/, at: '"%Y-%m-%d"' }],
      {
        async *fault(events, isResumed) {
          for await (const event of events) if (!isResumed || event.kind !== 'records') yield event;
        },
      },
    );
  });
});
