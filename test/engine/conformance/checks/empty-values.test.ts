import { emptyValues } from '../../../../engine/conformance/checks/empty-values.ts';
import { harness, manifestWith } from '../harness.ts';

const { expectPass, expectViolations } = harness(emptyValues);

const asking = (value: string) =>
  manifestWith().replace('url: ', `request_parameters: { q: "{{ ${value} }}" }, url: `);

describe('empty-values', () => {
  it.each([
    "config.since ~ ' TO *' if config.since else '*'",
    "'*' if not config.since else config.since",
    "config.since_all if not config.since else '*'",
    "config.since | default('a') if not config.since else '*'",
    "config.a if config.b else 'c'",
    'config.since.values() | list if config.since is mapping else []',
    "'*' if config.since is not defined else config.since",
    'config.since[0] if config.since is not string else config.since',
    "config.get('since') or 'b' if config else 'b'",
    "config.since or 'b' if not config.since else 'b'",
    "config.list[0] if 0 < config.list | length else 'b'",
    "config.list[1] if not 0 < config.list | length else 'b'",
    "'b' if config.list | count <= 2 else config.list[2]",
    "config.since if config.since and config.all else '*'",
    "'*' if config.since and config.all else config.since",
    "config.until if not config.since and config.until else '*'",
    "config.since ~ config.until if config.since or config.until else '*'",
    "'*' if config.since or config.all else config.since",
    "config.since | default('*') if config.since or config.all else '*'",
  ])('passes for %s', async (value) => {
    expect(asking(value)).toContain(value);
    await expectPass(asking(value));
  });

  it.each([
    "config.since ~ ' TO *' if not config.since else '*'",
    "'*' if config.since else config.since",
    "config.since.values() | list if config.get('since') is not mapping else []",
    "config.since if config.since is none else '*'",
    "config.since if not config.since and config.all else '*'",
    "config.since ~ 'a' if config.all and not config.get('since')",
    "config['since'] if not config['since'] else config.until",
    "config.since.get('day') or 'b' if not config.since else 'b'",
    "config.since[0] if not 0 < config.since | length else 'b'",
    "config.since.split(',')[2] if config.since.split(',') | length <= 2 else 'b'",
  ])('finds %s', async (value) => {
    await expectViolations(asking(value), [
      { message: /uses "config.*since.*" only where the condition says that it is empty/, at: 'con' },
    ]);
  });

  it.each([
    "config.since ~ '*' if config.since or config.all",
    "config.since if config.all or config.since else '*'",
  ])('finds that "or" lets %s be empty', async (value) => {
    await expectViolations(asking(value), [
      { message: /^This template uses "config\.since", which may be empty, .* was "and" meant\?$/ },
    ]);
  });

  it('finds what is empty whatever it begins with', async () => {
    await expectPass(asking("config.a and 'b' if config.c else 'd'"));
    await expectViolations(asking('config.list[config.page and 0]'), [
      { message: '"config.page and 0" is empty whatever it begins with: was "or" meant?', at: 'con' },
    ]);
  });

  it.each([
    "{% if 'since' in config %}{{ config.since }}{% endif %}",
    "{% if 'since' not in config %}*{% else %}{{ config['since'] }}{% endif %}",
    '{% if not config.since %}*{% elif config.until %}{{ config.since }}{% endif %}',
    "{% if 'since' not in config %}{{ config.get('since') or 'all' }}{% endif %}",
  ])('passes for %s', async (text) => {
    await expectPass(asking('1').replace('"{{ 1 }}"', `"${text}"`));
  });

  it.each([
    "{% if 'since' not in config %}/{{ config['since'] }}{% endif %}",
    "{% if not config.since %}/{{ config.get('since') }}{% endif %}",
    "{% if config.get('since') %}*{% else %}{{ config.since }}{% endif %}",
  ])('finds %s', async (text) => {
    await expectViolations(asking('1').replace('"{{ 1 }}"', `"${text}"`), [
      { message: /uses "config.*since.*" only where the condition says that it is empty/ },
    ]);
  });
});
