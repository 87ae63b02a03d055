import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import { parseVectors } from './check.ts';
import type { Vector } from './kinds.ts';

const file = join('test', 'vectors', 'recorded.jsonl.br');

const fields = ['kind', 'template', 'context', 'expect', 'expect_no_default', 'expect_typed'];
const moreFields = ['expect_boolean', 'context_after'];
const options = ['now', 'default', 'valid_value_types', 'via'];

function pick(object: Readonly<Record<string, unknown>>, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(names.filter((name) => name in object).map((name) => [name, object[name]]));
}

/** The vectors that the repository keeps. */
export function readRecorded(): readonly Vector[] {
  return parseVectors(brotliDecompressSync(readFileSync(file)).toString('utf8'));
}

/** Keeps these vectors in the repository, and of each what the runner reads. */
export function writeRecorded(vectors: readonly Vector[]): void {
  const lines = vectors.map((vector) =>
    JSON.stringify({
      ...pick(vector, [...fields, ...moreFields]),
      options: pick(vector.options, options),
    }),
  );
  writeFileSync(
    file,
    brotliCompressSync(`${lines.join('\n')}\n`, { params: { [constants.BROTLI_PARAM_LGWIN]: 24 } }),
  );
}
