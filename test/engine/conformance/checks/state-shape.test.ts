import { stateShape } from '../../../../engine/conformance/checks/state-shape.ts';
import { byDay, harness, itemsWith } from '../harness.ts';

const { expectPass, expectViolations } = harness(stateShape);

describe('state-shape', () => {
  it('passes when a state follows the last record', async () => {
    await expectPass(itemsWith({ incremental: byDay }));
  });

  it('finds a sync that says no state', async () => {
    await expectViolations(
      itemsWith({ incremental: byDay }),
      [
        {
          message: 'Stream "items" ends without a state that covers its records.',
          at: 'type: DeclarativeStream',
        },
      ],
      {
        async *fault(events) {
          for await (const event of events) if (event.kind !== 'state') yield event;
        },
      },
    );
  });

  it('finds a state that comes before the last record', async () => {
    await expectViolations(
      itemsWith({ incremental: byDay }),
      [{ message: 'Stream "items" ends without a state that covers its records.' }],
      {
        async *fault(events) {
          const late = [];
          for await (const event of events) {
            if (event.kind === 'records') late.push(event);
            else yield event;
          }
          yield* late;
        },
      },
    );
  });
});
