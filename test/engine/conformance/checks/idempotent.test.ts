import { idempotent } from '../../../../engine/conformance/checks/idempotent.ts';
import { byDay, harness, itemsWith } from '../harness.ts';

const { expectPass, expectViolations } = harness(idempotent);

describe('idempotent', () => {
  it('passes when a state stays where it is', async () => {
    await expectPass(itemsWith({ incremental: byDay }));
  });

  it('finds a sync that sets a state back when it finds nothing new', async () => {
    await expectViolations(
      itemsWith({ incremental: byDay }),
      [{ message: /that finds nothing new sets its state back, from .* to .*2025-12-07/, at: '"%Y-%m-%d"' }],
      {
        async *fault(events, isResumed) {
          for await (const event of events)
            yield isResumed && event.kind === 'state'
              ? { ...event, state: { updated_at: '2025-12-07' } }
              : event;
        },
      },
    );
  });
});
