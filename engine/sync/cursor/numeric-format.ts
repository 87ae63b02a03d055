import { type DateTimeFields, PyDateTime, PyTimezone, utc } from '../../time/datetime.ts';

/**
 * A short way to read and write the formats that nearly every API uses: numbers of fixed width from the year downwards,
 * an offset at the end. Both give undefined for anything unusual, which must go the long way.
 */
export interface NumericFormat {
  parse(text: string): PyDateTime | undefined;
  format(moment: PyDateTime): string | undefined;
  /** Texts of one length, all in UTC, are in the order of their times; this is one of them. */
  isOrdered(text: string): boolean;
  readonly hasOffset: boolean;
}

type Write = (fields: DateTimeFields, offsetSeconds: number) => string;

interface Unit {
  /** What it looks like. */
  readonly digits: string;
  /** Undefined for what must be written the long way. */
  readonly write: Write | undefined;
}

const units: Readonly<Record<string, Unit>> = {
  '%Y': { digits: '([1-9]\\d{3})', write: ({ year }) => String(year) },
  '%m': { digits: '(0[1-9]|1[0-2])', write: ({ month }) => two(month) },
  '%d': { digits: '(0[1-9]|[12]\\d|3[01])', write: ({ day }) => two(day) },
  '%H': { digits: '([01]\\d|2[0-3])', write: ({ hour }) => two(hour) },
  '%M': { digits: '([0-5]\\d)', write: ({ minute }) => two(minute) },
  '%S': { digits: '([0-5]\\d)', write: ({ second }) => two(second) },
  '%f': { digits: '(\\d{6})', write: ({ microsecond }) => String(microsecond).padStart(6, '0') },
  // When a time is written, %_ms replaces its digits wherever they occur.
  '%_ms': { digits: '(\\d{3})', write: undefined },
  '%z': {
    digits: '(Z|[+-](?:[01]\\d|2[0-3]):?[0-5]\\d)',
    write: (_fields, offsetSeconds) => offsetText(offsetSeconds),
  },
};

const descending =
  /^%Y(?:[^%]*%m(?:[^%]*%d(?:[^%]*%H(?:[^%]*%M(?:[^%]*%S(?:[^%]*(?:%f|%_ms))?)?)?)?)?)?[^%]*(?:%z)?$/;

/** Undefined for formats of another kind. */
export function numericFormat(format: string): NumericFormat | undefined {
  if (!descending.test(format)) return undefined;
  const pieces = format.split(/(%_ms|%[A-Za-z])/);
  const names = pieces.filter((_, index) => index % 2 === 1);
  const shape = patternOf(pieces);
  // Every month has these days.
  const surely = patternOf(pieces, '(0[1-9]|1\\d|2[0-8])');
  const hasOffset = format.endsWith('%z');
  const writers = pieces.map(writerOf);

  return Object.freeze({
    parse(text: string) {
      const match = shape.exec(text);
      if (match === null) return undefined;
      const part = (name: string, fallback: number) => {
        const index = names.indexOf(name);
        return index === -1 ? fallback : Number(match[index + 1]);
      };
      const microseconds = names.includes('%_ms') ? part('%_ms', 0) * 1000 : part('%f', 0);
      const day = part('%d', 1);
      const wall = Date.UTC(
        part('%Y', 1),
        part('%m', 1) - 1,
        day,
        part('%H', 0),
        part('%M', 0),
        part('%S', 0),
        Math.floor(microseconds / 1000),
      );
      if (day > 28 && new Date(wall).getUTCDate() !== day) return undefined;
      const zone = hasOffset ? zoneOf(match.at(-1) as string) : utc;
      return new PyDateTime(wall, microseconds % 1000, zone);
    },
    format(moment: PyDateTime) {
      const { fields } = moment;
      const offset = moment.zone?.offsetSeconds;
      // Python writes early years without zeros, and rare offsets with seconds.
      const isUsual = fields.year >= 1000 && !(hasOffset && (offset === undefined || offset % 60 !== 0));
      if (!isUsual) return undefined;
      let text = '';
      for (const write of writers) {
        if (write === undefined) return undefined;
        text += write(fields, offset ?? 0);
      }
      return text;
    },
    isOrdered: (text: string) => surely.test(text) && (!hasOffset || /(?:Z|\+00:?00)$/.test(text)),
    hasOffset,
  });
}

/** Pieces are literals and units in turn. */
function patternOf(pieces: readonly string[], days = units['%d']?.digits): RegExp {
  const source = pieces.map((piece, index) => {
    if (index % 2 === 0) return escapeLiteral(piece);
    return piece === '%d' ? days : units[piece]?.digits;
  });
  return new RegExp(`^${source.join('')}$`);
}

function writerOf(piece: string, index: number): Write | undefined {
  return index % 2 === 0 ? () => piece : units[piece]?.write;
}

function escapeLiteral(text: string): string {
  // In formats, white space stands for any amount of it; here it is only what it looks like.
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
