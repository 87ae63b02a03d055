import { memberUses, neededMembers } from '../../../engine/template/member-uses.ts';

describe('the members that a template takes of names', () => {
  it.each([
    [
      '{{ config.items(*record.b, **record.c) }}',
      ['3 call config items', '17 attribute record b', '29 attribute record c'],
    ],
    ['{{ config.a }}', ['3 attribute config a']],
    ["{{ config['a'] }}", ['3 item config a']],
    ["{{ config.get('a') }}", ['3 get config a']],
    ["{{ config.get('a', record.b) }}", ['3 get config a', '19 attribute record b']],
    ['{{ config.items() }}', ['3 call config items']],
    [
      '{{ config.items(record.b, k=record.c) }}',
      ['3 call config items', '16 attribute record b', '28 attribute record c'],
    ],
    ["{{ config.a.b['c'].get('d') }}", ['3 attribute config a b c d']],
    ['{{ config.a.upper() }}', ['3 attribute config a upper']],
    ['{{ config.a.upper().b }}', ['3 attribute config a upper']],
    ['{{ config[0].a }}', []],
    ['{{ config[x] }}', []],
    ['{{ config.get(x) }}', ['3 call config get']],
    ['{{ config.get(1) }}', ['3 call config get']],
    ['{{ f(config.a) }}', ['5 attribute config a']],
    ['{{ config }}', []],
    ['{{ broken', []],
    ['{{ (config or record).a }}', []],
    ["{{ config.get('a').b }}", ['3 get config a b']],
    ["{{ config.other('a').b }}", ['3 call config other']],
    ["{{ f('a') }}", []],
  ])('%s', (template, wanted) => {
    const uses = memberUses(template).map(
      ({ offset, how, name, member, deeper }) => `${offset} ${how} ${[name, member, ...deeper].join(' ')}`,
    );
    expect(uses).toEqual(wanted);
  });
});

describe('the members that a template cannot do without', () => {
  it.each([
    ['{{ config.a }}{{ config.b }}', ['a', 'b']],
    ["{{ ('x' ~ config.a) | upper }}", ['a']],
    ['{{ f(config.a + 1, [config.b]) }}', ['a', 'b']],
    ['{{ config.a or config.b }}', []],
    ['{{ config.a and 1 }}', []],
    ["{{ config.a | default('x') }}", []],
    ["{{ config.a | d('x') }}", []],
    ["{{ config.a == 'x' }}", []],
    ['{{ config.a is defined }}', []],
    ['{{ not config.a }}', []],
    ['{{ config.a if config.b }}', []],
    ['{% if config.a %}{{ config.a }}{% endif %}', []],
    ['{% for x in config.a %}{{ x }}{% endfor %}', []],
    ['{% set x = config.a %}{{ x or 1 }}', []],
    ['{{ broken', []],
  ])('%s', (template, wanted) => {
    expect(neededMembers(template).map(({ member }) => member)).toEqual(wanted);
  });
});
