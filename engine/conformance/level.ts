/**
 * What a result stands on: the manifest alone; an API made out of the manifest, which shows that the manifest agrees with
 * itself; exchanges that were recorded; the API as it is now.
 */
export type Level = 'static' | 'simulated' | 'recorded' | 'live';

/** For a report to say once, so that nobody takes one level for another. */
export const meaningOf: Readonly<Record<Level, string>> = Object.freeze({
  static: 'read off the manifest, nothing was asked',
  simulated: 'consistent with itself, against an API that was made up',
  recorded: 'as the exchanges of the test say the API answers',
  live: 'as the API answered',
});
