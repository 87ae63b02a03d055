import { PyDateTime, PyTimezone, utc } from '../../time/datetime.ts';

/**
 * A short way to read and write the formats that nearly every API uses: numbers of fixed width from the year downwards,
 * an offset at the end. Both give undefined for what is unusual and must go the long way.
 */
export interface NumericFormat {
  parse(text: string): PyDateTime | undefined;
  format(moment: PyDateTime): string | undefined;
  /** Texts of one length, all in UTC, are in the order of their times; this is one of them. */
  isOrdered(text: string): boolean;
  readonly hasOffset: boolean;
}

const digits: Readonly<Record<string, string>> = {
  '%Y': '([1-9]\\d{3})',
  '%m': '(0[1-9]|1[0-2])',
  '%d': '(0[1-9]|[12]\\d|3[01])',
  '%H': '([01]\\d|2[0-3])',
  '%M': '([0-5]\\d)',
  '%S': '([0-5]\\d)',
  '%f': '(\\d{6})',
  '%_ms': '(\\d{3})',
  '%z': '(Z|[+-](?:[01]\\d|2[0-3]):?[0-5]\\d)',
};

const descending =
  /^%Y(?:[^%]*%m(?:[^%]*%d(?:[^%]*%H(?:[^%]*%M(?:[^%]*%S(?:[^%]*(?:%f|%_ms))?)?)?)?)?)?[^%]*(?:%z)?$/;

/** Undefined for formats of another kind. */
export function numericFormat(format: string): NumericFormat | undefined {
  if (!descending.test(format)) return undefined;
  const pieces = format.split(/(%_ms|%[A-Za-z])/);
  const units = pieces.filter((_, index) => index % 2 === 1);
  const pattern = (days: string | undefined) =>
    new RegExp(
      `^${pieces
        .map((piece, index) =>
          index % 2 === 0 ? escapeLiteral(piece) : piece === '%d' ? days : digits[piece],
        )
        .join('')}$`,
    );
  const shape = pattern(digits['%d']);
  const sure = pattern('(0[1-9]|1\\d|2[0-8])');
  const hasOffset = format.endsWith('%z');
  return Object.freeze({
    parse(text: string) {
      const match = shape.exec(text);
      if (match === null) return undefined;
      const part = (unit: string, fallback: number) => {
        const index = units.indexOf(unit);
        return index === -1 ? fallback : Number(match[index + 1]);
      };
      const microseconds = units.includes('%_ms') ? part('%_ms', 0) * 1000 : part('%f', 0);
      const wall = Date.UTC(
        part('%Y', 1),
        part('%m', 1) - 1,
        part('%d', 1),
        part('%H', 0),
        part('%M', 0),
        part('%S', 0),
        Math.floor(microseconds / 1000),
      );
      // Not every month has a 29th, 30th and 31st.
      const day = part('%d', 1);
      if (day > 28 && new Date(wall).getUTCDate() !== day) return undefined;
      const zone = hasOffset ? zoneOf(match.at(-1) as string) : utc;
      return new PyDateTime(wall, microseconds % 1000, zone);
    },
    format(moment: PyDateTime) {
      const { fields } = moment;
      const offset = moment.zone?.offsetSeconds;
      // Python writes early years without zeros, and rare offsets with seconds.
      if (fields.year < 1000 || (hasOffset && (offset === undefined || offset % 60 !== 0))) return undefined;
      let text = '';
      for (let index = 0; index < pieces.length; index++) {
        const piece = pieces[index] as string;
        switch (index % 2 === 1 ? piece : undefined) {
          case undefined:
            text += piece;
            break;
          case '%Y':
            text += fields.year;
            break;
          case '%m':
            text += two(fields.month);
            break;
          case '%d':
            text += two(fields.day);
            break;
          case '%H':
            text += two(fields.hour);
            break;
          case '%M':
            text += two(fields.minute);
            break;
          case '%S':
            text += two(fields.second);
            break;
          case '%f':
            text += String(fields.microsecond).padStart(6, '0');
            break;
          case '%z':
            text += offsetText(offset ?? 0);
            break;
          default:
            // %_ms replaces its digits wherever they stand.
            return undefined;
        }
      }
      return text;
    },
    isOrdered: (text: string) => sure.test(text) && (!hasOffset || /(?:Z|\+00:?00)$/.test(text)),
    hasOffset,
  });
}

function escapeLiteral(text: string): string {
  // In formats, white space stands for any amount of it; as one blank it is what it looks like.
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}

function two(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}

function offsetText(seconds: number): string {
  const minutes = Math.abs(seconds) / 60;
  return `${seconds < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}${two(minutes % 60)}`;
}

const zones = new Map<number, PyTimezone>([[0, utc]]);

function zoneOf(text: string): PyTimezone {
  if (text === 'Z') return utc;
  const size = Number(text.slice(1, 3)) * 3600 + Number(text.slice(-2)) * 60;
  const seconds = text.startsWith('-') ? -size : size;
  let zone = zones.get(seconds);
  if (zone === undefined) {
    zone = new PyTimezone(seconds);
    zones.set(seconds, zone);
  }
  return zone;
}
