import { inputOf, type Kind, kindNames, problemWith } from './inputs.ts';

/** `npm run fuzz -- --inputs 100000` goes further. */
const counts: Readonly<Record<Kind, number>> = { manifest: 150, config: 2000, catalog: 4000, state: 4000 };

it.each(kindNames)('%s: whatever is in it is read, or refused in a sentence', async (kind) => {
  for (let seed = 1; seed <= counts[kind]; seed++) {
    const problem = await problemWith(kind, inputOf(kind, seed));
    if (problem !== undefined)
      throw new Error(`npm run fuzz -- --kind ${kind} --seed ${seed} shows it again: ${problem}`);
  }
});
