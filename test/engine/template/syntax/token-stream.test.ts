import { parseTemplate } from '../../../../engine/template/syntax/parser.ts';

describe('a token that should be another one', () => {
  it.each([
    ['{{ 1 2 }}', "expected token 'end of print statement', got '2'"],
    ['{% if x', "unexpected end of template, expected 'end of statement block'."],
    ['{{ x', "unexpected end of template, expected 'end of print statement'."],
    ['{% if x }}', "unexpected '}'"],
    ['{% for x of y %}{% endfor %}', "expected token 'in', got 'of'"],
    ['{% set x %}', 'x'],
    ['{{ f(1 }}', "unexpected '}', expected ')'"],
    ['{{ {1 2} }}', "expected token ':', got '2'"],
    ['{% if x %}{% else y %}{% endif %}', "expected token 'end of statement block', got 'y'"],
    ['{{ x is }}', "expected token 'name', got 'end of print statement'"],
    ['{{ x. }}', 'expected name or number'],
  ])('%s', (template, message) => {
    expect(() => parseTemplate(template)).toThrow(message);
  });
});
