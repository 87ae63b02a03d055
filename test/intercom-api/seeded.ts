import { createHash } from 'node:crypto';
import type { Random } from './random.ts';
import type { Sizes } from './rows.ts';

/** Words that sentences and values are made of. */
export const words = [
  'invoice',
  'login',
  'refund',
  'export',
  'teammate',
  'webhook',
  'trial',
  'support',
  'sync',
  'billing',
];
const daySeconds = 86_400;

/** Everything a generator needs: chance, the moment of creation in UNIX seconds, and fresh ids. */
export interface Seeded {
  readonly random: Random;
  readonly now: number;
  readonly sizes: Sizes;
  /** The next 24-digit hexadecimal id, as contacts, companies and segments have. */
  objectId(): string;
  /** The next decimal id of a kind. */
  serial(kind: string): string;
  /** The next id in the shape of a UUID. */
  uuid(): string;
}

/** Ids come from counters, not from chance, so that a fresh one never repeats. */
export function createIds(seed: number): Pick<Seeded, 'objectId' | 'serial' | 'uuid'> {
  const counters = new Map<string, number>();
  const starts: Record<string, number> = {
    admin: 991_267_400,
    team: 5_017_600,
    conversation: 215_460_000_000,
    part: 16_000,
  };
  const next = (kind: string): number => {
    const value = (counters.get(kind) ?? starts[kind] ?? 0) + 1;
    counters.set(kind, value);
    return value;
  };
  const prefix = (0x67620000 + (seed % 0xffff)).toString(16);
  return {
    objectId: () => `${prefix}1bb69f9f${next('object').toString(16).padStart(8, '0')}`,
    serial: (kind) => String(next(kind)),
    uuid: () => {
      const hex = createHash('md5')
        .update(`${seed}:${next('uuid')}`)
        .digest('hex');
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
    },
  };
}

/** A moment of the last `days` days, in UNIX seconds. */
export const within = (seeded: Seeded, days: number): number =>
  seeded.now - seeded.random.int(1, days * daySeconds);

/** A moment between `from` and now. */
export const since = (seeded: Seeded, from: number): number =>
  seeded.random.int(from, Math.max(from, seeded.now - 1));

export const sentence = ({ random }: Seeded): string =>
  `${random.pick(['How do I', 'I cannot', 'Please help me to', 'Who can'])} ${random.pick(words)} ${random.pick(words)}?`;

export const many = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

/** When a record came to be and last changed. */
export const times = (seeded: Seeded): { created_at: number; updated_at: number } => {
  const created_at = within(seeded, 700);
  return { created_at, updated_at: since(seeded, created_at) };
};
