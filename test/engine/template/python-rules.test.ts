import { PyBytes, PyComplex, PyTuple } from '../../../engine/template/python-values.ts';
import { createTemplates } from '../../../engine/template/template.ts';
import type { Clock } from '../../../engine/time/clock.ts';

const clock: Clock = { now: () => Date.parse('2026-01-15T12:00:00Z'), sleep: async () => {} };
const templates = createTemplates({ clock });

const config = () => ({
  n: 2,
  s: 'abc def',
  list: [3, 1, 2],
  rows: [{ n: { v: 1 } }, { n: {} }],
  d: {},
  half: -2.5,
  nan: Number.NaN,
  inf: Number.POSITIVE_INFINITY,
  big: 123456789012345678901234567890n,
});
const render = (text: string) => templates.string(text)({ config: config() });

function outcome(text: string): unknown {
  try {
    return render(text);
  } catch (error) {
    return Object(error).pythonClass;
  }
}

function check(rows: readonly (readonly [string, unknown])[]) {
  it.each(rows)('%s', (text, wanted) => {
    expect(outcome(text)).toEqual(wanted);
  });
}

describe('numbers', () => {
  check([
    ['{{ config.nan.as_integer_ratio() }}', 'ValueError'],
    ['{{ config.inf.as_integer_ratio() }}', 'OverflowError'],
    ['{{ config.half.hex() }}', '-0x1.4000000000000p+1'],
    ['{{ config.inf | round(0, "ceil") }}', 'OverflowError'],
    ['{{ config.nan | round(1, "floor") }}', 'ValueError'],
    ['{{ 2.345 | round(2, "ceil") }}', 2.35],
    ['{{ 1250 | round(-2) }}', 1200],
    ['{{ config.inf | filesizeformat }}', 'inf YB'],
    ['{{ 1250 | filesizeformat }}', '1.2 kB'],
    ['{{ (0 - 1).to_bytes(8, "big") }}', 'OverflowError'],
    ['{{ config.s.ljust(config.big) }}', 'OverflowError'],
    ['{{ config.s.count("", config.big) }}', 0],
    ['{{ config.s[config.big] is defined }}', false],
  ]);
});

describe('a constant base of a power', () => {
  check([
    ['{{ -2 ** 2 }}', 4],
    ['{{ -2 ** config.n }}', -4],
    ['{{ (1 - 3) ** config.n }}', -4],
    ['{{ (-config.n) ** config.n }}', 4],
    ['{{ (-2 | abs) ** config.n }}', 4],
  ]);
});

describe('formats', () => {
  check([
    ['{{ "%g|" % 1.5e100 }}', '1.5e+100|'],
    ['{{ [config.list, "-1j"] | last ~ "," }}', new PyTuple([new PyComplex(-0, -1)])],
    ['{{ "%g|" % 1.25e300 }}', '1.25e+300|'],
    ['{{ "%d" % config.inf }}', 'OverflowError'],
    ['{{ "%d" % config.nan }}', 'ValueError'],
    ['{{ "{:05d}".format(config.inf) }}', 'ValueError'],
    ['{{ "%(a)s" % config.missing }}', 'UndefinedError'],
    ['{{ dict(**config.missing) }}', 'UndefinedError'],
    ['{{ config.list | indent }}', 'AttributeError'],
    ['{{ "ab" | indent(-1, true) }}', 'ab'],
  ]);
});

describe('keys and arguments', () => {
  check([
    ['{{ dict(**{1: 2}) }}', '{{ dict(**{1: 2}) }}'],
    ['{{ dict(config.missing) }}', 'UndefinedError'],
    ['{% set _ = config.d.update({1: 2, "a": 3}) %}{{ config.d | length }} {{ config.d[1] }}', '2 2'],
    [
      '{% set d = {} %}{% for i in [1, 2] %}{% set _ = d.update({i: i}) %}{% endfor %}{{ d.keys() | list }}',
      [1, 2],
    ],
    ['{{ [1] in config.d.keys() }}', '{{ [1] in config.d.keys() }}'],
    ['{{ [] is filter }}', '{{ [] is filter }}'],
    ['{{ config.list | sort(reverse="yes") }}', '{{ config.list | sort(reverse="yes") }}'],
    ['{{ config.rows | map(attribute="n.v", default=none) | map("default", 0) | list }}', [1, 0]],
    ['{{ format_datetime(config.missing, config.missing) }}', 'UndefinedError'],
    ['{{ format_datetime([], "%Y", []) }}', 'ValueError'],
    ['{{ format_datetime("2024-01-02", "%Y", "") }}', 2024],
  ]);
});

describe('texts', () => {
  check([
    ['{{ "straße ß ŉ ǆ".title() }}', 'Straße Ss ʼN ǅ'],
    ['{{ "abc" | truncate(2) }}', 'AssertionError'],
    ['{{ [1, 2] | truncate(3) }}', [1, 2]],
    ['{{ config.missing | truncate(3) }}', ''],
    ['{{ 5 | wordwrap(4) }}', 'AttributeError'],
    ['{{ "abc" | wordwrap(0) }}', 'ValueError'],
    ['{{ ({"a": 1} | xmlattr)[1:].replace("a", "<") }}', '<="1"'],
    ['{{ {1: 2} | xmlattr }}', '{{ {1: 2} | xmlattr }}'],
    ['{% filter length %}abc{% endfilter %}', '{% filter length %}abc{% endfilter %}'],
    ['{% include none ignore missing %}z', 'z'],
    ['{% include [] %}z', 'TemplatesNotFound'],
    ['{% include "a" ignore missing %}', '{% include "a" ignore missing %}'],
    ['{{ self | list }}', 'KeyError'],
    ['{{ "a\x1fb" | striptags }}', 'a b'],
    ['{{ "\'ȶ".istitle() }}', false],
    ['{{ "ŉ ß ς".casefold() }}', 'ʼn ss σ'],
    ['{{ "ß".encode("latin-1").upper() }}', new PyBytes(Buffer.from([0xdf]))],
    ['{{ sanitize_url("ß".encode("latin-1")) }}', '%DF'],
  ]);
});

describe('times of day, calendars and durations', () => {
  check([
    ['{{ str_to_datetime("2024-02-29T13:05:07.5Z").time() }}', '13:05:07.500000'],
    ['{{ [now_utc().timetz()] }}', '[datetime.time(12, 0, tzinfo=datetime.timezone.utc)]'],
    ['{{ now_utc().combine(today_utc(), now_utc().time()) }}', '2026-01-15 12:00:00'],
    ['{{ now_utc().time().replace(hour=3).isoformat("minutes") }}', '03:00'],
    ['{{ now_utc().time() < now_utc().time().max }}', true],
    ['{{ now_utc().timetuple().tm_yday }}', 15],
    [
      '{{ today_utc().timetuple() }}',
      'time.struct_time(tm_year=2026, tm_mon=1, tm_mday=15, tm_hour=0, tm_min=0, tm_sec=0, tm_wday=3, tm_yday=15, tm_isdst=-1)',
    ],
    ['{{ str_to_datetime("2024-02-29").timetuple()[8] }}', 0],
    ['{{ today_utc().isocalendar().week }}', 3],
    ['{{ today_utc().isocalendar() }}', 'datetime.IsoCalendarDate(year=2026, week=3, weekday=4)'],
    ['{{ now_utc().replace(month=config.big) }}', 'OverflowError'],
    ['{{ duration("P1M").totimedelta(start=str_to_datetime("2024-01-31")) }}', '29 days, 0:00:00'],
    ['{{ duration("P1.5M") + duration("P1D") }}', 'ValueError'],
    ['{{ duration("P100000DT0.000001S") * 1.5 }}', '150000 days, 0:00:00.000002'],
    ['{{ duration("PT0.000005S") / 2 }}', '0:00:00.000002'],
    ['{{ day_delta(config.nan) }}', 'ValueError'],
  ]);
});
