import { inputOf, type Kind, kindNames, problemWith } from './inputs.ts';

/** `npm run fuzz -- --inputs 100000` goes further. */
const counts: Readonly<Record<Kind, number>> = { manifest: 1000, config: 3000, catalog: 3000, state: 3000 };

it.each(kindNames)('%s: whatever is in it is read, or refused in a sentence', (kind) => {
  for (let seed = 1; seed <= counts[kind]; seed++) {
    const problem = problemWith(kind, inputOf(kind, seed));
    if (problem !== undefined)
      throw new Error(`npm run fuzz -- --kind ${kind} --seed ${seed} shows it again: ${problem}`);
  }
});
