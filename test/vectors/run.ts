/**
 * `npm run vectors -- FILE… [--verbose N] [--keep]`: golden vectors, one JSON object per line; exit code 1 when one
 * differs. Without files, those that the repository keeps; with `--keep` the repository keeps those of the files.
 */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { checkVector, describeDifferences, parseVectors } from './check.ts';
import type { Vector } from './kinds.ts';
import { readRecorded, writeRecorded } from './recorded.ts';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { verbose: { type: 'string', default: '5' }, keep: { type: 'boolean', default: false } },
});

/** Prints how many pass, and the first that do not; gives how many do not. */
async function check(name: string, vectors: readonly Vector[]): Promise<number> {
  let passed = 0;
  let skipped = 0;
  const shown: string[] = [];
  for (const vector of vectors) {
    const found = await checkVector(vector);
    if (found === 'skip') skipped += 1;
    else if (found.length === 0) passed += 1;
    else shown.push(describeDifferences(vector, found));
  }
  const total = vectors.length - skipped;
  process.stdout.write(
    `${name}: ${passed}/${total}${skipped > 0 ? ` (${skipped} skipped: no handler yet)` : ''}\n`,
  );
  for (const line of shown.slice(0, Number(values.verbose))) process.stdout.write(`${line}\n`);
  return total - passed;
}

const sets = positionals.map((file) => [basename(file), parseVectors(readFileSync(file, 'utf8'))] as const);
if (values.keep) writeRecorded(sets.flatMap(([, vectors]) => vectors));
let failed = 0;
for (const [name, vectors] of sets.length > 0 ? sets : [['recorded', readRecorded()] as const])
  failed += await check(name, vectors);
process.exitCode = failed > 0 ? 1 : 0;
