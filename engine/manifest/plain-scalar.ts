import { daysInMonth, minYear } from '../time/calendar.ts';
import type { ScalarValue } from './node.ts';

export interface PlainScalar {
  readonly value: ScalarValue;
  readonly float?: true;
  readonly timestamp?: true;
}

// YAML 1.1 as PyYAML's safe loader resolves it, not YAML 1.2: manifests are written against that loader.
const words = new Map<string, boolean | null>();
for (const [word, value] of [
  ['yes', true],
  ['no', false],
  ['true', true],
  ['false', false],
  ['on', true],
  ['off', false],
  ['null', null],
] as const) {
  const capital = `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
  for (const spelling of [word, capital, word.toUpperCase()]) words.set(spelling, value);
}
words.set('~', null).set('', null);

const float =
  /^(?:[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
const int =
  /^(?:[-+]?0b[0-1_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+)$/;
const timestamp =
  /^(?:([0-9]{4})-([0-9]{2})-([0-9]{2})|([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[Tt]|[ \t]+)([0-9]{1,2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]*))?(?:[ \t]*(Z|([-+])([0-9]{1,2})(?::([0-9]{2}))?))?)$/;

/** What an unquoted, untagged scalar means; undefined for a plain string. */
export function resolvePlain(text: string): PlainScalar | undefined {
  if (text.length <= 5) {
    const word = words.get(text);
    if (word !== undefined) return { value: word };
  }
  const first = text.charCodeAt(0);
  // + - . 0-9
  if (!(first === 43 || first === 45 || first === 46 || (first >= 48 && first <= 57))) return undefined;
  return readFloat(text) ?? readInt(text) ?? readTimestamp(text);
}

export function readBoolean(text: string): PlainScalar | undefined {
  const value = words.get(text.toLowerCase());
  return typeof value === 'boolean' ? { value } : undefined;
}

export function readFloat(text: string): PlainScalar | undefined {
  if (!float.test(text)) return undefined;
  const digits = text.replaceAll('_', '').toLowerCase().replace(/^[-+]/, '');
  const sign = text.startsWith('-') ? -1 : 1;
  const value = sign * magnitude(digits);
  return Number.isInteger(value) ? { value, float: true } : { value };
}

function magnitude(digits: string): number {
  if (digits === '.inf') return Number.POSITIVE_INFINITY;
  if (digits === '.nan') return Number.NaN;
  return digits.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
}

export function readInt(text: string): PlainScalar | undefined {
  if (!int.test(text)) return undefined;
  const digits = text.replaceAll('_', '').replace(/^[-+]/, '');
  const absolute = readDigits(digits);
  if (absolute === undefined) return undefined;
  const value = text.startsWith('-') ? -absolute : absolute;
  const small = Number(value);
  return { value: Number.isSafeInteger(small) ? small : value };
}

function readDigits(digits: string): bigint | undefined {
  if (digits.includes(':')) return digits.split(':').reduce((sum, part) => sum * 60n + BigInt(part), 0n);
  if (/^0[bx]?$/.test(digits)) return digits === '0' ? 0n : undefined;
  return BigInt(/^0[0-7]/.test(digits) ? `0o${digits.slice(1)}` : digits);
}

/** The ISO text of a date or time, `2024-01-01` or `2024-01-01T10:00:00+00:00`, as the CDK prints it in JSON. */
export function readTimestamp(text: string): PlainScalar | undefined {
  const match = timestamp.exec(text);
  if (!match) return undefined;
  const [
    ,
    y,
    m,
    d,
    year = y,
    month = m,
    day = d,
    hour,
    minute,
    second,
    fraction,
    zone,
    sign,
    zoneHour,
    zoneMinute,
  ] = match;
  const date = [year, pad(month), pad(day)].join('-');
  if (!isDate(Number(year), Number(month), Number(day))) return undefined;
  if (hour === undefined) return { value: date, timestamp: true };
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  const micros = (fraction ?? '').slice(0, 6).padEnd(6, '0');
  const time = `${pad(hour)}:${minute}:${second}${Number(micros) ? `.${micros}` : ''}`;
  const offset = sign ? `${sign}${pad(zoneHour)}:${zoneMinute ?? '00'}` : zone ? '+00:00' : '';
  return { value: `${date}T${time}${offset.replace('-00:00', '+00:00')}`, timestamp: true };
}

function pad(digits: string | undefined): string {
  return (digits ?? '').padStart(2, '0');
}

function isDate(year: number, month: number, day: number): boolean {
  return year >= minYear && day >= 1 && day <= daysInMonth(year, month);
}
