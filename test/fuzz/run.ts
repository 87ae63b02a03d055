/** `npm run fuzz -- [--inputs 100000] [--from 1] [--kind manifest]`, or `--kind K --seed N` for one that is printed. */
import { parseArgs } from 'node:util';
import { inputOf, kindNames, problemWith } from './inputs.ts';

const { values } = parseArgs({
  options: {
    inputs: { type: 'string' },
    from: { type: 'string' },
    kind: { type: 'string' },
    seed: { type: 'string' },
  },
});
const kinds = kindNames.filter((kind) => values.kind === undefined || kind === values.kind);
const from = Number(values.seed ?? values.from ?? 1);
const each = values.seed === undefined ? Math.ceil(Number(values.inputs ?? 10_000) / kinds.length) : 1;
let failed = 0;
for (const kind of kinds) {
  for (let seed = from; seed < from + each; seed++) {
    const text = inputOf(kind, seed);
    if (values.seed !== undefined) console.log(text);
    const problem = await problemWith(kind, text);
    if (problem === undefined) continue;
    failed += 1;
    console.log(`npm run fuzz -- --kind ${kind} --seed ${seed}: ${problem}\n`);
  }
}
console.log(`${each * kinds.length} inputs, ${failed} of them neither read nor refused in a sentence.`);
process.exitCode = failed === 0 ? 0 : 1;
