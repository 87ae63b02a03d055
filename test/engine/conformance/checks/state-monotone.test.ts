import { stateMonotone } from '../../../../engine/conformance/checks/state-monotone.ts';
import { byDay, harness, itemsWith } from '../harness.ts';

const { expectPass, expectViolations } = harness(stateMonotone);

describe('state-monotone', () => {
  it('passes when states only rise', async () => {
    await expectPass(itemsWith({ incremental: byDay }));
  });

  it('finds a state that falls', async () => {
    await expectViolations(
      itemsWith({ incremental: byDay }),
      [{ message: /A state of stream "items" is older than the one before it/, at: '"%Y-%m-%d"' }],
      {
        async *fault(events) {
          const states = [];
          for await (const event of events) {
            if (event.kind === 'state') states.push(event);
            else yield event;
          }
          yield* states.reverse();
        },
      },
    );
  });
});
