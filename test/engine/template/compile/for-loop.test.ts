import { rendered } from '../../../kit/printed.ts';

describe('loops', () => {
  it.each([
    ['{% for i in [] %}{{ i }}{% else %}none{% endfor %}', 'none'],
    ['{% for i in config.list if i > 9 %}{{ i }}{% else %}none{% endfor %}', 'none'],
    ['{% for k, v in config.d.items() %}{{ k }}={{ v }};{% endfor %}', "a=1;b={'c': [1, 2]};"],
    ['{% for k, v in config.pairs %}{{ k }}{{ v }};{% endfor %}', '1a;2b;'],
    ['{% for (a, (b, c)) in [[1, [2, 3]]] %}{{ a }}{{ b }}{{ c }};{% endfor %}', '123;'],
    ['{% for a, b in [[1]] %}{{ a }}{% endfor %}', 'ValueError'],
    ['{% for a, b in [[1, 2, 3]] %}{{ a }}{% endfor %}', 'ValueError'],
    ['{% for a, b in [5] %}{{ a }}{% endfor %}', 'TypeError'],
    ['{% for c in "abc" %}{{ c }}-{% endfor %}', 'a-b-c-'],
    ['{% for i in 5 %}{{ i }}{% endfor %}', 'TypeError'],
    ['{% for i in none %}{{ i }}{% endfor %}', 'TypeError'],
    ['{% for i in config.missing %}{{ i }}{% else %}none{% endfor %}', 'none'],
    [
      '{% for i in config.list | map("string") %}{{ loop.last }}{{ i }};{% endfor %}',
      'False"""3""";False"""1""";True"""2""";',
    ],
    [
      '{% for i in [1, 2] %}{% for j in [3, 4] %}{{ loop.index }}{{ i }}{{ j }};{% endfor %}{{ loop.index }}{% endfor %}',
      '113;214;1123;224;2',
    ],
    ['{% for i in [1] %}{% set x = i %}{% endfor %}{{ x }};', 'ValueError'],
    ['{% set x = 0 %}{% for i in [1] %}{% set x = i %}{% endfor %}{{ x }};', '0;'],
    [
      '{% for i in [1, 2, 3] %}{% if i == 2 %}{{ "two" }}{% elif i == 3 %}three{% else %}{{ i }}{% endif %};{% endfor %}',
      '1;two;three;',
    ],
    ['{% for i in config.list recursive %}{{ i }}{% endfor %};', '312;'],
    ['{% for i in [1] %}{{ i }}{% endfor %}{{ i }};', 'ValueError'],
    [
      '{% for i in [[1, [2, [3]]]] recursive %}{% for j in i %}{% if j is iterable %}({{ loop(j) }}){% endif %}{% endfor %}{% endfor %};',
      'TypeError',
    ],
    [
      '{% for i in [[1, 2], [3]] recursive %}{{ loop.depth }}{{ loop.depth0 }}{% if i is iterable %}[{{ loop(i) }}]{% else %}{{ i }}{% endif %}{% endfor %};',
      '10[211212]10[213];',
    ],
    ['{% for i in [1] %}{{ loop([2]) }}{% endfor %}', 'TypeError'],
  ])('%s', (template, wanted) => {
    expect(rendered(template)).toBe(wanted);
  });
});

describe('loop', () => {
  it.each([
    [
      '{% for i in config.list %}{{ loop.index }}{{ loop.index0 }}{{ loop.revindex }}{{ loop.revindex0 }};{% endfor %}',
      '1032;2121;3210;',
    ],
    [
      '{% for i in config.list %}{{ loop.first }}{{ loop.last }};{% endfor %}',
      'TrueFalse;FalseFalse;FalseTrue;',
    ],
    ['{% for i in config.list %}{{ loop.length }}{{ loop | length }};{% endfor %}', '33;33;33;'],
    ['{% for i in config.list %}{{ loop.previtem }}|{{ loop.nextitem }};{% endfor %}', '|1;3|2;1|;'],
    ['{% for i in config.list %}{{ loop.cycle("a", "b") }};{% endfor %}', 'a;b;a;'],
    ['{% for i in config.list %}{{ loop.cycle() }}{% endfor %}', 'TypeError'],
    ['{% for i in [1, 1, 2] %}{{ loop.changed(i) }};{% endfor %}', 'True;False;True;'],
    ['{% for i in [1, 1, 2] %}{{ loop.changed(i, loop.first) }};{% endfor %}', 'True;True;True;'],
    ['{% for i in config.list %}{{ loop.nothing is defined }};{% endfor %}', 'False;False;False;'],
    [
      '{% for i in config.list %}{{ loop }};{% endfor %}',
      '<LoopContext 1/3>;<LoopContext 2/3>;<LoopContext 3/3>;',
    ],
    [
      '{% for i in config.list %}{{ loop.previtem is defined }}{{ loop.nextitem is defined }};{% endfor %}',
      'FalseTrue;TrueTrue;TrueFalse;',
    ],
  ])('%s', (template, wanted) => {
    expect(rendered(template)).toBe(wanted);
  });
});
