/**
 * `compare-reads WHOLE READ…`: does every record of the whole read stand, with the same data, in one of the others?
 * Prints how many of each stream the last of them read again; the exit code is 1 when a record is missing.
 */
import { readMessages } from './read-messages.ts';

async function recordsOf(path: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const streams = new Map<string, string[]>();
  for (const message of await readMessages(path)) {
    if (message.type !== 'RECORD') continue;
    const { stream, data } = message.record;
    const records = streams.get(stream) ?? [];
    streams.set(stream, records);
    records.push(JSON.stringify(data));
  }
  return streams;
}

const [wholePath = '', ...partPaths] = process.argv.slice(2);
const whole = await recordsOf(wholePath);
const parts = await Promise.all(partPaths.map(recordsOf));
let missing = 0;
for (const [stream, records] of whole) {
  const found = new Set(parts.flatMap((part) => part.get(stream) ?? []));
  const lost = records.filter((record) => !found.has(record));
  missing += lost.length;
  const counts = parts.map((part) => part.get(stream)?.length ?? 0).join(' + ');
  const verdict = lost.length === 0 ? 'none lost' : `${lost.length} LOST, first ${lost[0]}`;
  process.stdout.write(`  ${stream}: ${records.length} at once, ${counts} in parts, ${verdict}\n`);
}
process.exitCode = missing === 0 ? 0 : 1;
