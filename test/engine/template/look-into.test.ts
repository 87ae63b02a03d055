import { lookInto } from '../../../engine/template/look-into.ts';

const context = () => ({
  config: { a: 1, 'b c': [1, 2], d: { e: 'x' }, items: 5 },
  record: {},
  last_page_size: 3,
});

/** How deep, what, where, its type and its value. */
function looked(template: string): readonly string[] {
  return lookInto(template, context(), () => 0).map((part) => {
    const whole = part.type === 'dict' && part.text === 'config' ? '{…}' : part.shown;
    const lookup = part.isLookup ? ` (${part.isKnown ? 'lookup' : 'unknown lookup'})` : '';
    expect(part.isUndefined).toBe(part.type === 'Undefined');
    return `${part.depth} ${part.text}@${part.offset}: ${part.type} ${whole}${lookup}`;
  });
}

describe('the parts of a template, with what they come to', () => {
  it.each([
    [
      '{{ (config.x or []).y }}',
      [
        '0 (config.x or []).y@20: Undefined Undefined',
        '1 config.x or []@4: list []',
        '2 config.x@11: Undefined Undefined (lookup)',
        '2 []@16: list []',
      ],
    ],
    [
      "{{ f('a').b }}",
      ["0 f('a').b@10: UndefinedError 'f' is undefined", "1 f('a')@3: UndefinedError 'f' is undefined"],
    ],
    [
      '{{ config[1:2].a }}',
      [
        "0 config[1:2].a@15: TypeError 'dict' object is not subscriptable",
        "1 config[1:2]@9: TypeError 'dict' object is not subscriptable",
        '2 config@3: dict {\u2026} (lookup)',
      ],
    ],
    [
      '{{ config.get() }}',
      [
        "0 config.get()@10: TypeError dict.get() missing 1 required positional argument: 'key'",
        '1 config@3: dict {\u2026} (lookup)',
      ],
    ],
    [
      '{{ nobody }}{{ (nobody or {}).a }}',
      [
        '0 nobody@3: Undefined Undefined (unknown lookup)',
        '0 nobody.a@30: Undefined Undefined (unknown lookup)',
      ],
    ],
    ['{{ config.a + 1 }}', ['0 config.a + 1@3: int 2', '1 config.a@10: int 1 (lookup)']],
    ["{{ config['b c'][0] }}", ["0 config['b c'][0]@16: int 1 (lookup)"]],
    [
      '{{ config.d.e.f | default(record.id) }}',
      [
        '0 config.d.e.f | default(record.id)@18: Undefined Undefined',
        '1 config.d.e.f@14: Undefined Undefined (lookup)',
        '1 record.id@33: Undefined Undefined (lookup)',
      ],
    ],
    ['{{ nobody.a }}', ["0 nobody.a@10: UndefinedError 'nobody' is undefined (unknown lookup)"]],
    ["{{ (config.get('d') or {}).e }}", ["0 config.d.e@27: str 'x' (lookup)"]],
    [
      "{{ (config.x or {'y': 1}).y }}",
      [
        "0 (config.x or {'y': 1}).y@26: int 1",
        "1 config.x or {'y': 1}@4: dict {'y': 1}",
        '2 config.x@11: Undefined Undefined (lookup)',
        "2 {'y': 1}@16: dict {'y': 1}",
      ],
    ],
    [
      '{{ config.get(record.id) }}',
      [
        '0 config.get(record.id)@10: NoneType None',
        '1 config@3: dict {\u2026} (lookup)',
        '1 record.id@21: Undefined Undefined (lookup)',
      ],
    ],
    [
      "{{ config.d.e.upper() ~ max(1, config.a, *config['b c']) }}",
      [
        "0 config.d.e.upper() ~ max(1, config.a, *config['b c'])@3: str 'X2'",
        "1 config.d.e.upper()@14: str 'X'",
        "2 config.d.e@12: str 'x' (lookup)",
        "1 max(1, config.a, *config['b c'])@24: int 2",
        '2 config.a@38: int 1 (lookup)',
        "2 config['b c']@48: list [1, 2] (lookup)",
      ],
    ],
    [
      "{{ config.d.get('e', config.a).upper() }}",
      ["0 config.d.get('e', config.a).upper()@31: str 'X'", "1 config.d.e@12: str 'x' (lookup)"],
    ],
    [
      "{{ 'x' if config.a > 0 else record.y }}{{ 5 }}",
      [
        "0 'x' if (config.a > 0) else record.y@3: str 'x'",
        '1 config.a > 0@10: bool True',
        '2 config.a@17: int 1 (lookup)',
        '1 record.y@35: Undefined Undefined (lookup)',
      ],
    ],
    ['{{ 1 // 0 }}', ['0 1 // 0@3: ZeroDivisionError integer division or modulo by zero']],
    [
      '{{ config.items }}{{ config.keys }}{{ 1 | nothing }}',
      [
        '0 config.items@10: int 5 (lookup)',
        "0 config.keys@28: TemplateRuntimeError there is no field 'keys', and config.keys is a method that is not called: write config['keys'] for a field that may be missing, config.keys() for the method (lookup)",
        "0 1 | nothing@42: TemplateRuntimeError No filter named 'nothing'.",
      ],
    ],
    [
      '{% set z = config.a %}{{ z }}{{ z.b }}{% set w = 1 // 0 %}{{ w }}{% set p, q = 1, 2 %}{{ p }}',
      [
        '0 config.a@18: int 1 (lookup)',
        '0 z@25: int 1 (lookup)',
        '0 z.b@34: Undefined Undefined (lookup)',
        '0 1 // 0@49: ZeroDivisionError integer division or modulo by zero',
        '0 w@61: Undefined Undefined (unknown lookup)',
        '0 (1, 2)@79: tuple (1, 2)',
        '0 p@89: Undefined Undefined (unknown lookup)',
      ],
    ],
    [
      '{% if config.a %}{{ config.d }}{% elif record.x %}{{ record.y }}{% else %}{{ last_page_size }}{% endif %}',
      [
        '0 config.a@13: int 1 (lookup)',
        "0 config.d@27: dict {'e': 'x'} (lookup)",
        '0 record.x@46: Undefined Undefined (lookup)',
        '0 record.y@60: Undefined Undefined (lookup)',
        '0 last_page_size@77: int 3 (lookup)',
      ],
    ],
    ["{% for i in config['b c'] %}{{ i }}{% endfor %}text", []],
    [
      "{{ config[0] }}{{ config['9x'] }}{{ config[record.a] }}{{ config[1:2] }}",
      [
        '0 config[0]@9: Undefined Undefined (lookup)',
        "0 config['9x']@24: Undefined Undefined (lookup)",
        '0 config[record.a]@42: Undefined Undefined',
        '1 config@36: dict {\u2026} (lookup)',
        '1 record.a@50: Undefined Undefined (lookup)',
        "0 config[1:2]@64: TypeError 'dict' object is not subscriptable",
        '1 config@58: dict {\u2026} (lookup)',
      ],
    ],
    ['{{ broken', []],
    [
      '{{ [config.a, (record.b, {config.d.e: none})] }}',
      [
        "0 [config.a, (record.b, {config.d.e: none})]@3: list [1, (Undefined, {'x': None})]",
        '1 config.a@11: int 1 (lookup)',
        "1 (record.b, {config.d.e: none})@15: tuple (Undefined, {'x': None})",
        '2 record.b@22: Undefined Undefined (lookup)',
        "2 {config.d.e: none}@25: dict {'x': None}",
        "3 config.d.e@35: str 'x' (lookup)",
      ],
    ],
    [
      '{{ not config.a }}{{ -config.a }}{{ config.a is defined }}{{ config.a < 2 < 3 }}',
      [
        '0 not config.a@3: bool False',
        '1 config.a@14: int 1 (lookup)',
        '0 -config.a@21: int -1',
        '1 config.a@29: int 1 (lookup)',
        '0 config.a is defined@48: bool True',
        '1 config.a@43: int 1 (lookup)',
        '0 config.a < 2 < 3@61: bool True',
        '1 config.a@68: int 1 (lookup)',
      ],
    ],
    [
      '{{ f(config.a) }}{{ dict(k=config.a, **config.d) }}',
      [
        "0 f(config.a)@3: UndefinedError 'f' is undefined",
        '1 config.a@12: int 1 (lookup)',
        "0 dict(k=config.a, **config.d)@20: dict {'k': 1, 'e': 'x'}",
        '1 config.a@34: int 1 (lookup)',
        "1 config.d@46: dict {'e': 'x'} (lookup)",
      ],
    ],
    ['{{ true }}{{ config }}', ['0 config@13: dict {\u2026} (lookup)']],
  ])('%s', (template, wanted) => {
    expect(looked(template)).toEqual(wanted);
  });

  it('knows the time that it is given', () => {
    expect(lookInto('{{ now_utc().year }}', {}, () => Date.UTC(2031, 5, 1))[0]?.shown).toBe('2031');
  });
});
