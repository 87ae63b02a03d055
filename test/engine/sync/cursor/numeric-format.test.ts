import { numericFormat } from '../../../../engine/sync/cursor/numeric-format.ts';
import { PyTimezone } from '../../../../engine/time/datetime.ts';
import { formatDatetime, parseDatetime } from '../../../../engine/time/datetime-format.ts';
import { isoparse } from '../../../../engine/time/isoparse.ts';

const formats = [
  '%Y-%m-%d',
  '%Y-%m-%dT%H:%M:%SZ',
  '%Y-%m-%dT%H:%M:%S.%fZ',
  '%Y-%m-%dT%H:%M:%S.%f%z',
  '%Y-%m-%d %H:%M:%S',
  '%Y/%m/%d.%H+%M',
  '%Y%m%d%H%M%S',
  '%Y-%m-%dT%H:%M:%S%z',
  '%Y',
];
const texts = [
  '2024-01-09',
  '2024-02-29',
  '2024-1-9',
  '2024-01-09T10:20:30Z',
  '2024-01-09T10:20:30.000001Z',
  '2024-01-09T10:20:30.5Z',
  '2024-01-09T10:20:30.123456+0530',
  '2024-01-09T10:20:30-08:00',
  '2024-01-09T10:20:30Z',
  '2024-01-09 23:59:59',
  '2024/01/09.10+20',
  '20240109102030',
  '0987-06-05',
  '1000-01-01',
  '2024',
  '2024-01-31',
  '2024-12-31',
  '2024-01-09T24:00:00Z',
];

describe('the short way through a format', () => {
  it.each(formats)('reads and writes %s as the long way does, or not at all', (format) => {
    const short = numericFormat(format);
    let taken = 0;
    for (const text of texts) {
      const moment = short?.parse(text);
      if (moment === undefined) continue;
      taken++;
      const expected = parseDatetime(text, format);
      expect(moment.isoformat()).toBe(expected.isoformat());
      expect(short?.format(moment)).toBe(formatDatetime(expected, format));
    }
    expect(taken).toBeGreaterThan(0);
  });

  it('leaves days to the long way that not every month has', () => {
    expect(numericFormat('%Y-%m-%d')?.parse('2024-02-30')).toBeUndefined();
  });

  it.each(['%d/%m/%Y', '%s', '%Y-%m-%d %p', '%y-%m-%d', '%Y-%j', '%z%Y', '%Y-%m-%d%%'])(
    'is not for %s',
    (format) => {
      expect(numericFormat(format)).toBeUndefined();
    },
  );

  it('knows texts whose order is that of their times', () => {
    const format = numericFormat('%Y-%m-%dT%H:%M:%S%z');
    expect(format?.isOrdered('2024-01-09T10:20:30Z')).toBe(true);
    expect(format?.isOrdered('2024-01-09T10:20:30+00:00')).toBe(true);
    expect(format?.isOrdered('2024-01-09T10:20:30+01:00')).toBe(false);
    expect(format?.isOrdered('2024-01-09T10:20Z')).toBe(false);
  });

  it('reads milliseconds, and leaves writing them to the long way', () => {
    const format = numericFormat('%Y-%m-%dT%H:%M:%S.%_ms%z');
    const moment = format?.parse('2024-01-09T10:20:30.123-0330');
    expect(moment?.isoformat()).toBe('2024-01-09T10:20:30.123000-03:30');
    expect(moment && format?.format(moment)).toBeUndefined();
    expect(format?.parse('2024-01-09T10:20:30.1234Z')).toBeUndefined();
  });

  it('leaves what is seldom to the long way', () => {
    const [plain, offset] = [numericFormat('%Y-%m-%d'), numericFormat('%Y-%m-%dT%H:%M%z')];
    expect(plain?.format(isoparse('0999-12-31T00:00Z'))).toBeUndefined();
    expect(plain?.format(isoparse('1000-01-01T00:00Z'))).toBe('1000-01-01');
    expect(plain?.format(isoparse('2024-01-09'))).toBe('2024-01-09');
    expect(offset?.format(isoparse('2024-01-09'))).toBeUndefined();
    expect(offset?.format(isoparse('2024-01-09').withZone(new PyTimezone(19_815)))).toBeUndefined();
    expect(offset?.format(isoparse('2024-01-09').withZone(new PyTimezone(-12_600)))).toBe(
      '2024-01-09T00:00-0330',
    );
  });

  it('knows the order of texts whose offset is written without a colon', () => {
    const format = numericFormat('%Y-%m-%dT%H:%M%z');
    expect(format?.isOrdered('2024-01-09T10:20+0000')).toBe(true);
    expect(format?.isOrdered('2024-01-31T10:20Z')).toBe(false);
    expect(format?.isOrdered('2024-01-28T10:20Z')).toBe(true);
  });
});
