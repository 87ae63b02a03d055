import { startLimits } from '../../../../engine/conformance/checks/start-limits.ts';
import { harness, manifestWith } from '../harness.ts';

const { expectPass, expectViolations } = harness(startLimits);

const asking = (value: string) =>
  manifestWith().replace('url: ', `request_parameters: { since: "{{ ${value} }}" }, url: `);

const ago = "day_delta(-90, format='%Y-%m-%d')";

describe('start-limits', () => {
  it.each([
    `config.since if config.since > ${ago} else ${ago}`,
    `config.since if config.get('since') and config.get('since') > ${ago} else ${ago}`,
    `${ago} if config.since < ${ago} else config.since`,
    `${ago} if not config.since >= ${ago} else config.since`,
    `max(config.since, ${ago})`,
    'min(config.until, now_utc())',
    'config.until if config.until < now_utc() else now_utc()',
    // What is read again on purpose.
    `min(stream_interval.start_time, ${ago})`,
    `config.since if config.since < config.until else ${ago}`,
    "min(config.until, day_delta(1, format='%Y-%m-%d'))",
  ])('passes for %s', async (value) => {
    expect(asking(value)).toContain(value);
    await expectPass(asking(value));
  });

  it.each([
    `config.since if config.since < ${ago} else ${ago}`,
    `config['since'] if config.get('since', 'x') and config.get('since') < ${ago} else ${ago}`,
    `config.since if ${ago} > config.since else ${ago}`,
    `${ago} if config.since > ${ago} else config.since`,
    `min(config.since, ${ago})`,
    "min(config.since, now_utc() - duration('P30D'))",
  ])('finds the earlier one of %s', async (value) => {
    await expectViolations(asking(value), [
      { message: /^Of "config\.since" and .* the earlier one is taken/ },
    ]);
  });

  it.each(['max(config.until, now_utc())', 'config.until if config.until > now_utc() else now_utc()'])(
    'finds the later one of %s',
    async (value) => {
      await expectViolations(asking(value), [
        { message: /the later one is taken, which is never before now/ },
      ]);
    },
  );
});
