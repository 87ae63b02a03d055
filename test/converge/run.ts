/**
 * `npm run converge -- [--seeds 5000] [--from 1]`: one history for each seed. What fails is made as small as it gets and
 * printed with the command that shows it again: `npm run converge -- --seed 1234`.
 */
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { histories } from './history.ts';
import { runHistory } from './run-history.ts';

const { values } = parseArgs({
  options: { seeds: { type: 'string' }, from: { type: 'string' }, seed: { type: 'string' } },
});
const from = Number(values.seed ?? values.from ?? 1);
const until = values.seed === undefined ? from + Number(values.seeds ?? 1000) : from + 1;
const failed: number[] = [];
for (let seed = from; seed < until; seed++) {
  const result = await fc.check(
    fc.asyncProperty(histories, async (history) => {
      const differences = await runHistory(history);
      if (differences.length > 0) throw new Error(differences.join('\n'));
    }),
    { seed, numRuns: 1 },
  );
  if (result.failed) {
    failed.push(seed);
    const [smallest] = result.counterexample ?? [];
    console.log(`Seed ${seed} does not converge. See it again: npm run converge -- --seed ${seed}`);
    console.log(`Smallest history: ${JSON.stringify(smallest, undefined, 2)}`);
    console.log(result.errorInstance instanceof Error ? result.errorInstance.message : result.errorInstance);
  }
  if ((seed - from + 1) % 100 === 0) console.log(`${seed - from + 1} histories, ${failed.length} failed`);
}
console.log(
  `${until - from} histories from seed ${from}: ${failed.length} failed${failed.length === 0 ? '' : ` (${failed.join(', ')})`}.`,
);
process.exitCode = failed.length === 0 ? 0 : 1;
