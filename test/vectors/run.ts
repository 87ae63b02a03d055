/** `npm run vectors -- FILE… [--verbose N]`: golden vectors, one JSON object per line; exit code 1 when one differs. */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { kinds, type Vector } from './kinds.ts';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { verbose: { type: 'string', default: '5' } },
});

async function check(vector: Vector): Promise<readonly string[] | 'skip'> {
  const handler = kinds[vector.kind];
  if (handler === undefined) return [`unknown kind ${vector.kind}`];
  try {
    return await handler(vector);
  } catch (error) {
    return [`the runner failed: ${error instanceof Error ? error.stack : String(error)}`];
  }
}

let failed = 0;
for (const file of positionals) {
  const vectors = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Vector);
  let passed = 0;
  let skipped = 0;
  const shown: string[] = [];
  for (const vector of vectors) {
    const found = await check(vector);
    if (found === 'skip') skipped += 1;
    else if (found.length === 0) passed += 1;
    else {
      shown.push(
        `  ${vector.id} ${JSON.stringify(vector.template ?? vector.context)?.slice(0, 300)}\n    ${found.join('\n    ')}`,
      );
    }
  }
  const total = vectors.length - skipped;
  failed += total - passed;
  process.stdout.write(
    `${basename(file)}: ${passed}/${total}${skipped > 0 ? ` (${skipped} skipped: no handler yet)` : ''}\n`,
  );
  for (const line of shown.slice(0, Number(values.verbose))) process.stdout.write(`${line}\n`);
}
process.exitCode = failed > 0 ? 1 : 0;
