import { boundary } from '../../../../engine/conformance/checks/boundary.ts';
import { byDay, harness, itemsWith } from '../harness.ts';

const { expectPass, expectViolations } = harness(boundary);

const seconds = byDay
  .replace('"%Y-%m-%d"', '"%Y-%m-%dT%H:%M:%SZ"')
  .replace(
    `"{{ config['start_date'] }}"`,
    `{ type: MinMaxDatetime, datetime: "{{ config['start_date'] }}", datetime_format: "%Y-%m-%d" }`,
  );

describe('boundary', () => {
  it('finds a day that no window has', async () => {
    await expectViolations(itemsWith({ incremental: seconds }), [
      {
        message: /^\d of \d records of stream "items" lie between the end of a window and the start/,
        at: 'P1D',
      },
    ]);
    await expectPass(itemsWith({ incremental: seconds.replace('P1D', 'PT1S') }));
  });

  it('passes for a report with one row a day, whose key is the day', async () => {
    await expectPass(
      itemsWith({
        incremental: byDay,
        schema: 'updated_at: { type: string, format: date }\nlength: { type: number }',
      }).replace('primary_key: id', 'primary_key: updated_at'),
    );
  });
});
