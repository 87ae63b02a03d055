import { granularities } from '../../../../engine/conformance/checks/granularities.ts';
import { harness, streamWith } from '../harness.ts';

const { expectPass, expectViolations } = harness(granularities);

const stream = (name: string, format: string, granularity: string) =>
  streamWith(
    name,
    `incremental_sync:
  type: DatetimeBasedCursor
  cursor_field: at
  datetime_format: "${format}"
  start_datetime: "2026-01-01T00:00:00.000Z"
  step: P1D
  cursor_granularity: ${granularity}`,
  );

const manifest = (format: string, ...each: readonly string[]) => `version: 6.0.0
type: DeclarativeSource
check: { type: CheckStream, stream_names: [s0] }
streams:${each.map((granularity, index) => stream(`s${index}`, format, granularity)).join('')}
`;

const fraction = '%Y-%m-%dT%H:%M:%S.%fZ';

describe('granularities', () => {
  it('passes where all streams count alike, or the format does not count parts of a second', async () => {
    await expectPass(manifest(fraction, 'PT0.001S', 'PT0.001S'));
    await expectPass(manifest(fraction, 'PT1S', 'PT1S', 'PT0.001S'));
    await expectPass(
      manifest(fraction, 'PT0.001S', 'PT0.001S') +
        stream('other', '%Y-%m-%dT%H:%M:%SZ', 'PT1S').replaceAll('.000Z', 'Z'),
    );
  });

  it.each([
    [fraction, 'PT1S', 'PT0.001S'],
    [fraction, 'PT0.001S', 'PT0.000001S'],
  ])('finds, for %s, %s beside %s', async (format, coarse, fine) => {
    for (const others of [[fine], [fine, fine, fine]])
      await expectViolations(manifest(format, coarse, ...others), [
        {
          message:
            /A window of stream "s0" begins .* s after the end of the one before, and those of stream "s1"/,
          at: coarse,
          stream: 's0',
        },
      ]);
  });
});
