import { simulatedOnce } from '../simulated/each-stream.ts';
import type { StreamAt, Subject } from '../subject.ts';
import type { Comparison, Difference } from './difference.ts';
import { asked } from './request-differences.ts';
import { specDifferences } from './spec-differences.ts';
import { compareStreams } from './stream-differences.ts';

/**
 * Reads all streams of two manifests from the API that is made out of the first, and compares what comes of it: what the
 * second asks wrongly, or drops, it does not get. What is new in the second is read from its own API.
 */
export async function compareSubjects(before: Subject, after: Subject): Promise<Comparison> {
  const differences: Difference[] = await specDifferences(before, after);
  const same: string[] = [];
  const unread: { stream: string; reason: string }[] = [];
  const now = new Map((await after.streams()).map((stream) => [stream.name, stream]));
  const known = new Set<string>();
  const gone: StreamAt[] = [];
  for (const stream of await before.streams()) {
    known.add(stream.name);
    const other = now.get(stream.name);
    if (other === undefined) {
      gone.push(stream);
      continue;
    }
    const { differences: found, unread: reason } = await compareStreams([before, stream], [after, other]);
    if (reason !== undefined) unread.push({ stream: stream.name, reason });
    else if (found.length === 0) same.push(stream.name);
    differences.push(...found);
  }
  const added = [...now.values()].filter(({ name }) => !known.has(name));
  for (const stream of gone) {
    const other = await renamed(stream, before, added, after);
    const message =
      other === undefined
        ? 'is gone'
        : `is gone; "${other}", which is new, asks for the same: was it renamed?`;
    differences.push({ stream: stream.name, aspect: 'stream', kind: 'breaking', message });
  }
  for (const name of now.keys())
    if (!known.has(name))
      differences.push({ stream: name, aspect: 'stream', kind: 'additive', message: 'is new' });
  return { differences, same, unread };
}

/** The stream that asks for what another one has asked for. */
async function renamed(
  stream: StreamAt,
  before: Subject,
  added: readonly StreamAt[],
  after: Subject,
): Promise<string | undefined> {
  const was = await simulatedOnce(before, stream);
  if (typeof was === 'string') return undefined;
  const own = asked(was.run, stream.name);
  for (const each of added) {
    const is = await simulatedOnce(after, each);
    if (typeof is === 'string' || own.size === 0) continue;
    const other = asked(is.run, each.name);
    if (own.size === other.size && [...own].every((one) => other.has(one))) return each.name;
  }
  return undefined;
}
