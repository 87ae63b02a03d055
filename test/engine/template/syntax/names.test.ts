import { undeclaredNames } from '../../../../engine/template/syntax/names.ts';
import { parseTemplate } from '../../../../engine/template/syntax/parser.ts';

describe('the names that a template takes from its context', () => {
  it.each([
    ['{{ a }}{{ b }}{{ a }}', 'a b'],
    ["{{ a.b }}{{ c['d'] }}{{ e[f] }}", 'a c e f'],
    ['{{ a[b:c:d] }}{{ e[:f] }}{{ g[h:] }}{{ i[::j] }}', 'a b c d e f g h i j'],
    ['{{ a(b, c=d, *e, **f) }}', 'a b d e f'],
    ['{{ a | default(b, boolean=c) | replace(*d, **e) }}', 'a b c d e'],
    ['{{ a is divisibleby(b) }}{{ c is sameas d }}', 'a b c d'],
    ['{{ [a, (b, c), {d: e}] }}', 'a b c d e'],
    ['{{ a ~ b ~ c }}', 'a b c'],
    ['{{ not a }}{{ -b }}{{ +c }}', 'a b c'],
    ['{{ a and b or c }}', 'a b c'],
    ['{{ a + b * c // d }}', 'a b c d'],
    ['{{ a < b <= c in d }}', 'a b c d'],
    ['{{ a if b else c }}{{ d if e }}', 'a b c d e'],
    ['{{ self }}{{ loop }}{{ caller }}{{ super }}', 'caller loop super'],
    ['{{ 1 }}text{# a #}{% raw %}{{ b }}{% endraw %}', ''],
    ['{% set a = 1 %}{{ a }}', ''],
    ['{% set a = a %}{{ a }}', 'a'],
    ['{{ a }}{% set a = 1 %}', 'a'],
    ['{% set a, b = c %}{{ a }}{{ b }}{{ d }}', 'c d'],
    ['{% set n.a = b %}{{ n }}', 'b n'],
    ['{% set n = namespace() %}{% set n.a = 1 %}{{ n.a }}', 'namespace'],
    ['{% set a %}{{ a }}{{ b }}{% endset %}{{ a }}', 'b'],
    ['{% set a | replace(b, c) %}{{ d }}{% endset %}{{ a }}', 'b c d'],
    ['{% for a in b %}{{ a }}{{ loop }}{% endfor %}{{ a }}{{ loop }}', 'a b loop'],
    ['{% for a in b %}{% else %}{{ a }}{{ loop }}{{ c }}{% endfor %}', 'a b c loop'],
    ['{% for a in a %}{{ a }}{% endfor %}', 'a'],
    ['{% for a in b if a and c and loop %}{{ d }}{% endfor %}', 'b c d loop'],
    ['{% for a, (b, c) in d %}{{ a }}{{ b }}{{ c }}{% endfor %}', 'd'],
    ['{% for a in b %}{% set c = 1 %}{{ c }}{% endfor %}{{ c }}', 'b c'],
    ['{% set c = 1 %}{% for a in b %}{{ c }}{% endfor %}', 'b'],
    ['{% for a in b %}{% for c in a %}{{ a }}{{ c }}{% endfor %}{{ c }}{% endfor %}', 'b c'],
    ['{% if a %}{{ b }}{% elif c %}{{ d }}{% else %}{{ e }}{% endif %}', 'a b c d e'],
    ['{% if a %}{% set x = 1 %}{% endif %}{{ x }}', 'a x'],
    ['{% if a %}{% set x = 1 %}{% else %}{% set x = 2 %}{% endif %}{{ x }}', 'a x'],
    [
      '{% if a %}{% set x = 1 %}{% elif b %}{% set x = 2 %}{% else %}{% set x = 3 %}{% endif %}{{ x }}',
      'a b x',
    ],
    ['{% if a %}{% set x = 1 %}{% elif b %}{% set x = 2 %}{% endif %}{{ x }}', 'a b x'],
    ['{% set x = 0 %}{% if a %}{% set x = 1 %}{% endif %}{{ x }}', 'a'],
    ['{{ x }}{% if a %}{% set x = 1 %}{% endif %}{{ x }}', 'a x'],
    ['{% if a %}{{ x }}{% else %}{% set x = 1 %}{% endif %}{{ x }}', 'a x'],
    ['{% if a %}{% set x = 1 %}{{ x }}{% endif %}', 'a x'],
    ['{% if a %}{% if b %}{% set x = 1 %}{% endif %}{% endif %}{{ x }}', 'a b x'],
    ['{% set x = 0 %}{% for i in a %}{% if i %}{% set x = 1 %}{% endif %}{{ x }}{% endfor %}', 'a'],
    ['{% for i in a %}{% if i %}{% set x = 1 %}{% endif %}{{ x }}{% endfor %}', 'a x'],
    ['{% for i in a %}{% if i %}{% set i = 1 %}{% endif %}{{ i }}{% endfor %}', 'a'],
    ['{% if a %}{% for b in c %}{{ b }}{% endfor %}{% endif %}{{ b }}', 'a b c'],
    ['{% if a %}{% set x = 1 %}{% for b in c %}{{ x }}{{ b }}{% endfor %}{% endif %}', 'a c x'],
    ['{% with a = b, c = a %}{{ a }}{{ c }}{{ d }}{% endwith %}{{ c }}', 'a b c d'],
    ['{% with a = b %}{% set c = a %}{% endwith %}{{ c }}', 'b c'],
    [
      '{% macro m(a, b=c) %}{{ a }}{{ b }}{{ d }}{{ caller }}{{ kwargs }}{{ varargs }}{% endmacro %}{{ m() }}{{ a }}',
      'a c d',
    ],
    ['{% macro m(a=b, b=1) %}{% endmacro %}', ''],
    ['{% macro m(a=a) %}{% endmacro %}', ''],
    ['{{ m }}{% macro m() %}{{ m }}{% endmacro %}', 'm'],
    ['{% macro m() %}{% set a = 1 %}{{ a }}{% endmacro %}{{ a }}', 'a'],
    ['{% call(a, b=c) m(d) %}{{ a }}{{ b }}{{ e }}{{ caller }}{% endcall %}{{ a }}', 'a c d e m'],
    ['{% call m(caller) %}{{ kwargs }}{{ varargs }}{% endcall %}', 'caller m'],
    ['{% filter replace(a, b) %}{{ c }}{% set d = 1 %}{% endfilter %}{{ d }}', 'a b c d'],
    ['{% set a = 1 %}{% block b %}{{ a }}{{ c }}{{ self }}{{ super }}{% endblock %}', 'a c'],
    ['{% block b %}{% set a = 1 %}{{ a }}{% endblock %}{{ a }}', 'a'],
    ['{% for i in a %}{% block b scoped %}{{ i }}{% endblock %}{% endfor %}', 'a i'],
    ['{% include a %}{% extends b %}', 'a b'],
    ['{% import a as b %}{{ b }}', 'a'],
    ['{% from a import b, c as d %}{{ b }}{{ d }}{{ c }}', 'a c'],
    ['{% print a, b %}', 'a b'],
    ['{% autoescape false %}{{ a }}{% set b = 1 %}{% endautoescape %}{{ b }}', 'a b'],
    ['{{ a(b)(c)[d].e | upper is string }}', 'a b c d'],
  ])('%s: %s', (template, wanted) => {
    const names = undeclaredNames(parseTemplate(template)).map(({ name }) => name);
    expect(names.sort().join(' ')).toBe(wanted);
  });

  it.each([
    ['{{ b }}{{ a }}{{ b }}', ['b@3', 'a@10']],
    ['{% for i in a %}{{ b }}{% endfor %}{{ b }}', ['a@12', 'b@38']],
    ['{% for i in a %}{{ c }}{% endfor %}', ['a@12', 'c@19']],
    ['{% if a %}{% set x = 1 %}{% endif %}{{ x }}', ['a@6', 'x@3']],
    ['{% if 1 %}{{ a }}{% else %}{{ a }}{{ b }}{% endif %}', ['a@13', 'b@37']],
  ])('%s: each where it stands first', (template, wanted) => {
    expect(undeclaredNames(parseTemplate(template)).map(({ name, offset }) => `${name}@${offset}`)).toEqual(
      wanted,
    );
  });
});
