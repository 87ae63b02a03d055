import { windowLengths } from '../../../../engine/conformance/checks/window-lengths.ts';
import { harness, streamWith } from '../harness.ts';

const { expectPass, expectViolations } = harness(windowLengths);

interface Parts {
  readonly step?: string;
  readonly lookback?: string;
  readonly sentAs?: string;
  readonly path?: string;
}

const stream = (name: string, { step = 'P1M', lookback, sentAs = 'since', path = name }: Parts) =>
  streamWith(
    name,
    `incremental_sync:
  type: DatetimeBasedCursor
  cursor_field: at
  datetime_format: "%Y-%m-%d"
  start_datetime: "2026-01-01"
  step: ${step}
  cursor_granularity: P1D
${lookback === undefined ? '' : `  lookback_window: ${lookback}\n`}${
  sentAs === ''
    ? ''
    : `  start_time_option: { type: RequestOption, inject_into: request_parameter, field_name: ${sentAs} }`
}`,
  ).replace(`api.test/${name}`, `api.test/${path}`);

const manifest = (...all: readonly Parts[]) => `version: 6.0.0
type: DeclarativeSource
check: { type: CheckStream, stream_names: [s0] }
streams:${all.map((parts, index) => stream(`s${index}`, parts)).join('')}
`;

describe('window-lengths', () => {
  it('passes where streams have their own windows, or ask for them by other names', async () => {
    await expectPass(manifest({}, {}, {}));
    await expectPass(manifest({ step: 'P7D' }, { step: 'P1D' }, {}));
    await expectPass(manifest({ step: 'P7D', sentAs: 'from' }, {}, {}));
    await expectPass(manifest({ step: 'P7D', sentAs: '' }, { sentAs: '' }, { sentAs: '' }));
    await expectPass(manifest({ step: 'P7D' }, { step: 'P7D' }, {}, {}));
    await expectPass(manifest({ step: 'P7D', path: 'a/s0' }, { path: 'b/s1' }));
    await expectPass(manifest({ lookback: 'P31D' }));
  });

  it('finds one of several', async () => {
    await expectViolations(manifest({}, { step: 'P7D' }, {}), [
      {
        message:
          '"step" of stream "s1" is P7D, and of all 2 others that ask for windows by "since" too P1M: is it meant?',
        at: 'P7D',
        stream: 's1',
      },
    ]);
    await expectViolations(manifest({}, { lookback: 'P7D' }, {}), [
      { message: /"lookback_window" of stream "s1" is P7D, and .* left out/, at: 'P7D' },
    ]);
  });

  it('finds one that looks back in another way than all others, by whatever names they ask', async () => {
    const back = (...all: readonly string[]) =>
      manifest(...all.map((lookback, index) => ({ lookback, sentAs: `since${index}` })));
    await expectPass(back('P1D', 'PT1M', 'P1D'));
    await expectPass(back('P1D', 'P7D', 'P1D', 'P7D', 'P1D'));
    await expectViolations(back('P1D', 'P1D', 'P7D', 'P1D'), [
      {
        message: 'Stream "s2" looks back P7D, and all 3 others that look back P1D: is it meant?',
        at: 'P7D',
        stream: 's2',
      },
    ]);
  });

  it('finds two of one path', async () => {
    await expectViolations(manifest({ step: 'P1D', path: 'a/s0' }, { path: 'a/s1' }), [
      { message: /"step" of stream "s0" is P1D, and of stream "s1"/, at: 'P1D' },
      { message: /"step" of stream "s1" is P1M, and of stream "s0"/, at: 'P1M' },
    ]);
  });

  it('finds a look back of a year', async () => {
    await expectViolations(manifest({ lookback: 'P1Y' }), [
      { message: 'Stream "s0" looks back P1Y: each sync reads what has come since then again.', at: 'P1Y' },
    ]);
  });
});
