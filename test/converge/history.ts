import fc from 'fast-check';

/** What happens to a workspace at one moment; `pick` chooses the record that it happens to. */
export interface Edit {
  readonly does:
    | 'create contact'
    | 'change contact'
    | 'tag contact'
    | 'merge contacts'
    | 'delete contact'
    | 'create company'
    | 'change company'
    | 'delete company'
    | 'create conversation'
    | 'reply'
    | 'close or reopen'
    | 'redact'
    | 'delete conversation'
    | 'create ticket'
    | 'change ticket'
    | 'delete ticket'
    | 'log in';
  readonly pick: number;
  /** How often, within the same second. */
  readonly times: number;
}

/** How an answer is spoiled. */
export type Spoiled =
  | 'reset'
  | 'html'
  | 'cut JSON'
  | 'empty body'
  | 'error list with 200'
  | 'status 500'
  | 'status 503'
  | 'status 429';

export interface Fault {
  /** Which request of the sync it strikes first, counted from 1, and how many in a row. */
  readonly nth: number;
  readonly times: number;
  readonly spoils: Spoiled;
}

export interface Sync {
  /** Seconds that pass before it, with the edits at random moments of them. */
  readonly after: number;
  readonly edits: readonly (Edit & { readonly at: number })[];
  /** Edits that happen while it reads, at its nth request. */
  readonly during: readonly (Edit & { readonly nth: number })[];
  readonly faults: readonly Fault[];
  /** The process is killed after so many events of it. */
  readonly killedAfter: number | undefined;
}

export interface History {
  readonly workspace: number;
  /** A moment and a time zone, some of them where days are odd. */
  readonly start: readonly [instant: string, zone: string];
  readonly version: string;
  readonly includesDeletions: boolean;
  /** Companies without users are found by a scroll only, which comes once in that many days; 0 is every sync. */
  readonly companyScrollDays: 0 | 7;
  readonly lag: { readonly seconds: number; readonly of: 'all' | 'some' | 'created' };
  readonly syncs: readonly Sync[];
}

const edit = fc.record<Edit>({
  does: fc.constantFrom(
    'create contact',
    'change contact',
    'tag contact',
    'merge contacts',
    'delete contact',
    'create company',
    'change company',
    'delete company',
    'create conversation',
    'reply',
    'close or reopen',
    'redact',
    'delete conversation',
    'create ticket',
    'change ticket',
    'delete ticket',
    'log in',
  ),
  pick: fc.nat(999),
  times: fc.oneof({ weight: 4, arbitrary: fc.constant(1) }, fc.integer({ min: 2, max: 12 })),
});

const fault = fc.record<Fault>({
  nth: fc.integer({ min: 1, max: 40 }),
  times: fc.oneof(fc.integer({ min: 1, max: 3 }), fc.constant(1000)),
  spoils: fc.constantFrom(
    'reset',
    'html',
    'cut JSON',
    'empty body',
    'error list with 200',
    'status 500',
    'status 503',
    'status 429',
  ),
});

const day = 86_400;
const sync = fc.record<Sync>({
  after: fc.oneof(
    fc.integer({ min: 1, max: 120 }),
    fc.integer({ min: 120, max: 7200 }),
    fc.integer({ min: 7200, max: 3 * day }),
  ),
  edits: fc.array(
    fc.tuple(edit, fc.double({ min: 0, max: 1, noNaN: true })).map(([what, at]) => ({ ...what, at })),
    { maxLength: 8 },
  ),
  during: fc.array(
    fc.tuple(edit, fc.integer({ min: 1, max: 30 })).map(([what, nth]) => ({ ...what, nth })),
    { maxLength: 3 },
  ),
  faults: fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, fc.array(fault, { maxLength: 2 })),
  killedAfter: fc.option(fc.integer({ min: 1, max: 25 }), { nil: undefined, freq: 3 }),
});

/** Histories of a workspace and of the syncs of it, from quiet ones to those that nobody wants to live through. */
export const histories: fc.Arbitrary<History> = fc.record<History>({
  workspace: fc.nat(10_000),
  start: fc.constantFrom<readonly [string, string]>(
    ['2025-06-15T12:00:00Z', 'America/Los_Angeles'],
    // The last minutes of a day of the workspace.
    ['2025-06-16T06:56:00Z', 'America/Los_Angeles'],
    // A leap day, and the night before it.
    ['2024-02-29T12:00:00Z', 'America/Los_Angeles'],
    ['2024-02-28T23:57:00Z', 'UTC'],
    // Where an hour is missing, and where one comes twice.
    ['2025-03-09T09:50:00Z', 'America/Los_Angeles'],
    ['2025-11-02T08:50:00Z', 'America/Los_Angeles'],
    ['2025-03-30T00:57:00Z', 'Europe/Berlin'],
    // Far from UTC on either side, and half an hour off.
    ['2024-12-31T09:58:00Z', 'Pacific/Kiritimati'],
    ['2025-01-01T09:58:00Z', 'Pacific/Pago_Pago'],
    ['2025-04-30T18:28:00Z', 'Asia/Kolkata'],
  ),
  version: fc.constantFrom('2.11', '2.14', '2.16', '2.17'),
  includesDeletions: fc.boolean(),
  companyScrollDays: fc.constantFrom(0 as const, 7 as const),
  lag: fc.record({
    seconds: fc.integer({ min: 0, max: 300 }),
    of: fc.constantFrom('all' as const, 'some' as const, 'created' as const),
  }),
  syncs: fc.array(sync, { minLength: 1, maxLength: 5 }),
});
