import fc from 'fast-check';
import { histories } from './history.ts';
import { runHistory } from './run-history.ts';

/** `npm run converge -- --seeds 5000` goes further; what fails says how to see it again. */
it('a replica equals the workspace after a quiet sync, whatever happened before', async () => {
  await fc.assert(
    fc.asyncProperty(histories, async (history) => {
      expect(await runHistory(history)).toEqual([]);
    }),
    { seed: Number(process.env.CONVERGE_SEED ?? 1), numRuns: 200 },
  );
});
