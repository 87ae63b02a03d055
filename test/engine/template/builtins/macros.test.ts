import { printed } from '../../../kit/printed.ts';

describe('times', () => {
  it.each([
    ['now_utc()', '2026-01-15 12:00:00+00:00'],
    ['today_utc()', '2026-01-15'],
    ['today_with_timezone("Europe/Berlin")', '2026-01-15'],
    ['today_with_timezone("utc")', '2026-01-15'],
    ['today_with_timezone("Nowhere/Land")', 'UnknownTimeZoneError'],
    ['today_with_timezone(5)', 'UnknownTimeZoneError'],
    ['today_with_timezone(config.missing)', 'UnknownTimeZoneError'],
    ['timestamp("2024-01-15T10:20:30Z")', '1705314030.0'],
    ['timestamp(5)', '5'],
    ['timestamp(5.9)', '5'],
    ['timestamp(true)', '1'],
    ['timestamp(none)', 'TypeError'],
    ['timestamp("nonsense")', 'ValueError'],
    ['timestamp(config.missing)', 'UndefinedError'],
    ['timestamp("2024-01-15".encode())', '1705276800.0'],
    ['timestamp([1])', 'ValueError'],
    ['timestamp([1, 2, 3, 4])', 'TypeError'],
    ['day_delta(1)', '2026-01-16T12:00:00.000000+0000'],
    ['day_delta(-1, "%Y-%m-%d")', '2026-01-14'],
    ['day_delta(1.5, format="%H:%M")', '00:00'],
    ['day_delta("1")', 'TypeError'],
    ['day_delta(config.missing)', 'TypeError'],
    ['duration("P1D")', '1 day, 0:00:00'],
    ['format_datetime("2024-01-15T10:20:30Z", "%Y")', '2024'],
    ['format_datetime("15/01/2024", "%Y-%m-%d", "%d/%m/%Y")', '2024-01-15'],
    ['format_datetime(1700000000, "%Y-%m-%d")', '2023-11-14'],
    ['format_datetime(1700000000000, "%Y-%m-%d", "%ms")', '2023-11-14'],
    ['format_datetime(now_utc(), "%s")', '1768478400'],
    ['format_datetime("2024", 5)', 'TypeError'],
    ['str_to_datetime("2024-01-15")', '2024-01-15 00:00:00+00:00'],
    ['str_to_datetime("2024-01-15T10:20:30+02:00")', '2024-01-15 08:20:30+00:00'],
    ['str_to_datetime(5)', 'TypeError'],
  ])('%s', (expression, wanted) => {
    expect(printed(expression)).toBe(wanted);
  });
});

describe('others', () => {
  it.each([
    ['max(1, 3, 2)', '3'],
    ['max([1, 3])', '3'],
    ['max([])', 'ValueError'],
    ['max()', 'TypeError'],
    ['max(1)', 'TypeError'],
    ['max("a", 1)', 'TypeError'],
    ['min(1, 3, 2)', '1'],
    ['min("ab", "c")', 'ab'],
    ['min(config.list)', '1'],
    ['sanitize_url("a b/c?d=é")', 'a+b%2Fc%3Fd%3D%C3%A9'],
    ['sanitize_url("a b".encode())', 'a+b'],
    ['sanitize_url(5)', 'TypeError'],
    ['camel_case_to_snake_case("camelCaseText")', 'camel_case_text'],
    ['camel_case_to_snake_case("HTTPServer")', 'h_t_t_p_server'],
    ['camel_case_to_snake_case(5)', 'TypeError'],
    ['generate_uuid() | length', '36'],
    ['now_utc(1)', 'TypeError'],
    ['now_utc(a=1)', 'TypeError'],
    ['now_utc.nothing is defined', 'False'],
    ['now_utc.__globals__ is defined', 'False'],
    ['now_utc == now_utc', 'True'],
    ['{now_utc: 1} | length', '1'],
    ['{now_utc: 1}[now_utc]', '1'],
    ['{today_utc: 1}[now_utc] is defined', 'False'],
    ['{(now_utc, 1): 2}[(now_utc, 1)]', '2'],
    ['range(3)', 'ValueError'],
  ])('%s', (expression, wanted) => {
    expect(printed(expression)).toBe(wanted);
  });
});
