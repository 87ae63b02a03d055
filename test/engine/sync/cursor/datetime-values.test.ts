import { datetimeValues } from '../../../../engine/sync/cursor/datetime-values.ts';
import { parseDuration } from '../../../../engine/time/duration.ts';
import { isoparse } from '../../../../engine/time/isoparse.ts';
import type { PyTimedelta } from '../../../../engine/time/timedelta.ts';

const of = (output: string, input: readonly string[] = [], granularity?: string) =>
  datetimeValues({ output, input }, granularity === undefined ? undefined : parseDuration(granularity));
const day = '%Y-%m-%d';

describe('a moment as records and states have it', () => {
  it.each([
    [of(day), '2024-02-29', '2024-02-29T00:00:00+00:00'],
    [of(day), '2024-2-9', '2024-02-09T00:00:00+00:00'],
    // Formats are tried in order, and that of states last.
    [of('%s', [day, '%d/%m/%Y']), '01/02/2024', '2024-02-01T00:00:00+00:00'],
    [of('%s', [day]), '86400', '1970-01-02T00:00:00+00:00'],
    [of('%s', [day]), 86_400, '1970-01-02T00:00:00+00:00'],
    [of('%ms'), 86_400_000n, '1970-01-02T00:00:00+00:00'],
    [of('%Y', ['%m']), 12, '1900-12-01T00:00:00+00:00'],
  ])('%# is read', (values, raw, moment) => {
    expect(values.parse(raw).isoformat()).toBe(moment);
  });

  it.each([true, null, undefined, {}, [], 'soon'])('is not %p', (raw) => {
    expect(() => of('%s', [day]).parse(raw)).toThrow('not a datetime of any format of "%Y-%m-%d", "%s"');
  });

  it('is refused for more than its form by its own error', () => {
    expect(() => of(day, ['%s']).parse(10n ** 20n)).toThrow('timestamp out of range');
  });

  it.each([
    [day, '2024-01-09'],
    ['%s', '1704786630'],
    ['%d/%m/%Y', '09/01/2024'],
    ['%Y-%m-%dT%H:%M:%S.%_msZ', '2024-01-09T07:50:30.000Z'],
  ])('is written as states have it: %s', (output, text) => {
    expect(of(output, [day]).format(isoparse('2024-01-09T07:50:30Z'))).toBe(text);
  });

  it('goes up to the end of the calendar and no further', () => {
    const last = isoparse('9999-12-31T00:00Z');
    const values = of(day);
    expect(values.add(last, parseDuration('P1D'))).toBeUndefined();
    expect(values.add(last, parseDuration('PT1S'))?.isoformat()).toBe('9999-12-31T00:00:01+00:00');
    expect(values.add(isoparse('9998-12-01T00:00Z'), parseDuration('P1Y'))?.fields.year).toBe(9999);
    expect(values.add(isoparse('9998-12-01T00:00Z'), parseDuration('P1Y1M'))).toBeUndefined();
    expect(values.add(isoparse('9999-11-01T00:00Z'), parseDuration('P1M'))?.fields.month).toBe(12);
    expect(values.add(isoparse('9999-11-01T00:00Z'), parseDuration('P2M'))).toBeUndefined();
    expect(() => values.add(isoparse('2024-01-31T00:00Z'), parseDuration('P0.5M'))).toThrow('fractional');
    expect(values.zero.isoformat()).toBe('0001-01-01T00:00:00+00:00');
    expect(values.isNothing(values.zero)).toBe(false);
  });

  it('touches the next one a granularity later, or a millisecond', () => {
    const start = isoparse('2024-01-31T00:00Z');
    expect(of(day, [], 'P1M').next(start).isoformat()).toBe('2024-02-29T00:00:00+00:00');
    expect(of(day).next(start).isoformat()).toBe('2024-01-31T00:00:00.001000+00:00');
  });
});

describe('the middle of a window', () => {
  const middle = (start: string, end: string, granularity?: string, minimum?: string) => {
    const least = minimum === undefined ? undefined : (parseDuration(minimum) as PyTimedelta);
    const found = of(day, [], granularity).middle?.(isoparse(start), isoparse(end), least);
    return found && [found.end, found.start].map((moment) => moment.isoformat().slice(0, 16));
  };

  it.each<[string, string, string | undefined, string | undefined, readonly string[] | undefined]>([
    ['2024-01-01', '2024-01-10', 'P1D', undefined, ['2024-01-05T00:00', '2024-01-06T00:00']],
    ['2024-01-01', '2024-01-11', 'P1D', undefined, ['2024-01-05T00:00', '2024-01-06T00:00']],
    ['2024-01-01', '2024-01-02', 'P1D', undefined, ['2024-01-01T00:00', '2024-01-02T00:00']],
    ['2024-01-01', '2024-01-01T12:00', 'P1D', undefined, undefined],
    ['2024-01-01', '2024-01-01', 'P1D', undefined, undefined],
    ['2024-01-02', '2024-01-01', 'P1D', undefined, undefined],
    ['2024-01-01', '2024-01-01T04:00', 'PT1H', undefined, ['2024-01-01T01:00', '2024-01-01T02:00']],
    // No shorter than the least that is worth asking for.
    ['2024-01-01', '2024-01-10', 'P1D', 'P9D', undefined],
    ['2024-01-01', '2024-01-10', 'P1D', 'P8D', ['2024-01-05T00:00', '2024-01-06T00:00']],
    // Units without a fixed length have none, nor have units of nothing.
    ['2024-01-01', '2024-12-31', 'P1M', undefined, undefined],
    ['2024-01-01', '2024-12-31', 'PT0S', undefined, undefined],
    ['2024-01-01', '2024-12-31', undefined, undefined, undefined],
  ])('from %s to %s in units of %s, of %s at least', (start, end, granularity, minimum, expected) => {
    expect(middle(start, end, granularity, minimum)).toEqual(expected);
  });
});

describe('the rank of a raw value', () => {
  it.each<[string, readonly unknown[], readonly unknown[]]>([
    ['%s', [5, 0, -1, 1.5, 99_999_999_999, 1e11], [5, 0, undefined, undefined, 99_999_999_999, undefined]],
    [
      '%s',
      ['5', '05', '1.5', '-5', '', '12345678901234'],
      [5, 5, undefined, undefined, undefined, undefined],
    ],
    ['%ms', [5, '5'], [5, 5]],
    ['%s_as_float', [5, '5'], [undefined, undefined]],
    [
      day,
      ['2024-01-09', '2024-1-9', 20_240_109, '2024-02-30', null],
      ['2024-01-09', ...Array(4).fill(undefined)],
    ],
    [
      '%Y-%m-%dT%H:%M:%S%z',
      ['2024-01-09T00:00:00Z', '2024-01-09T00:00:00+01:00'],
      ['2024-01-09T00:00:00Z', undefined],
    ],
    ['%d/%m/%Y', ['09/01/2024'], [undefined]],
  ])('by %s', (format, raw, ranks) => {
    expect(raw.map(of(format).rank)).toEqual(ranks);
  });

  it('is that of the first format', () => {
    expect([of(day, ['%s']).rank(5), of('%s', [day]).rank(5)]).toEqual([5, undefined]);
  });

  it.each([
    [day, [], true],
    ['%Y-%m-%dT%H:%M:%SZ', [], true],
    ['%Y-%m-%dT%H:%M:%S%z', [], false],
    ['%s', [], false],
    ['%d/%m/%Y', [day], false],
    [day, ['%s'], true],
  ])('texts written by %s, read by %j, are in the order of their moments: %s', (output, input, isOrdered) => {
    expect(of(output, input).textOrdersLikeValue).toBe(isOrdered);
  });
});
