import type { BackoffStrategy, Outcome } from '../../contract/families.ts';

/** The seconds of the first party that has an answer. Zero is not one. */
export async function firstWait(
  parties: readonly Pick<BackoffStrategy, 'backoff'>[],
  outcome: Outcome,
  attempt: number,
): Promise<number | undefined> {
  for (const party of parties) {
    const seconds = await party.backoff(outcome, attempt);
    if (seconds) return seconds;
  }
  return undefined;
}
