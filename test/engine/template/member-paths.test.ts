import { memberPaths } from '../../../engine/template/member-paths.ts';

describe('the paths that a template takes of a name', () => {
  it.each([
    ["{{ config.pop('a').b }}", ['3 ']],
    ['{{ config.items() }}', ['3 ']],
    ['{{ config[record[config.a]].b.c }}', ['3 ', '17 a']],
    ['{{ config.get(config.a, *config.b, **config.c).d }}', ['3 ', '14 a', '25 b', '37 c']],
    ['{{ config.a }}', ['3 a']],
    ["{{ config.a.b['c'].get('d') }}", ['3 a/b/c/d']],
    ["{{ config['a'][0].b }}", ['3 a']],
    ['{{ config[record.a].b }}', ['3 ']],
    ['{{ config }}', ['3 ']],
    ['{{ record.config.a }}', []],
    ["{{ config.get('a', config.b) }}", ['3 a', '19 b']],
    ['{{ config.get(record.a) }}', ['3 ']],
    ['{{ config.a.upper() }}', ['3 a']],
    ['{{ config.get() }}', ['3 ']],
    ['{{ other.a }}', []],
    ['{{ broken', []],
    ['{% for x in config.a %}{{ x.b }}{{ config.c }}{% endfor %}', ['12 a', '35 c']],
    ['{{ f(config.a, b=config.c) }}', ['5 a', '17 c']],
    ['{{ config.a.get }}', ['3 a/get']],
    ['{{ config.a[config.b] }}', ['3 a', '12 b']],
  ])('%s', (template, wanted) => {
    const paths = memberPaths(template, 'config');
    expect(paths.map(({ offset, path }) => `${offset} ${path.join('/')}`)).toEqual(wanted);
  });
});
