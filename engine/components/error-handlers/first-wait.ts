import type { Outcome, TellStrategy } from '../../contract/errors.ts';

/** A backoff strategy, or an error handler with several. */
interface Party {
  backoff(outcome: Outcome, attempt: number, tell?: TellStrategy): Promise<number | undefined>;
}

/** The seconds of the first party that has an answer. Zero is not one. */
export async function firstWait(
  parties: readonly Party[],
  outcome: Outcome,
  attempt: number,
  tell?: TellStrategy,
): Promise<number | undefined> {
  for (const party of parties) {
    const seconds = await party.backoff(outcome, attempt, tell);
    if (seconds) return seconds;
  }
  return undefined;
}
