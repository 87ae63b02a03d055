/**
 * What values a column holds, as a set of bits: what is known of it only grows, and its type is the narrowest one that
 * loses none of it.
 */
export const kinds = {
  boolean: 1,
  /** A whole number that a double holds exactly. */
  integer: 2,
  /** One of 64 bits that a double does not. */
  long: 4,
  /** One of 128 bits. */
  huge: 8,
  /** One of more than that. */
  endless: 16,
  double: 32,
  text: 64,
  /** A day. */
  date: 128,
  /** A day and a time without an offset. */
  datetime: 256,
  /** The same with an offset: a moment. */
  instant: 512,
  /** An object or a list. */
  nested: 1024,
} as const;

export type Kind = keyof typeof kinds;

export function kindNames(set: number): readonly Kind[] {
  return (Object.keys(kinds) as Kind[]).filter((name) => (set & kinds[name]) !== 0);
}

/** Names that are unknown, of a later version, count as nothing. */
export function kindSet(names: readonly string[]): number {
  return names.reduce((set, name) => set | (Object.hasOwn(kinds, name) ? kinds[name as Kind] : 0), 0);
}

const longLimit = 2n ** 63n;
const hugeLimit = 2n ** 127n;

/** The kind of a value; 0 of one that is missing. Texts are looked at more closely where they may be times. */
export function kindOf(value: unknown, mayBeTime: boolean): number {
  switch (typeof value) {
    case 'string':
      return mayBeTime ? timeKindOf(value) : kinds.text;
    case 'number':
      return numberKindOf(value);
    case 'boolean':
      return kinds.boolean;
    case 'object':
      return value === null ? 0 : kinds.nested;
    case 'bigint':
      return wholeKindOf(value);
    default:
      return 0;
  }
}

function numberKindOf(value: number): number {
  if (Number.isSafeInteger(value)) return kinds.integer;
  // JSON has no word for these: they are written as null.
  if (!Number.isFinite(value)) return 0;
  // From there on JavaScript writes an exponent.
  return Number.isInteger(value) && Math.abs(value) < 1e21 ? wholeKindOf(BigInt(value)) : kinds.double;
}

function wholeKindOf(value: bigint): number {
  const size = value < 0n ? -value : value;
  // The least number of either size has no positive counterpart, and may as well have the next larger type.
  if (size < longLimit) return BigInt(Number(value)) === value ? kinds.integer : kinds.long;
  return size < hugeLimit ? kinds.huge : kinds.endless;
}

// Databases keep microseconds and years of four digits: a text that says more stays text.
const day = /^(?!0000)\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/;
const time = /^(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,6})?)?(Z|[+-](?:0\d|1[0-4])(?::?[0-5]\d)?)?$/;

function timeKindOf(text: string): number {
  const date = text.slice(0, 10);
  if (!day.test(date) || !isInCalendar(date)) return kinds.text;
  if (text.length === 10) return kinds.date;
  const found = text[10] === 'T' || text[10] === ' ' ? time.exec(text.slice(11)) : null;
  if (found === null) return kinds.text;
  if (found[1] === undefined) return kinds.datetime;
  // In UTC it would lie in a year that has other digits.
  const isAtEdge = found[1] !== 'Z' && (date === '0001-01-01' || date === '9999-12-31');
  return isAtEdge ? kinds.text : kinds.instant;
}

/** Of the 29th to the 31st of a month not every month has one. */
function isInCalendar(date: string): boolean {
  const ofMonth = Number(date.slice(8));
  if (ofMonth <= 28) return true;
  const [year, month] = [Number(date.slice(0, 4)), Number(date.slice(5, 7))];
  return ofMonth <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}
