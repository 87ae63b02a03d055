import { noAcceptance } from '../../../../engine/conformance/acceptance/acceptance.ts';
import { readStates } from '../../../../engine/conformance/checks/read-states.ts';
import { byDay, harness, itemsWith } from '../harness.ts';

const { expectPass, expectNothing, expectViolations, run } = harness(readStates);

const place = { source: { name: 'x.json', text: 'a state' }, start: 0, end: 7, pointer: '' };
const given = (state: Record<string, unknown>) => ({
  acceptance: { ...noAcceptance, futureStates: [{ stream: 'items', state, place }] },
});
const manifest = itemsWith({ incremental: byDay });

describe('read-states', () => {
  it('passes for a state after which there is nothing', async () => {
    await expectPass(manifest, given({ updated_at: '2099-01-01' }));
    await expectNothing(manifest);
    await expectNothing(itemsWith(), given({ updated_at: '2099-01-01' }));
  });

  it('finds a state that is of the past, and one that cannot be read', async () => {
    await expectViolations(
      manifest,
      [
        {
          message: /^After this state stream "items" emits \d+ of \d+ records: it is not from the future/,
          at: 'a state',
          stream: 'items',
          severity: 'warning',
        },
      ],
      given({ updated_at: '2001-01-01' }),
    );
    await expectViolations(
      manifest,
      [{ message: /^This state makes stream "items" fail: .*garbage/, at: 'a state', severity: 'error' }],
      given({ updated_at: 'garbage' }),
    );
  });

  it('leaves a state to a hook that is not loaded', async () => {
    const yaml = itemsWith({
      incremental: byDay,
      stream: 'state_migrations: [{ type: CustomStateMigration, class_name: a.B }]',
    });
    expect((await run(yaml, given({ old: 1 }))).notRun).toEqual([
      expect.objectContaining({ reason: 'a hook that is not loaded makes its state' }),
    ]);
  });
});
