import { eachNode } from '../../../../engine/template/syntax/each-node.ts';
import { parseTemplate } from '../../../../engine/template/syntax/parser.ts';
import { rendered } from '../../../kit/printed.ts';

describe('expressions', () => {
  it.each([
    ['{{ 1 + 2 * 3 }};', '7;'],
    ['{{ (1 + 2) * 3 }};', '9;'],
    ['{{ -2 ** 2 }};', '4;'],
    ['{{ 2 ** 3 ** 2 }};', '64;'],
    ['{{ not true }};', 'False;'],
    ['{{ not not 1 }};', 'True;'],
    ['{{ not 1 == 2 }};', 'True;'],
    ['{{ 1 if true else 2 if false else 3 }};', '1;'],
    ['{{ 1, 2 }};', '(1, 2);'],
    ['{{ (1,) }};', '(1,);'],
    ['{{ () }};', '();'],
    ['{{ [1, 2,] }};', '[1, 2];'],
    ['{{ {"a": 1,} }};', "{'a': 1};"],
    ['{{ "a" "b" }};', 'ab;'],
    ["{{ 'it\\'s' }};", "it's;"],
    ['{{ "\\x41\\u00e9\\n" }};', 'Aé\n;'],
    ['{{ 1_000 }};', '1000;'],
    ['{{ 0x1f }} {{ 0b11 }} {{ 0o17 }};', '31 3 15;'],
    ['{{ 1.5e3 }} {{ 1e-3 }} {{ .5 }};', 'TemplateSyntaxError'],
    ['{{ 1.5e3 }} {{ 1_0.2_5 }};', '1500.0 10.25;'],
    ['{{ config["n"] }}{{ config.n }};', '33;'],
    ['{{ config.list.0 }};', '3;'],
    ['{{ config.list[0, 1] is defined }};', 'False;'],
    ['{{ config.list[:2] }}{{ config.list[1:2:1] }}{{ config.list[::] }};', '[3, 1][1][3, 1, 2];'],
    ['{{ config.pairs[0][1] }};', 'a;'],
    ['{{ 1 is not none }};', 'True;'],
    ['{{ 1 is defined and 2 is defined }};', 'True;'],
    ['{{ 1 is divisibleby 1 is defined }};', 'True;'],
    ['{{ [1, 2] is iterable }};', 'True;'],
    ['{{ 5 | string | upper }};', '"""5""";'],
    ['{{ "a" | upper ~ "b" }};', 'Ab;'],
    ['{{ "abc" | replace("a", "b") | upper }};', 'BBC;'],
    ['{{ true and false or true }};', 'True;'],
    ['{{ 1 < 2 < 3 }};', 'True;'],
    ['{{ 1 in [1] and 2 not in [1] }};', 'True;'],
    ['{{ True }}{{ False }}{{ None }};', 'TrueFalseNone;'],
    ['{{ none is none }};', 'True;'],
    ['{{ "%s" % 1 }};', '1;'],
    ['{{ 1 ~ 2 + 3 }};', 'TypeError'],
    ['{{ config.n is sameas 3 }};', 'True;'],
    ['{{ 1 is eq(1) }};', 'True;'],
    ['{{ 1 is in([1]) }};', 'True;'],
    ['{{ {"a": {"b": 1}}.a.b }};', '1;'],
    ['{{ -config.n }}{{ +config.n }};', '-33;'],
    ['{{ - 1 }};', '-1;'],
    ['{{ 10 // 3 }};', '3;'],
    ['{{ 10 % 3 }};', '1;'],
  ])('%s', (template, wanted) => {
    expect(rendered(template)).toBe(wanted);
  });
});

describe('a mistake, and where it stands', () => {
  it.each([
    ['{{ 1 2 }}', 5, "expected token 'end of print statement', got '2'"],
    ['{{ a ? b }}', 5, 'unexpected char "?" at 5'],
    ['{{ (1] }}', 5, "unexpected ']', expected ')'"],
    ['{{ 1) }}', 4, "unexpected ')'"],
    ['{{ (1', 5, "unexpected end of template, expected ')'."],
    ['{{ x', 4, "unexpected end of template, expected 'end of print statement'."],
    ['{{ }}', 3, "Expected an expression, got 'end of print statement'"],
    ['{{ ) }}', 3, "unexpected ')'"],
    ['{{ 1 + }}', 7, "unexpected 'end of print statement'"],
    ['{{ 1 + * }}', 7, "unexpected '*'"],
    ['{{ a. }}', 6, 'expected name or number'],
    ["{{ a.'b' }}", 5, 'expected name or number'],
    ['{{ a²b }}', 3, 'Invalid character in identifier'],
    ["{{ '\\x4' }}", 3, 'truncated \\xXX escape'],
    ["{{ 'a\\N{NO}' }}", 3, 'unknown Unicode character name'],
    ['{{ f(a=1, 2) }}', 4, 'invalid syntax for function call expression'],
    ['{{ f(a=1, a=2) }}', 10, 'keyword argument repeated: a'],
    ['{{ f(1 2) }}', 7, "expected token ',', got '2'"],
    ['{{ f(1', 6, "unexpected end of template, expected ','."],
    ['{{ [1 2] }}', 6, "expected token ',', got '2'"],
    ['{{ {1} }}', 5, "expected token ':', got '}'"],
    ['{{ {1: 2 3: 4} }}', 9, "expected token ',', got '3'"],
    ['{{ a[1:2, 3] }}', 4, 'invalid syntax'],
    ['{{ a[1 2] }}', 7, "expected token ',', got '2'"],
    ['{{ a[', 5, "unexpected 'end of template'"],
    ['{{ 1 is string is string }}', 15, 'You cannot chain multiple tests with is'],
    ['{{ 1 is }}', 8, "expected token 'name', got 'end of print statement'"],
    ["{{ 1 is 'a' }}", 8, "expected token 'name', got 'a'"],
    ["{{ 1 | 'a' }}", 7, "expected token 'name', got 'a'"],
    ['{{ 1 if }}', 8, "unexpected 'end of print statement'"],
    ['{# open', 0, 'Missing end of comment tag'],
    ['x {% raw %} open', 2, 'Missing end of raw directive'],
    ['{%', 2, 'tag name expected'],
    ['{% %}', 3, 'tag name expected'],
    ["{% 'a' %}", 3, 'tag name expected'],
    ['{% nothing %}', 3, "Encountered unknown tag 'nothing'."],
    [
      '{% if 1 %}{% nothing %}',
      13,
      "Encountered unknown tag 'nothing'. The innermost block that needs to be closed is 'if'.",
    ],
    [
      '{% if 1 %}{% for a in b %}{% endif %}',
      29,
      "Encountered unknown tag 'endif'. The innermost block that needs to be closed is 'for'.",
    ],
    ['{% if 1 %}', 3, "Unexpected end of template. 'elif' or 'else' or 'endif' is missing for 'if'."],
    ['{% if 1 %}{% else %}', 3, "Unexpected end of template. 'endif' is missing for 'if'."],
    [
      '{% if 1 %}a{% elif 2 %}b',
      3,
      "Unexpected end of template. 'elif' or 'else' or 'endif' is missing for 'if'.",
    ],
    ['{% for a in b %}', 3, "Unexpected end of template. 'endfor' or 'else' is missing for 'for'."],
    [
      '{% for a in b %}{% if a %}{% endif %}',
      3,
      "Unexpected end of template. 'endfor' or 'else' is missing for 'for'.",
    ],
    ['{% if 1 %}{% endif x %}', 19, "expected token 'end of statement block', got 'x'"],
    ['{% if 1 x %}{% endif %}', 8, "expected token 'end of statement block', got 'x'"],
    ['{% for %}{% endfor %}', 7, "Expected an expression, got 'end of statement block'"],
    ["{% for 'a' in b %}{% endfor %}", 7, "can't assign to 'const'"],
    ['{% for a.b in c %}{% endfor %}', 8, "expected token 'in', got '.'"],
    ['{% for a of b %}{% endfor %}', 9, "expected token 'in', got 'of'"],
    ['{% for f() in b %}{% endfor %}', 8, "expected token 'in', got '('"],
    ['{% for (a, 1) in b %}{% endfor %}', 11, "can't assign to 'const'"],
    ['{% set %}', 7, "Expected an expression, got 'end of statement block'"],
    ['{% set 1 = 2 %}', 7, "can't assign to 'const'"],
    ['{% set none = 2 %}', 7, "can't assign to 'const'"],
    ['{% set a.1 = 2 %}', 9, "expected token 'name', got '1'"],
    ['{% set a %}x', 3, "Unexpected end of template. 'endset' is missing for 'set'."],
    ['{% set a | %}x{% endset %}', 11, "expected token 'name', got 'end of statement block'"],
    ['{% with a %}{% endwith %}', 10, "expected token '=', got 'end of statement block'"],
    ['{% with a = 1 b = 2 %}{% endwith %}', 14, "expected token ',', got 'b'"],
    ['{% macro %}{% endmacro %}', 9, "expected token 'name', got 'end of statement block'"],
    ['{% macro none() %}{% endmacro %}', 9, "can't assign to 'name'"],
    ['{% macro m(true) %}{% endmacro %}', 11, "can't assign to 'name'"],
    ['{% macro m(a, a) %}{% endmacro %}', 14, "duplicate argument 'a' in function definition"],
    ['{% macro m(a=1, b) %}{% endmacro %}', 16, 'non-default argument follows default argument'],
    ['{% macro m(a b) %}{% endmacro %}', 13, "expected token ',', got 'b'"],
    ['{% macro m() %}', 3, "Unexpected end of template. 'endmacro' is missing for 'macro'."],
    ['{% call m %}{% endcall %}', 3, 'expected call'],
    ['{% call m() %}', 3, "Unexpected end of template. 'endcall' is missing for 'call'."],
    ['{% filter %}{% endfilter %}', 10, "expected token 'name', got 'end of statement block'"],
    ['{% filter upper %}', 3, "Unexpected end of template. 'endfilter' is missing for 'filter'."],
    ['{% block 1 %}{% endblock %}', 9, "expected token 'name', got '1'"],
    ['{% block a %}{% endblock %}{% block a %}{% endblock %}', 30, "block 'a' defined twice"],
    ['{% block a required %}x{% endblock %}', 3, 'Required blocks can only contain comments or whitespace'],
    ['{% block a %}', 3, "Unexpected end of template. 'endblock' is missing for 'block'."],
    [
      '{% autoescape true %}{% endautoescape %}',
      14,
      "autoescape is not supported: write the filter 'escape'",
    ],
    ['{% autoescape a %}{% endautoescape %}', 14, "autoescape is not supported: write the filter 'escape'"],
    ['{% autoescape false %}', 3, "Unexpected end of template. 'endautoescape' is missing for 'autoescape'."],
    ["{% import 'a' %}", 14, "expected token 'as', got 'end of statement block'"],
    ["{% from 'a' %}", 12, "expected token 'import', got 'end of statement block'"],
    ["{% from 'a' import %}", 19, "expected token 'name', got 'end of statement block'"],
    ["{% from 'a' import _b %}", 19, 'names starting with an underline can not be imported'],
    ['{% print 1 2 %}', 11, "expected token ',', got '2'"],
  ])('%s', (template, offset, message) => {
    expect(() => parseTemplate(template)).toThrow(expect.objectContaining({ offset, message }));
  });
});

describe('whitespace', () => {
  it.each([
    ['a  {{- 1 }}  b', 'a1  b'],
    ['a  {{ 1 -}}  b', 'a  1b'],
    ['a  {%- if true -%}  b  {%- endif -%}  c', 'abc'],
    ['a {#- x -#} b', 'ab'],
    ['a {%+ if true +%} b {% endif %}', 'a  b '],
    ['a  {%- raw -%}  {{ x }}  {%- endraw -%}  b', 'a{{ x }}b'],
  ])('%s', (template, wanted) => {
    expect(rendered(template)).toBe(wanted);
  });
});

describe('every node knows where it starts', () => {
  /** The types of the nodes, parents first, with what stands at their offset. */
  function starts(template: string): readonly string[] {
    const found: string[] = [];
    eachNode(parseTemplate(template), ({ type, offset }) => {
      found.push(`${type} ${/^\W*\w*/.exec(template.slice(offset))?.[0]}`);
      return undefined;
    });
    return found;
  }

  it.each([
    [
      '{% if a.b %}{{ c[d] }}{% elif e(f, g=h, *i, **j) %}{{ k|default(l) is eq m }}{% else %}{{ not n }}{% endif %}',
      'if if, attribute b, name a, output {{ c, item [d, name c, name d, call e, name e, name f, name h, name i, name j, output {{ k, test eq, filter default, name k, name l, name m, output {{ not, not not, name n',
    ],
    [
      '{% for o, (p, q) in [r, (s, t)] if u recursive %}{{ -v ~ +w }}{% else %}{{ x and y or z }}{% endfor %}',
      'for for, tuple o, name o, tuple p, name p, name q, list [r, name r, tuple s, name s, name t, name u, output {{ -v, concat -v, negative -v, name v, positive +w, name w, output {{ x, or x, and x, name x, name y, name z',
    ],
    [
      "{% set a = {1: 2.5} %}{% set b.c = 'x' %}{% set d, e.f = g, h %}",
      "set set, name a, dict {1, constant 1, constant 2, set set, namespace b, constant 'x, set set, tuple d, name d, namespace e, tuple g, name g, name h",
    ],
    [
      '{% set b | upper | replace(a) %}c{% endset %}{% with d = e[f:g:h], i = j %}{{ k[1, 0] }}{% endwith %}',
      'set_block set, name b, filter replace, filter upper, name a, data c, with with, name d, item [f, name e, slice f, name f, name g, name h, name i, name j, output {{ k, item [1, name k, tuple [1, constant 1, constant 0',
    ],
    [
      '{% macro j(k, l=m) %}{{ n * o }}{% endmacro %}{% call(p, q=r) s(t) %}{{ u if v else w }}{% endcall %}',
      'macro macro, name m, output {{ n, binary n, name n, name o, call_block call, call s, name s, name t, name r, output {{ u, condition u, name v, name u, name w',
    ],
    [
      '{% filter lower %}{{ v < w <= x }}{% endfilter %}{% block x scoped %}{{ y.0 }}{% endblock %}',
      'filter_block filter, filter lower, output {{ v, compare v, name v, name w, name x, block block, output {{ y, item 0, name y, constant 0',
    ],
    [
      '{% print a, b %}{% autoescape false %}{{ 3 is not odd }}{% endautoescape %}{{ c.d(e).f[g](h) }}',
      'output print, name a, output print, name b, with autoescape, output {{ 3, not odd, test odd, constant 3, output {{ c, call [g, item [g, attribute f, call d, attribute d, name c, name e, name g, name h',
    ],
    [
      '{% include a ignore missing %}{% import b as c %}{% from d import e as f, g %}{% extends h %}',
      'load include, name a, load import, name b, name c, load from, name d, name f, name g, load extends, name h',
    ],
    [
      'text {# no #}{{ a, b }}{% raw %}{{ c }}{% endraw %}{{ () }}',
      'data text, output {{ a, tuple a, name a, name b, data {{ c, output {{ () }}, tuple ) }}',
    ],
  ])('%s', (template, wanted) => {
    expect(starts(template).join(', ')).toBe(wanted);
  });
});
