import { futureState } from '../../../../engine/conformance/checks/future-state.ts';
import { byDay, harness, itemsWith } from '../harness.ts';

const { run, expectPass, expectViolations } = harness(futureState);

describe('future-state', () => {
  it('passes when a state from the future stays as it is', async () => {
    await expectPass(itemsWith({ incremental: byDay }));
  });

  it('finds a sync that reads all the same', async () => {
    await expectViolations(
      itemsWith({ incremental: byDay }),
      [
        {
          message: /emits 1 of \d+ records after a state from the future, "2027-/,
          at: '{ type: RequestOption',
        },
      ],
      {
        async *fault(events, isResumed) {
          for await (const event of events) {
            if (isResumed && event.kind === 'state')
              yield { kind: 'records', stream: 'items', records: [{ id: 1, updated_at: '2026-01-10' }] };
            yield event;
          }
        },
      },
    );
  });

  it('says nothing of a format by which the state is another moment', async () => {
    const seconds = byDay
      .replace('datetime_format: "%Y-%m-%d"', 'datetime_format: "%s"\ncursor_datetime_formats: ["%ms"]')
      .replace('P1D', 'PT1S')
      .replace("config['start_date'] }}", "timestamp(config['start_date']) }}");
    const { violations, looked } = await run(itemsWith({ incremental: seconds }));
    expect([violations, looked.size]).toEqual([[], 0]);
  });

  it('finds a sync that sets such a state back', async () => {
    await expectViolations(
      itemsWith({ incremental: byDay }),
      [{ message: /from the future is set back by a sync/, at: '"%Y-%m-%d"' }],
      {
        async *fault(events, isResumed) {
          for await (const event of events)
            yield isResumed && event.kind === 'state'
              ? { ...event, state: { updated_at: '2026-01-10' } }
              : event;
        },
      },
    );
  });
});
