import { noAcceptance } from '../../../../engine/conformance/acceptance/acceptance.ts';
import { knownStates } from '../../../../engine/conformance/checks/known-states.ts';
import { byDay, harness, itemsWith } from '../harness.ts';

const { expectPass, expectViolations } = harness(knownStates);

const place = { source: { name: 'x.jsonl', text: 'a line' }, start: 0, end: 6, pointer: '' };

describe('known-states', () => {
  const given = (stream: string, state: Record<string, unknown>) => ({
    acceptance: { ...noAcceptance, futureStates: [{ stream, state, place }] },
  });
  const manifest = itemsWith({ incremental: byDay });

  it('passes for a state of a stream with its cursor', async () => {
    await expectPass(manifest, given('items', { updated_at: '2030-01-01' }));
  });

  it('finds a state of a stream that is not there', async () => {
    await expectViolations(
      manifest,
      [
        {
          message: 'A state of "item" is given, and there is no such stream. Did you mean "items"?',
          at: 'a line',
        },
      ],
      given('item', {}),
    );
  });

  it('finds a state of a stream without a cursor, and warns of one without the cursor field', async () => {
    await expectViolations(
      itemsWith(),
      [{ message: 'A state of "items" is given, and the stream has no cursor.', severity: 'error' }],
      given('items', { updated_at: '2030-01-01' }),
    );
    await expectViolations(
      manifest,
      [{ message: 'The state of "items" does not have its cursor field "updated_at".', severity: 'warning' }],
      given('items', { modified: '2030-01-01' }),
    );
  });
});
