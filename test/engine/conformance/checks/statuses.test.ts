import { statuses } from '../../../../engine/conformance/checks/statuses.ts';
import { byDay, harness, itemsWith } from '../harness.ts';

const { expectPass, expectViolations } = harness(statuses);

describe('statuses', () => {
  it('passes for a stream that is read to its end', async () => {
    await expectPass(itemsWith({ incremental: byDay }));
  });

  it('finds a stream that fails', async () => {
    await expectViolations(itemsWith({ path: '/{{ 1 / 0 }}' }), [
      { message: /^Stream "items" ends INCOMPLETE: /, stream: 'items' },
    ]);
  });

  it('stops at a step that makes a window of every second, and says so once', async () => {
    const incremental = byDay
      .replaceAll('%Y-%m-%d', '%Y-%m-%dT%H:%M:%SZ')
      .replace('P10D', 'PT1S')
      .replace('P1D', 'PT1S')
      .replace(
        `"{{ config['start_date'] }}"`,
        `{ type: MinMaxDatetime, datetime: "{{ config['start_date'] }}", datetime_format: "%Y-%m-%d" }`,
      );
    await expectViolations(itemsWith({ incremental }), [
      { message: /^Stream "items" sends more than 3000 requests to an API with a few records/, at: 'PT1S' },
    ]);
  });
});
