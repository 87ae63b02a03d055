import { PyFloat, PyRecord, PyStreamSlice, PyTuple } from '../../../engine/template/python-values.ts';
import { createTemplates, inspectTemplate, type TemplateWarning } from '../../../engine/template/template.ts';
import type { Clock } from '../../../engine/time/clock.ts';

const clock: Clock = { now: () => Date.parse('2026-01-15T12:00:00Z'), sleep: async () => {} };
const templates = createTemplates({ clock });
const render = (text: string, context: Record<string, unknown> = {}) => templates.string(text)(context);

const config = {
  n: 5,
  s: 'abc',
  list: [1, 2, 3],
  nested: { deep: { x: 1 } },
  none: null,
  zip: '01',
  items: 'field',
};

describe('golden rows', () => {
  const rows: readonly (readonly [string, unknown])[] = [
    ['plain', 'plain'],
    ['42', 42],
    ["'quoted'", 'quoted'],
    ['{{ 1 + 1 }}', 2],
    ['{{ config.zip }}', '01'],
    ['{{ config.n }}-{{ config.n }}', '5-5'],
    ['{{ 7 / 2 }}', 3.5],
    ['{{ 4 / 2 }}', new PyFloat(2)],
    ['{{ -7 // 2 }}', -4],
    ['{{ -7 % 3 }}', 2],
    ['{{ -2 ** 2 }}', 4],
    ['{{ 2 ** 3 ** 2 }}', 64],
    ['{{ 1 < 2 < 3 }}', true],
    ['{{ 3 > 2 > 2 }}', false],
    ["{{ 'a' ~ 1 ~ none }}", 'a1None'],
    ["{{ '\\d' }}", '\\d'],
    ['{{ config.list[-1] }}', 3],
    ['{{ config.list[::-1] }}', [3, 2, 1]],
    ["{{ config.list | join(',') }}", new PyTuple([1, 2, 3])],
    ["{{ config.list | join('-') }}", '1-2-3'],
    ['{{ config.nested.deep.x }}', 1],
    ["{{ config['items'] }}", 'field'],
    ["{{ config.missing | default('d') }}", 'd'],
    ["{{ config.none | default('d') }}", null],
    ["{{ config.none | default('d', true) }}", 'd'],
    ['{{ config.missing }}', ''],
    ["{{ config.get('missing', 7) }}", 7],
    ["{{ config.s.upper() | lower | replace('b', 'B') }}", 'aBc'],
    ["{{ 'x' if config.n > 3 else 'y' }}", 'x'],
    ["{{ 'x' in config.s, 'a' in config.s }}", new PyTuple([false, true])],
    ['{% for i in config.list if i != 2 %}{{ loop.index }}:{{ i }} {% endfor %}', '1:1 2:3 '],
    ['{% set x = 3 %}{{ x * 2 }}', 6],
    [
      '{% set ns = namespace(t=0) %}{% for i in config.list %}{% set ns.t = ns.t + i %}{% endfor %}{{ ns.t }}',
      6,
    ],
    ['{% macro twice(a) %}{{ a }}{{ a }}{% endmacro %}{{ twice("ab") }}', 'abab'],
    ['{% macro of(a, b=none, c=a) %}{{ a }}{{ b }}{{ c }}{% endmacro %}{{ of("x") }}', 'xNonex'],
    ['{% macro all(a) %}{{ a }}{{ varargs }}{{ kwargs }}{% endmacro %}{{ all(1, 2, b=3) }}', "1(2,){'b': 3}"],
    [
      '{% for i in [[1, [2]], 3] recursive %}{{ loop(i) if i is iterable else i }};{% else %}none{% endfor %}',
      '1;2;;;3;',
    ],
    ["{{ 'a long-winded word' | wordwrap(8) }}", 'a long-\nwinded\nword'],
    ["{{ 'see www.a.com!' | urlize }}", 'see www.a.com!'],
    ['{% raw %}{{ x }}{% endraw %}', '{{ x }}'],
    ['a {{- 1 -}} b', 'a1b'],
    ["{{ now_utc().strftime('%Y-%m-%d') }}", '2026-01-15'],
    ["{{ day_delta(-1, '%Y-%m-%d') }}", '2026-01-14'],
    ["{{ (today_utc() - duration('P1M')).isoformat() }}", '2025-12-15'],
    ["{{ timestamp('2024-01-15T10:20:30Z') | int }}", 1705314030],
    ["{{ format_datetime('2024-01-15T10:20:30+02:00', '%H:%M %z') }}", '08:20 +0000'],
    ["{{ 'a1b2' | regex_replace('[0-9]', '#') }}", 'a#b#'],
    ["{{ 'key=v' | regex_search('key=(.*)') }}", 'v'],
    ["{{ 'user:pass' | base64encode }}", 'dXNlcjpwYXNz'],
    ["{{ 'x' | hash('md5') }}", '9dd4e461268c8034f5c8564e155c67a6'],
    ['{{ {"a": [1, true]} }}', { a: [1, true] }],
    ["{{ '%05.1f|%s' % (2.25, 'x') }}", '002.2|x'],
    ["{{ '{:>4}|{a}'.format(1, a=2) }}", '   1|2'],
    ['{{ 12345678901234567890 }}', 12345678901234567890n],
  ];

  it.each(rows)('%s', (text, expected) => {
    expect(render(text, { config })).toEqual(expected);
  });
});

describe('errors and defaults', () => {
  const errorOf = (text: string, context = {}) => {
    try {
      return render(text, context);
    } catch (error) {
      return (error as { pythonClass?: string }).pythonClass;
    }
  };

  it('makes the raw template the result of a TypeError, and says so once', () => {
    const warnings: TemplateWarning[] = [];
    const warned = createTemplates({ clock, onWarning: (warning) => warnings.push(warning) });
    const text = "{{ 'a' + 1 }}";
    expect(warned.value(text)({})).toBe(text);
    expect(warned.value(text)({})).toBe(text);
    const message =
      "TypeError: unsupported operand type(s) for +: 'str' and 'int'; the template itself is the result";
    expect(warnings).toEqual([{ text, message }]);
  });

  it('raises what Python raises', () => {
    expect(errorOf('{{ config.a.b }}')).toBe('UndefinedError');
    expect(errorOf('{{ nobody }}')).toBe('ValueError');
    expect(errorOf('{{ 1 // 0 }}')).toBe('ZeroDivisionError');
    expect(errorOf('{{ 1 if }}')).toBe('TemplateSyntaxError');
    expect(errorOf('{{ 1 | nofilter }}')).toBe('TemplateAssertionError');
    expect(errorOf('{{ config.stream_state }}')).toBe('AirbyteTracedException');
  });

  it('draws from the randomness it is given', () => {
    const drawing = createTemplates({ clock, random: () => 0.5 });
    expect(drawing.string('{{ [1, 2, 3] | random }}')({})).toBe(2);
  });

  it('gives null for a value that is missing, empty text for a string', () => {
    expect(templates.value('{{ config.a.b }}')({ config: {} })).toBeNull();
    expect(templates.value('{{ config.a }}')({ config: {} })).toBeNull();
    expect(templates.string('{{ config.a }}', { default: 'd' })({ config: {} })).toBe('d');
  });

  it('keeps a string whose first result was its own text', () => {
    const text = "{{ ','.join(record.l) }}";
    const sticky = templates.string(text);
    expect(sticky({ record: { l: [1] } })).toBe(text);
    expect(sticky({ record: { l: ['a', 'b'] } })).toBe(text);
    expect(templates.string(text)({ record: { l: ['a', 'b'] } })).toBe('a,b');
  });
});

describe('what is given to a template', () => {
  it('is not what the engine itself names', () => {
    for (const name of ['stream_interval', 'stream_partition'])
      expect(() => render('{{ 1 }}', { [name]: {} })).toThrow(
        `Found reserved keyword ${name} in interpolation context.`,
      );
  });

  it('is None where JavaScript has nothing', () => {
    expect(render('{{ record }}', { record: undefined })).toBeNull();
    expect(render('{{ config.a is defined }}{{ parameters }}')).toBe('False{}');
  });

  it('is what the default is evaluated with', () => {
    const read = templates.string('{{ config.a }}', { default: '{{ record.b }}' });
    const config = {};
    expect([1, 2].map((b) => read({ config, record: { b } }))).toEqual([1, 2]);
    expect(() => templates.string('{{ 1 // 0 }}', { default: 'd' })({})).toThrow(/division/);
    expect(() => templates.string("{{ ''.__class__.mro() }}", { default: 'd' })({})).toThrow(
      expect.objectContaining({ pythonClass: 'SecurityError' }),
    );
  });
});

describe('what is evaluated again', () => {
  /** A config that counts how often it is read. */
  function counted(value: unknown) {
    const reads = { count: 0 };
    const config = {
      get a() {
        reads.count += 1;
        return value;
      },
    };
    return { reads, config };
  }

  it('is nothing that reads config and parameters only, while they are the same', () => {
    const { reads, config } = counted('x');
    const read = templates.string('{{ config.a }}/{{ parameters.b }}');
    const parameters = { b: 1 };
    expect([read({ config, parameters, record: 1 }), read({ config, parameters, record: 2 })]).toEqual([
      'x/1',
      'x/1',
    ]);
    expect(reads.count).toBe(1);
    expect(read({ config, parameters: { b: 2 } })).toBe('x/2');
    expect(read({ config: { a: 'y' }, parameters })).toBe('y/1');
  });

  it('is nothing where the default reads only those either', () => {
    const { reads, config } = counted('');
    const read = templates.string('{{ config.a }}', { default: 'd' });
    expect([read({ config }), read({ config })]).toEqual(['d', 'd']);
    expect(reads.count).toBe(1);
  });

  it('is what reads anything else, and what is a list of its own', () => {
    const { reads, config } = counted('x');
    const read = templates.string('{{ config.a }}{{ record }}');
    expect([read({ config, record: 1 }), read({ config, record: 2 })]).toEqual(['x1', 'x2']);
    expect(reads.count).toBe(2);
    const list = templates.value('{{ [config.b] }}');
    const same = { config: { b: 1 } };
    expect(list(same)).toEqual([1]);
    expect(list(same)).not.toBe(list(same));
    const written = templates.value('[1]');
    expect(written({})).toEqual([1]);
    expect(written({})).not.toBe(written({}));
  });

  it('is the default of a text that is empty', () => {
    expect(templates.string('', { default: 'd' })({})).toBe('d');
    expect(templates.string('', { default: '{{ config.a }}' })({ config: { a: 1 } })).toBe(1);
    expect(templates.string('')({})).toBe('');
    expect(templates.value('')({})).toBeNull();
    expect(templates.value('None')({})).toBeNull();
    expect(templates.value('{# nothing #}')({})).toBeNull();
  });
});

describe('value types', () => {
  it('keeps the literal only when it is of the type', () => {
    expect(templates.string('{{ "5" }}', { valueType: 'number' })({})).toBe('5');
    expect(templates.string('{{ "5" }}', { valueType: 'integer' })({})).toBe(5);
    expect(templates.string('{{ 5 }}', { valueType: 'string' })({})).toBe('5');
    expect(templates.value('{{ none }}', { valueType: 'request_params' })({})).toBe('None');
    expect(templates.value('{{ [1] }}', { valueType: 'request_params' })({})).toEqual([1]);
  });
});

describe('booleans', () => {
  it.each([
    ['{{ 0 }}', false],
    ['{{ [] }}', false],
    ['{{ "False" }}', false],
    ['{{ config.a.b == 1 }}', false],
    ['{{ none > 1 }}', true],
    ['{{ [none] }}', true],
    ['none', true],
  ])('%s is %s', (text, expected) => {
    expect(templates.boolean(text)({ config: {} })).toBe(expected);
  });
});

describe('mappings', () => {
  it('evaluates keys and text values, and leaves the rest alone', () => {
    const made = templates.mapping({ '{{ config.k }}': '{{ config.v }}', n: 1, '{{ config.none }}': 'x' });
    expect(made({ config: { k: 'a', v: 2 } })).toEqual({ a: 2, n: 1, None: 'x' });
  });

  it('keeps texts that are no templates where that is asked for', () => {
    const value = { a: '478', b: ['True', 'None', '1.10'], c: { d: '1_000', e: '1,2', f: '{{ 1 }}' } };
    const kept = { a: '478', b: ['True', 'None', '1.10'], c: { d: '1_000', e: '1,2', f: 1 } };
    expect(templates.nestedMapping(value, { keepsTexts: true })({})).toEqual(kept);
    expect(templates.nestedMapping(value)({})).not.toEqual(kept);
  });

  it('reads objects that are written as texts', () => {
    const value = { sort: '{"field": "a", "order": "b"}', list: "[{'a': 1}]", numbers: '[1, 2]' };
    const read = { sort: { field: 'a', order: 'b' }, list: [{ a: 1 }], numbers: '[1, 2]' };
    expect(templates.nestedMapping(value, { keepsTexts: true })({})).toEqual(read);
  });

  it('drops nothing from lists and nulls from nested mappings', () => {
    const made = templates.nestedMapping({ a: ['{{ config.x }}', null], b: { c: '{{ config.none }}' } });
    expect(made({ config: { x: 1 } })).toEqual({ a: [1, null], b: {} });
  });
});

describe('contexts', () => {
  it('reads slices and records that are more than mappings', () => {
    const slice = new PyStreamSlice({
      partition: { id: 1 },
      cursor: { from: 'a' },
      extraFields: { name: 'n' },
    });
    expect(
      render('{{ stream_partition.id }}{{ stream_interval.from }}{{ stream_slice.extra_fields.name }}', {
        stream_slice: slice,
      }),
    ).toBe('1an');
    const record = new PyRecord({ data: { id: 1, data: 2 }, stream_name: 's' });
    expect(render('{{ last_record.stream_name }}{{ last_record["id"] }}', { last_record: record })).toBe(
      's1',
    );
    expect(render('{{ stream_slice.id }}', { stream_slice: { id: 9 } })).toBe(9);
  });

  it('mutates what the template mutates, and nothing else', () => {
    const list = [1];
    expect(render('{% set _ = config.l.append(2) %}{{ config.l }}', { config: { l: list } })).toEqual([1, 2]);
    expect(list).toEqual([1, 2]);
  });
});

describe('the sandbox', () => {
  it.each([
    "{{ ''.constructor }}",
    '{{ config.constructor }}',
    "{{ config['constructor'] }}",
    '{{ config.__proto__ }}',
    "{{ config['__proto__'] }}",
    '{{ config.hasOwnProperty }}',
    '{{ [].map }}',
    '{{ [].length }}',
    '{{ now_utc.call }}',
    '{{ now_utc.prototype }}',
    '{{ config.toString }}',
    "{{ ''['__class__'] }}",
    '{{ cycler.apply }}',
    '{{ now_utc().wallMs }}',
  ])('%s is nothing', (text) => {
    expect(render(text, { config: {} })).toBe('');
  });

  it('refuses to use what is unsafe', () => {
    expect(() => render("{{ ''.__class__.mro() }}")).toThrow(
      expect.objectContaining({ pythonClass: 'SecurityError' }),
    );
    expect(() => render("{{ ''.constructor.constructor('return process')() }}")).toThrow(
      expect.objectContaining({ pythonClass: 'UndefinedError' }),
    );
    expect(() => render("{{ '{0.__class__.x}'.format(1) }}")).toThrow(
      expect.objectContaining({ pythonClass: 'SecurityError' }),
    );
  });

  it('cannot pollute a prototype', () => {
    render("{% set _ = config.update({'__proto__': {'polluted': 1}}) %}", { config: {} });
    render('{% set _ = dict(__proto__=1) %}');
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it.each([
    ['{% set l = [1] %}{% for i in l %}{% set _ = l.append(1) %}{% endfor %}', 'the template works too much'],
    ["{{ 'x' * 1000000000 }}", 'the result would grow too long'],
    ['{{ [1] * 1000000000 }}', 'the result would grow too long'],
    ['{{ 9 ** 999999999 }}', 'the number would grow too large'],
    [`{{ ${'('.repeat(5000)}1${')'.repeat(5000)} }}`, 'expression is nested too deeply'],
    ["{{ '%999999999d' % 1 }}", 'the width of a format is too large'],
    ["{{ '{:999999999}'.format(1) }}", 'the width of a format is too large'],
    ['{{ [1] | batch(9999999, 0) | list }}', 'the row would grow too long'],
  ])('bounds %.60s', (text, message) => {
    expect(() => render(text)).toThrow(message);
  });
});

describe('inspection', () => {
  it('points at what is wrong', () => {
    expect(inspectTemplate('a {{ config.x | nope }}').error).toEqual({
      message: "No filter named 'nope'.",
      offset: 16,
    });
    expect(inspectTemplate('{{ config. }}').error?.offset).toBe(11);
    expect(inspectTemplate('{{ 1').error?.offset).toBe(4);
    expect(inspectTemplate('{% if x %}').error?.offset).toBe(3);
  });

  it('names what comes from the context, with its place', () => {
    expect(inspectTemplate('{{ record.a }} {% set y = 1 %}{{ y + other }}').names).toEqual([
      { name: 'record', offset: 3 },
      { name: 'other', offset: 37 },
    ]);
    expect(
      inspectTemplate('{% if config.a %}{% set q = 1 %}{% endif %}{{ q }}').names.map(({ name }) => name),
    ).toContain('q');
  });

  it('tells plain text from templates', () => {
    expect(inspectTemplate('plain')).toEqual({ isPlain: true, names: [] });
    expect(inspectTemplate('{{ 1 }}').isPlain).toBe(false);
  });
});
