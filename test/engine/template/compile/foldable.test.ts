import { isFoldable, isOfConfig } from '../../../../engine/template/compile/foldable.ts';
import { parseTemplate } from '../../../../engine/template/syntax/parser.ts';

describe('what changes with config and parameters only', () => {
  it.each([
    'text',
    '{{ config.a }}',
    '{{ parameters.a }}',
    "https://{{ config['a'] | upper }}/{{ parameters.b or 1 }}",
    '{{ 1 + 2 }}',
    '{{ config.a is defined }}',
    '',
  ])('%s', (template) => expect(isOfConfig(parseTemplate(template))).toBe(true));

  it.each([
    '{{ record.a }}',
    '{{ config[record.a] }}',
    '{{ config.a }}{{ record.a }}',
    '{{ config.a + record.b }}',
    '{{ now_utc() }}',
    '{{ config.a.upper() }}',
    '{{ config.a | random }}',
    '{{ config.a | nothing }}',
    '{{ config.a | constructor }}',
    '{% set a = config.a %}{{ config.a }}',
    '{% if config.a %}b{% endif %}',
  ])('not %s', (template) => expect(isOfConfig(parseTemplate(template))).toBe(false));
});

describe('what Jinja computes ahead of time', () => {
  const foldable = (expression: string) => {
    const [output] = parseTemplate(`{{ ${expression} }}`);
    return output?.type === 'output' && isFoldable(output.value);
  };

  it.each(['1', "'a' ~ 2", '[1, {2: 3}]', "'a' | upper", '-1 + 2', '1 if 2 else 3', '[1][0]', '1 is odd'])(
    '%s',
    (expression) => expect(foldable(expression)).toBe(true),
  );

  it.each(['a', 'a.b', '[a]', 'f()', "'a'.upper()", '[1] | random', 'a | upper', '1 if a else 2'])(
    'not %s',
    (expression) => expect(foldable(expression)).toBe(false),
  );

  it('waits for the text of a filter block', () => {
    const [block] = parseTemplate('{% filter upper %}{% endfilter %}');
    expect(block?.type === 'filter_block' && isFoldable(block.filter)).toBe(false);
  });
});
