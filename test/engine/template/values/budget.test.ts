import { createTemplates } from '../../../../engine/template/template.ts';
import { limits } from '../../../../engine/template/values/budget.ts';
import { PythonError } from '../../../../engine/time/python-error.ts';

const clock = { now: () => 0, sleep: async () => {} };
/** A fiftieth of what templates may do, so that the tests take a fiftieth of the time. */
const frugal = createTemplates({ clock, random: () => 0.3, work: limits.work / 50 });
const generous = createTemplates({ clock, random: () => 0.3 });

const long = 'a'.repeat(20_000);
const many = Array.from({ length: 500 }, (_, index) => index);
const wide = Object.fromEntries(many.map((index) => [`field ${index}`, index]));
const context = () => ({ record: { long, many: [...many], wide: { ...wide } } });

/** In a loop over a million characters. */
const inLoop = (body: string) => `{% for c in record.long %}${body}{% endfor %}`;
const doubled = (made: string) =>
  `{% set ns = namespace(x=[1], y=[1], t=(1,)) %}{% for c in record.long[:60] %}${made}{% endfor %}`;

function errorOf(template: string): PythonError {
  try {
    frugal.string(template)(context());
  } catch (error) {
    if (error instanceof PythonError) return error;
    throw error;
  }
  throw new Error(`nothing stopped ${template}`);
}

describe('what a template may spend', () => {
  it.each([
    ['loops in loops', inLoop(inLoop('x'))],
    ['loops that call', inLoop('{{ c | upper | lower | trim }}')],
    ['functions in a loop', inLoop("{% set _ = format_datetime('2024-01-01', '%Y') %}")],
    ['a format in a loop', inLoop("{% set _ = '%500000d' % 1 %}")],
    ['a date format that is long', "{{ now_utc().strftime('%Y' * 1000000) }}"],
    ['work on a long text in a loop', inLoop("{{ record.long | replace('a', 'b') | length }}")],
    ['a character of a long text in a loop', inLoop('{{ record.long[5] }}')],
    ['a search in a long text in a loop', inLoop("{{ 'b' in record.long }}")],
    ['comparisons of long texts', `{% set b = record.long ~ 'b' %}${inLoop("{{ b == record.long ~ 'b' }}")}`],
    ['work on long lists in a loop', inLoop('{{ record.many | sum }}')],
    ['a search in a long list in a loop', inLoop('{{ -1 in record.many }}')],
    ['the keys of a wide dict in a loop', inLoop('{{ record.wide | length }}')],
    ['copies of a dict', inLoop('{% set _ = record.wide.copy() %}')],
    ['copies of a list', inLoop('{% set _ = record.many[1:] %}')],
    ['a slice into many', '{{ record.many | slice(10 ** 9) | list }}'],
    ['joins by long texts', '{{ record.long | join(record.long) }}'],
    ['str.join by a long text', '{{ record.long.join(record.long) }}'],
    ['replacements by long texts', "{{ record.long | replace('a', record.long) }}"],
    ['a replacement of nothing', "{{ record.long.replace('', record.long) }}"],
    ['translations to long texts', '{{ record.long.translate({97: record.long}) }}'],
    ['indents by long texts', "{{ ('\\n' * 1000000) | indent(1000000) }}"],
    ['wide tabs', "{{ ('\\t' * 1000000).expandtabs(1000000) }}"],
    ['JSON with wide indents', '{{ record.many | tojson(1000000) }}'],
    ['words that may be an address', "{{ ('a@a.' * 250000) | urlize }}"],
    [
      'macros that fan out',
      '{% macro f(n) %}{% if n > 0 %}{{ f(n - 1) }}{{ f(n - 1) }}{% endif %}{% endmacro %}{{ f(100) }}',
    ],
    ['a list of itself twice, printed', `${doubled('{% set ns.x = [ns.x, ns.x] %}')}{{ ns.x }}`],
    ['a list of itself twice, as JSON', `${doubled('{% set ns.x = [ns.x, ns.x] %}')}{{ ns.x | tojson }}`],
    [
      'lists of themselves twice, compared',
      `${doubled('{% set ns.x = [ns.x, ns.x] %}{% set ns.y = [ns.y, ns.y] %}')}{{ ns.x == ns.y }}`,
    ],
    ['a tuple of itself twice, as a key', `${doubled('{% set ns.t = (ns.t, ns.t) %}')}{{ {ns.t: 1} }}`],
    ['a list that grows while it is read', '{% set l = [1] %}{% for i in l %}{{ l.append(i) }}{% endfor %}'],
    ['insertions', `{% set l = [] %}${inLoop('{{ l.insert(0, c) }}')}`],
    ['slices of a tuple', `{% set t = (1,) * 20000 %}${inLoop('{% set _ = t[1:] %}')}`],
    ['sums of tuples', `{% set t = (1,) * 20000 %}${inLoop('{% set _ = t + (c,) %}')}`],
    ['bytes that are repeated', inLoop("{% set _ = 'a'.encode() * 100000 %}")],
    ['sums of bytes', `{% set b = record.long.encode() %}${inLoop('{% set _ = b + b %}')}`],
    ['slices of bytes', `{% set b = record.long.encode() %}${inLoop('{% set _ = b[1:] %}')}`],
    ['comparisons of bytes', `{% set b = record.long.encode() %}${inLoop('{% set _ = b == b[:] %}')}`],
    ['a search in bytes', `{% set b = record.long.encode() %}${inLoop('{% set _ = 98 in b %}')}`],
    ['methods of bytes', `{% set b = record.long.encode() %}${inLoop('{% set _ = b.upper() %}')}`],
    ['comparisons of dicts', inLoop("{% set _ = record.wide == {'a': 1} %}")],
    ['dicts made of others', inLoop('{% set _ = dict(record.wide) %}')],
    ['dicts made of keys', inLoop('{% set _ = {}.fromkeys(record.many) %}')],
    ['items of a dict', inLoop('{% set _ = record.wide.items() | first %}')],
    ['whether a dict has items to loop over', inLoop('{% set _ = record.wide is iterable %}')],
    ['sorting', inLoop('{% set _ = record.many | sort %}')],
    ['quotients of large numbers', `{% set x = 7 ** 20000 %}${inLoop('{% set _ = x // 3 ** 9000 %}')}`],
    ['large numbers as floats', `{% set x = 7 ** 20000 %}${inLoop('{% set _ = x / x %}')}`],
    ['remainders of large numbers', `{% set x = 7 ** 20000 %}${inLoop('{% set _ = x % 7 %}')}`],
    ['signs of large numbers', `{% set x = 7 ** 20000 %}${inLoop('{% set _ = -x %}')}`],
    [
      'equal large numbers',
      `{% set x = 7 ** 90000 %}{% set y = 7 ** 90000 %}${inLoop('{% set _ = x == y %}')}`,
    ],
    ['large numbers as keys', `{% set x = 7 ** 20000 %}${inLoop('{% set _ = {x: 1} %}')}`],
    ['filters of large numbers', `{% set x = 7 ** 20000 %}${inLoop('{% set _ = x | abs %}')}`],
    ['a part that nearly stands everywhere', inLoop("{% set _ = 'aaaaaaaabaaaaaaa' in record.long %}")],
    ['patterns that RE2 matches', inLoop("{% set _ = record.long | regex_search('(?:a?){20}[c-e]') %}")],
    ['patterns that look ahead', inLoop("{% set _ = record.long[:200] | regex_search('(?!b)a*a*c') %}")],
    ['patterns that are made', inLoop("{% set _ = 'a' | regex_search('a' * 1000 ~ loop.index) %}")],
    ['brackets that may belong to an address', "{{ ((')' * 480 ~ 'a ') * 1000) | urlize }}"],
  ])('%s', (_what, template) => {
    expect(errorOf(template)).toMatchObject({
      pythonClass: 'OverflowError',
      message: expect.stringMatching(/^the template works too much|^the list would grow too long/),
    });
  });

  it.each([
    [
      'a list that doubles',
      '{% set ns = namespace(l=[1]) %}{% for c in record.long %}{% set ns.l = ns.l + ns.l %}{% endfor %}',
    ],
    [
      'a list that is extended by itself',
      '{% set l = [1] %}{% for c in record.long %}{{ l.extend(l) }}{% endfor %}',
    ],
    ['a list that is repeated', '{{ record.many * 10000 }}'],
  ])('no more than a million items: %s', (_what, template) => {
    expect(() => generous.string(template)(context())).toThrow(
      new PythonError('the list would grow too long: more than 1000000 items', 'OverflowError'),
    );
  });

  it.each([
    ['a macro that calls itself', '{% macro f(x) %}{{ f(x) }}{% endmacro %}{{ f(1) }}'],
    ['a loop that calls itself', '{% for a in [1] recursive %}{{ loop([1]) }}{% endfor %}'],
  ])('%s is an error and never the template itself', (_what, template) => {
    expect(errorOf(template)).toMatchObject({
      pythonClass: 'RecursionError',
      message: 'the template recurses too deeply: more than 200 macros or loops inside of one another',
    });
  });

  it.each([
    ['a search for a long part', "{{ record.long.find('a' * 9000 ~ 'b' ~ 'a' * 9000) }}", -1],
    ['a search from behind', "{{ record.long.rfind('a' * 9000 ~ 'b') }}", -1],
    ['a wide number in groups', "{{ '{:01000000,}'.format(1) | length }}", 1_000_001],
    ['arguments by the thousands', '{{ max(*record.long) }}', 'a'],
  ])('%s is done at once', (_what, template, expected) => {
    const started = process.cpuUsage().user;
    expect(generous.string(template)({ record: { long: 'a'.repeat(200_000) } })).toBe(expected);
    expect((process.cpuUsage().user - started) / 1e6).toBeLessThan(5);
  });

  it.each([
    [
      'format_datetime of a wide directive',
      "{{ format_datetime('2024-01-01', '%400000000d') }}",
      'ValueError: the width of %400000000d is too large',
    ],
    ['a character that is none', "{{ '%c' % 1114112 }}", 'OverflowError: %c arg not in range(0x110000)'],
    [
      'a format of a character that is none',
      "{{ '{:c}'.format(-1) }}",
      'OverflowError: %c arg not in range(0x110000)',
    ],
    [
      'a translation to no character',
      "{{ 'a'.translate({97: 1114112}) }}",
      'ValueError: character mapping must be in range(0x110000)',
    ],
    [
      'a large number that is printed',
      '{{ 2 ** 499000 }}',
      'ValueError: Exceeds the limit (4300 digits) for integer string conversion',
    ],
    [
      'lookups of lookups',
      `{{ record${'.a'.repeat(100_000)} }}`,
      'TemplateSyntaxError: the template is nested too deeply',
    ],
    ['sums of sums', `{{ 1${'+1'.repeat(3000)} }}`, 'TemplateSyntaxError: the template is nested too deeply'],
    [
      'conditions in conditions',
      '{% if 1 %}'.repeat(20_000),
      'TemplateSyntaxError: the template is nested too deeply',
    ],
  ])('%s is refused in a sentence', (_what, template, expected) => {
    const { pythonClass, message } = errorOf(template);
    expect(`${pythonClass}: ${message}`).toBe(expected);
  });

  it('leaves room for what templates do', () => {
    const rendered = (template: string) =>
      generous.string(template)({ record: { long: 'a'.repeat(200_000), many } });
    expect(rendered('{{ record.long | upper | replace("A", "bc") | length }}')).toBe(400_000);
    expect(rendered("{{ record.many | map('string') | map('length') | sum }}")).toBe(4390);
    expect(rendered('{% for c in record.long[:50000] %}x{% endfor %}')).toHaveLength(50_000);
  });

  it('works in proportion to a text, however it is made', () => {
    const rendered = (template: string) => generous.string(template)({});
    expect(rendered("{{ ('a' * 100000) | wordwrap(1) | length }}")).toBe(199_999);
    expect(rendered("{{ ('<!-- ' * 50000) | striptags | length }}")).toBe(249_999);
    expect(rendered("{{ ('a ' * 50000).split() | length }}")).toBe(50_000);
    expect(rendered("{{ ' a  b c '.split(none, 1) }}")).toEqual(['a', 'b c ']);
    expect(rendered("{{ ' a  b c '.rsplit(none, 1) }}")).toEqual([' a  b', 'c']);
    expect(rendered('{{ 15 | round(-1000000000) }}')).toBe(0);
  });
});
