/**
 * `compare-reads [--versions] WHOLE PART…`: does every record of the whole read stand, with the same data, in one of the
 * parts? With `--versions` it is enough that the record stands there as of the same `updated_at`: what it quotes of other
 * records may be older. Prints how many records of each stream each part gave; the exit code is 1 when one is missing.
 */
import { parseArgs } from 'node:util';
import type { JsonObject } from '../../engine/util/json/json.ts';
import { readMessages } from './read-messages.ts';

const { values: given, positionals } = parseArgs({
  options: { versions: { type: 'boolean', default: false } },
  allowPositionals: true,
});

function identify(data: JsonObject): string {
  const { id, updated_at } = data;
  return JSON.stringify(given.versions && updated_at !== undefined ? { id, updated_at } : data);
}

async function recordsOf(path: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const streams = new Map<string, string[]>();
  for (const message of await readMessages(path)) {
    if (message.type !== 'RECORD') continue;
    const { stream, data } = message.record;
    const records = streams.get(stream) ?? [];
    streams.set(stream, records);
    records.push(identify(data));
  }
  return streams;
}

const [wholePath = '', ...partPaths] = positionals;
const whole = await recordsOf(wholePath);
const parts = await Promise.all(partPaths.map(recordsOf));
let missing = 0;
for (const [stream, records] of whole) {
  const found = new Set(parts.flatMap((part) => part.get(stream) ?? []));
  const lost = records.filter((record) => !found.has(record));
  missing += lost.length;
  const counts = parts.map((part) => part.get(stream)?.length ?? 0).join(' + ');
  const verdict = lost.length === 0 ? 'none lost' : `${lost.length} LOST, the first is ${lost[0]}`;
  process.stdout.write(`  ${stream}: ${records.length} at once, ${counts} in parts, ${verdict}\n`);
}
process.exitCode = missing === 0 && whole.size > 0 ? 0 : 1;
