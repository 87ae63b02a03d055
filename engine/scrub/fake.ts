import { isIPv4, isIPv6 } from 'node:net';
import { nodeCrypto } from '../util/bytes/node-crypto.ts';

// Stand-ins for what belongs to people. The same value always gets the same stand-in, so references survive.

const firstNames =
  'Alex Billie Casey Dana Eden Finley Gray Harper Indigo Jamie Kit Lee Morgan Nico Oakley Parker Quinn Robin Sasha Taylor'.split(
    ' ',
  );
const lastNames =
  'Abbot Baker Carter Draper Ellis Fisher Glover Hunter Irving Joiner Kellogg Lister Mason Naylor Ostler Potter Quarrie Roper Sawyer Tanner'.split(
    ' ',
  );

/** The first bytes of a digest of the value, as a number. */
function numberOf(value: string): number {
  return nodeCrypto().createHash('sha256').update(value).digest().readUInt32BE(0);
}

function picked(words: readonly string[], value: string): string {
  return words[numberOf(value) % words.length] as string;
}

/** Eight characters that stand for the value. */
function mark(value: string): string {
  return nodeCrypto().createHash('sha256').update(value).digest('hex').slice(0, 8);
}

export function fakeEmail(value: string): string {
  return `person-${mark(value.toLowerCase())}@example.com`;
}

export const fakeFirstName = (value: string) => picked(firstNames, value);
export const fakeLastName = (value: string) => picked(lastNames, value);

/** As many words as the name has, as far as a name has them. */
export function fakeName(value: string): string {
  return value.trim().includes(' ') ? `${fakeFirstName(value)} ${fakeLastName(value)}` : fakeFirstName(value);
}

/** The digits are others, all but those of the country; whatever is between them stays. */
export function fakePhone(value: string): string {
  const digits = String(numberOf(value.replace(/\D/g, ''))).padStart(10, '0');
  let index = 0;
  let kept = value.startsWith('+') ? 2 : 0;
  return value.replace(/\d/g, (digit) => {
    if (kept-- > 0) return digit;
    return digits[index++ % digits.length] as string;
  });
}

/** An address of those that are reserved for documentation. */
export function fakeAddress(value: string): string {
  const number = numberOf(value);
  return value.includes(':')
    ? `2001:db8::${(number % 65_536).toString(16)}`
    : `192.0.2.${(number % 254) + 1}`;
}

/** Addresses that say nothing about anybody: this machine, private networks, documentation. */
const anonymous =
  /^(?:127\.|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|0\.|169\.254\.|192\.0\.2\.|::1$|fe80:|2001:db8:)/i;

export function isPublicAddress(value: string): boolean {
  return (isIPv4(value) || (isIPv6(value) && value.length > 4)) && !anonymous.test(value);
}

/** Something of the same kind: a text, a number, the same truth. */
export function fakeValue(value: unknown): unknown {
  if (typeof value === 'string') return value === '' ? '' : `text-${mark(value)}`;
  if (typeof value === 'number' || typeof value === 'bigint') return numberOf(String(value)) % 1_000_000;
  if (Array.isArray(value)) return value.map(fakeValue);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, fakeValue(item)]));
}
