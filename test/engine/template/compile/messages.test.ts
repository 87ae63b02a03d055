import { createTemplates } from '../../../../engine/template/template.ts';
import { PythonError } from '../../../../engine/time/python-error.ts';

/** What is said of a template that cannot be evaluated. */
function messageOf(template: string): string | undefined {
  const warnings: string[] = [];
  const clock = { now: () => 0, sleep: async () => {} };
  const templates = createTemplates({ clock, onWarning: ({ message }) => warnings.push(message) });
  try {
    templates.value(template)({ config: { list: [1, 2], d: {} } });
  } catch (error) {
    if (error instanceof PythonError) return `${error.pythonClass}: ${error.message}`;
    throw error;
  }
  return warnings[0]?.replace('; the template itself is the result', ' (a warning)');
}

const deep = 'the template recurses too deeply: more than 200 macros or loops inside of one another';

describe('what is said of a mistake', () => {
  it.each([
    ['{{ 1 + 1 }}', undefined],
    ['{{ 1 | uper }}', `TemplateAssertionError: No filter named 'uper'.`],
    ['{{ 1 is difined }}', `TemplateAssertionError: No test named 'difined'.`],
    ['{% if 1 %}{{ 1 | uper }}{% endif %}', `TemplateRuntimeError: No filter named 'uper'.`],
    ['{% if 1 %}{{ 1 is difined }}{% endif %}', `TemplateRuntimeError: No test named 'difined'.`],
    ['{% block a required %}{% endblock %}', `TemplateRuntimeError: Required block 'a' not found`],
    ['{% extends "a" %}', 'TypeError: no loader for this environment specified (a warning)'],
    ['{% include [] %}', 'TemplatesNotFound: Tried to select from an empty list of templates'],
    [
      '{% macro m(caller) %}{{ caller }}{% endmacro %}',
      "TemplateAssertionError: the parameter 'caller' must be omitted or have a default",
    ],
    [
      '{% for loop in [1] %}{% endfor %}',
      "TemplateAssertionError: can't assign to the special variable 'loop'",
    ],
    ['{{ self | list }}', 'KeyError: 0'],
    ['{{ [1e400, 1] ~ config.d }}', "NameError: name 'inf' is not defined"],
    ['{{ dict(a=1, **{"a": 2}) }}', "TypeError: got multiple values for keyword argument 'a' (a warning)"],
    ['{{ dict(**5) }}', 'TypeError: argument after ** must be a mapping, not int (a warning)'],
    ['{{ dict(**{1: 2}) }}', 'TypeError: keywords must be strings (a warning)'],
    ['{% set a, b = 5 %}', 'TypeError: cannot unpack non-iterable int object (a warning)'],
    ['{% set a, b = [1] %}', 'ValueError: not enough values to unpack (expected 2, got 1)'],
    ['{% set a, b = [1, 2, 3] %}', 'ValueError: too many values to unpack (expected 2)'],
    ['{% set config.a = 1 %}', 'TemplateRuntimeError: cannot assign attribute on non-namespace object'],
    ['{% for i in [1] %}{{ loop.cycle() }}{% endfor %}', 'TypeError: no items for cycling given (a warning)'],
    [
      '{% for i in [1] %}{{ loop([]) }}{% endfor %}',
      "TypeError: The loop must have the 'recursive' marker to be called recursively. (a warning)",
    ],
    [
      '{% for i in [1] recursive %}{{ loop([], 1) }}{% endfor %}',
      'TypeError: loop() takes 1 positional arguments but 2 were given (a warning)',
    ],
    [
      '{% macro m(a) %}{% endmacro %}{{ m(1, 2) }}',
      "TypeError: macro 'm' takes not more than 1 argument(s) (a warning)",
    ],
    [
      '{% macro m(a) %}{% endmacro %}{{ m(b=2) }}',
      "TypeError: macro 'm' takes no keyword argument 'b' (a warning)",
    ],
    [
      '{% macro m() %}{{ caller(1) }}{% endmacro %}{% call m() %}{% endcall %}',
      'TypeError: macro None takes not more than 0 argument(s) (a warning)',
    ],
    ['{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}', `RecursionError: ${deep}`],
    ['{% for i in [1] recursive %}{{ loop([i]) }}{% endfor %}', `RecursionError: ${deep}`],
    [
      '{{ nobody + somebody + nobody }}',
      'ValueError: Jinja macro has undeclared variables: nobody, somebody',
    ],
    [
      '{{ config.d.items }}',
      "TemplateRuntimeError: there is no field 'items', and config.d.items is a method that is not called: write config.d['items'] for a field that may be missing, config.d.items() for the method",
    ],
  ])('%s: %s', (template, message) => {
    expect(messageOf(template)).toBe(message);
  });

  it.each([
    ["{{ config['d'].keys }}", "config['d'].keys"],
    ['{{ [{}][0].keys }}', '(…)[0].keys'],
    ['{{ config[config.list[0]].keys }}', undefined],
    ['{{ (config.x or {}).keys }}', '(…).keys'],
    ['{{ dict(a=1).keys }}', '(…).keys'],
  ])('%s is shown as %s', (template, shown) => {
    const message = messageOf(template);
    if (shown === undefined) expect(message).toBeUndefined();
    else expect(message).toContain(`and ${shown} is a method`);
  });
});

describe('how deep macros and loops may be', () => {
  const templates = createTemplates({ clock: { now: () => 0, sleep: async () => {} } });
  const countdown = (from: number) =>
    `{% macro m(n) %}{% if n > 1 %}{{ m(n - 1) }}{% else %}end{% endif %}{% endmacro %}{{ m(${from}) }}`;
  const nested = (depth: number) => {
    let items: unknown[] = [];
    for (let level = 1; level < depth; level++) items = [items];
    return { config: { items: [items] } };
  };
  const loops = '{% for i in config["items"] recursive %}{{ loop(i) }}{% endfor %}end';

  it('is 200 macros', () => {
    expect(templates.string(countdown(200))({})).toBe('end');
    expect(() => templates.string(countdown(201))({})).toThrow(deep);
  });

  it('is 200 loops below the first', () => {
    expect(templates.string(loops)(nested(201))).toBe('end');
    expect(() => templates.string(loops)(nested(202))).toThrow(deep);
  });

  it('counts those that are open only', () => {
    const text = '{% macro m() %}.{% endmacro %}{% for i in config.list %}{{ m() }}{% endfor %}';
    expect(templates.string(text)({ config: { list: Array.from({ length: 500 }, () => 0) } })).toBe(
      '.'.repeat(500),
    );
  });
});
