import { rendered } from '../../../kit/printed.ts';

describe('assignments', () => {
  it.each([
    ['{% set x = 1 %}{{ x }};', '1;'],
    ['{% set x, y = 1, 2 %}{{ x }}{{ y }};', '12;'],
    ['{% set x, y = [1] %}{{ x }};', 'ValueError'],
    ['{% set x, y = 5 %}{{ x }};', 'TypeError'],
    [
      '{% set ns = namespace(a=1) %}{% set ns.a = 2 %}{% set ns.b = 3 %}{{ ns.a }}{{ ns.b }}{{ ns.c is defined }};',
      '23False;',
    ],
    ['{% set ns = namespace({"a": 1}, b=2) %}{{ ns }};', "<Namespace {'a': 1, 'b': 2}>;"],
    [
      '{% set ns = namespace(a=1) %}{% for i in [1, 2] %}{% set ns.a = ns.a + i %}{% endfor %}{{ ns.a }};',
      '4;',
    ],
    ['{% set config.a = 1 %}{{ config.a }};', 'TemplateRuntimeError'],
    ['{% set x %}a{{ 1 }}{% endset %}{{ x }};', 'a1;'],
    ['{% set x | upper %}a{{ 1 }}{% endset %}{{ x }};', 'A1;'],
    ['{% set x | replace("a", "b") | upper %}a{% endset %}{{ x }};', 'B;'],
    ['{% with %}{{ 1 }}{% endwith %};', '1;'],
    ['{% with a = 1, b = 2 %}{{ a }}{{ b }}{% endwith %};', '12;'],
    ['{% with a = 1 %}{% endwith %}{{ a }};', 'ValueError'],
    ['{% set a = 1 %}{% with a = 2, b = a %}{{ a }}{{ b }}{% endwith %}{{ a }};', '211;'],
    ['{% if config.n %}{% set q = 1 %}{% endif %}{{ q }};', 'ValueError'],
    ['{% if true %}{% set q = 1 %}{% else %}{% set q = 2 %}{% endif %}{{ q }};', 'ValueError'],
    [
      '{% if true %}{% set q = 1 %}{% elif false %}{% set q = 3 %}{% else %}{% set q = 2 %}{% endif %}{{ q }};',
      'ValueError',
    ],
    ['{% if true %}{% set config = {"z": 9} %}{% endif %}{{ config.z }};', '9;'],
  ])('%s', (template, wanted) => {
    expect(rendered(template)).toBe(wanted);
  });
});

describe('blocks', () => {
  it.each([
    ['{% filter upper %}a{{ "b" }}{% endfilter %};', 'AB;'],
    ['{% filter replace("a", "b") | upper %}a{% endfilter %};', 'B;'],
    ['{% filter int %}5{% endfilter %};', 'TypeError'],
    ['{% block a %}x{% endblock %};', 'x;'],
    ['{% block a %}{% set y = 1 %}{% endblock %}{{ y }};', 'ValueError'],
    ['{% autoescape false %}{{ "<" }}{% endautoescape %};', '<;'],
    ['{% print 1, "a" %};', '1a;'],
    ['{% print %};', ';'],
    ['{% raw %}{{ x }}{% endraw %};', '{{ x }};'],
    ['{# comment #}x;', 'x;'],
    ['{% if false %}a{% endif %};', ';'],
    ['{% if none %}a{% elif 0 %}b{% else %}c{% endif %};', 'c;'],
    ['{% if config.missing %}a{% else %}b{% endif %};', 'b;'],
    ['{% if true %}{{ 1 | nothing }}{% endif %};', 'TemplateRuntimeError'],
    ['{% if false %}{{ 1 | nothing }}{% endif %};', ';'],
    ['{% if false %}{{ 1 is nothing }}{% endif %};', ';'],
    ['{{ 1 | nothing if false else 2 }};', '2;'],
    ['{{ 1 if false }};', ';'],
    ['{{ (1 if false) is defined }};', 'False;'],
    ['{{ self }};', '<TemplateReference None>;'],
    ['{{ self | list }};', 'KeyError'],
    ['{{ self.x is defined }};', 'False;'],
    ['{% extends "a" %};', 'TypeError'],
    ['{% include "a" %};', 'TypeError'],
    ['{% include none ignore missing %};', ';'],
    ['{% include ["a"] ignore missing %};', 'TypeError'],
    ['{% include "a" ignore missing with context %};', 'TypeError'],
    ['{% include [] without context %};', 'TemplatesNotFound'],
    ['{% import "a" as b %};', 'TypeError'],
    ['{% import "a" as b with context %};', 'TypeError'],
    ['{% from "a" import b, c as d %};', 'TypeError'],
    ['{% from "a" import b with context %};', 'TypeError'],
  ])('%s', (template, wanted) => {
    expect(rendered(template)).toBe(wanted);
  });
});

describe('macros', () => {
  it.each([
    ['{% macro m(a) %}{{ a }}!{% endmacro %}{{ m(1) }};', '1!;'],
    ['{% macro m(a) %}{{ a }}!{% endmacro %}{{ m(a=1) }};', '1!;'],
    ['{% macro m(a) %}{{ a }}!{% endmacro %}{{ m() }};', '!;'],
    ['{% macro m(a) %}{{ a is defined }}{% endmacro %}{{ m() }};', 'False;'],
    ['{% macro m(a, b=2) %}{{ a }}{{ b }}{% endmacro %}{{ m(1) }}{{ m(1, 3) }}{{ m(1, b=4) }};', '121314;'],
    ['{% macro m(a, b=a) %}{{ a }}{{ b }}{% endmacro %}{{ m(1) }};', '11;'],
    ['{% macro m(a) %}{{ a }}{% endmacro %}{{ m(1, 2) }};', 'TypeError'],
    ['{% macro m(a) %}{{ a }}{% endmacro %}{{ m(b=2) }};', 'TypeError'],
    ['{% macro m(a) %}{{ a }}{% endmacro %}{{ m(1, a=2) }};', 'TypeError'],
    ['{% macro m() %}{{ varargs }}{{ kwargs }}{% endmacro %}{{ m(1, 2, a=3) }};', "(1, 2){'a': 3};"],
    ['{% macro m() %}{{ caller() }}{% endmacro %}{% call m() %}x{% endcall %};', 'x;'],
    ['{% macro m() %}{{ caller(5) }}{% endmacro %}{% call(v) m() %}x{{ v }}{% endcall %};', 'x5;'],
    ['{% macro m() %}{{ caller(5, 6) }}{% endmacro %}{% call(v) m() %}x{{ v }}{% endcall %};', 'TypeError'],
    ['{% macro m() %}{{ caller is defined }}{% endmacro %}{{ m() }};', 'False;'],
    ['{% macro m() %}{{ 1 }}{% endmacro %}{% call m() %}x{% endcall %};', 'TypeError'],
    [
      '{% macro m(a, b) %}{% endmacro %}{{ m.name }}{{ m.arguments }}{{ m.nothing is defined }};',
      "m('a', 'b')False;",
    ],
    ['{% macro m() %}{% set x = 1 %}{% endmacro %}{{ m() }}{{ x }};', 'ValueError'],
    ['{% macro m(n) %}{{ n }}{% if n > 0 %}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(3) }};', '3210;'],
    ['{% macro m(a=1, b) %}{% endmacro %};', 'TemplateSyntaxError'],
    ['{% macro m(1) %}{% endmacro %};', 'TemplateSyntaxError'],
    ['{% macro m() %}{{ config.n }}{% endmacro %}{{ m() }};', '3;'],
    ['{% set x = 1 %}{% macro m() %}{{ x }}{% endmacro %}{{ m() }};', '1;'],
    ['{% call config.n() %}{% endcall %};', 'TypeError'],
    ['{% call 5 %}{% endcall %};', 'TemplateSyntaxError'],
    ['{{ m() }};', 'ValueError'],
  ])('%s', (template, wanted) => {
    expect(rendered(template)).toBe(wanted);
  });
});

describe('calls', () => {
  it.each([
    ['{{ dict(**{"a": 1}) }};', "{'a': 1};"],
    ['{{ dict(a=1, **{"b": 2}) }};', "{'a': 1, 'b': 2};"],
    ['{{ dict(a=1, **{"a": 2}) }};', 'TypeError'],
    ['{{ dict(**5) }};', 'TypeError'],
    ['{{ max(*[1, 2]) }};', '2;'],
    ['{{ max(3, *[1, 2]) }};', '3;'],
    ['{{ max(*5) }};', 'TypeError'],
    ['{{ max(*[1], 2) }};', 'TemplateSyntaxError'],
    ['{{ dict(**{"a": 1}, b=2) }};', 'TemplateSyntaxError'],
    ['{{ 5() }};', 'TypeError'],
    ['{{ "a"() }};', 'TypeError'],
    ['{{ config.n() }};', 'TypeError'],
    ['{{ config.missing() }};', 'UndefinedError'],
    ['{{ nothing() }};', 'ValueError'],
    ['{{ "abc".upper(1) }};', 'TypeError'],
    ['{{ "abc".replace(old="a", new="b") }};', 'TypeError'],
    [
      '{% set c = cycler(1, 2) %}{{ c.next() }}{{ c.next() }}{{ c.next() }}{{ c.current }}{{ c.reset() }}{{ c.current }};',
      '1212None1;',
    ],
    ['{% set c = cycler() %}{{ c }};', 'RuntimeError'],
    ['{% set c = cycler(1, 2) %}{{ c.items }}{{ c.pos }}{{ c.nothing is defined }};', '(1, 2)0False;'],
    ['{% set j = joiner("|") %}{{ j() }}{{ j() }}{{ j() }};', '||;'],
    ['{% set j = joiner() %}{{ j() }}{{ j() }};', ', ;'],
    ['{% set j = joiner("|") %}{{ j.sep }}{{ j.used }}{{ j.nothing is defined }};', '|FalseFalse;'],
    ['{{ lipsum(n=1, html=false) is string }};', 'True;'],
    ['{{ lipsum(2) is escaped }};', 'True;'],
  ])('%s', (template, wanted) => {
    expect(rendered(template)).toBe(wanted);
  });
});
