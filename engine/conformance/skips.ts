/** What a test file says need not hold, each with its reason. */
export interface Skips {
  /** Why a check does not count for a stream, or for the manifest when there is no stream. */
  reasonFor(check: string, stream: string | undefined): string | undefined;
}

/** A reason for everything that a check finds, or one for each stream by name. */
export type SkipTable = Readonly<Record<string, string | Readonly<Record<string, string>>>>;

export function createSkips(table: SkipTable): Skips {
  return Object.freeze({
    reasonFor(check: string, stream: string | undefined) {
      const entry = Object.hasOwn(table, check) ? table[check] : undefined;
      if (entry === undefined || typeof entry === 'string') return entry;
      return stream !== undefined && Object.hasOwn(entry, stream) ? entry[stream] : undefined;
    },
  });
}
