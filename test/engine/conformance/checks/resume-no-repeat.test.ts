import { resumeNoRepeat } from '../../../../engine/conformance/checks/resume-no-repeat.ts';
import { byDay, harness, itemsWith } from '../harness.ts';

const { expectPass, expectViolations } = harness(resumeNoRepeat);

const unsent = byDay
  .replace(/(?:start|end)_time_option.*\n?/g, '')
  .replace('step: P10D\ncursor_granularity: P1D\n', '');

describe('resume-no-repeat', () => {
  it('passes where the state is sent, and where records are dropped by it', async () => {
    await expectPass(itemsWith({ incremental: byDay }));
    await expectPass(itemsWith({ incremental: `${unsent}is_client_side_incremental: true` }));
  });

  it('finds a state that makes no difference, some days later', async () => {
    await expectViolations(itemsWith({ incremental: unsent }), [
      {
        message:
          /the next one emits all \d+ records again: .* makes no difference to its requests, and nothing filters by it/,
        at: 'updated_at',
      },
    ]);
  });

  it('does not recommend what is there', async () => {
    const yearly = byDay
      .replace(/end_time.*/, '')
      .replace('step: P10D\ncursor_granularity: P1D\n', '')
      .replace('%Y-%m-%d', '%Y');
    await expectViolations(itemsWith({ incremental: yearly }).replace('"2026-01-01"', '"2026"'), [
      {
        message:
          /what its requests leave out, although its start is sent, and nothing filters by it: is it sent under the right name, in the right place and format\? "is_client_side_incremental" filters by it\.$/,
        at: '{ type: RequestOption',
      },
    ]);
  });
});
