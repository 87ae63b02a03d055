import { testsThatCanBeLeft } from '../../../conformance/test-file/read-partly.ts';
import { writtenPartsOf } from '../../../language-server/written-parts.ts';
import { digestOf } from '../inputs.ts';
import type { LoadedSubject } from '../load-subject.ts';
import type { TestRun } from '../test-run.ts';
import { type KeptStreams, keptStreams } from './kept-streams.ts';
import { streamKeys } from './stream-keys.ts';

/** What is kept of the streams of a manifest; undefined where nothing is to be kept, or nobody can tell them apart. */
export function openStreams({ subject }: LoadedSubject, { kept, inputs }: TestRun): KeptStreams | undefined {
  const parts = kept && writtenPartsOf(subject.manifest);
  const source = subject.manifest.written?.place.source;
  if (kept === undefined || parts === undefined || source === undefined) return undefined;
  const { earlier } = kept;
  const streams = keptStreams(streamKeys(subject, parts), earlier?.streams ?? {}, source, parts);
  // What is told of them was read off these files, though nobody may read them in this run.
  if (earlier !== undefined && streams.known > 0) inputs?.add(earlier.inputs);
  return streams;
}

/** Keeps them, if what was found out depends on files alone. The manifest and its tests are in the keys. */
export async function keepStreams(
  streams: KeptStreams,
  { testFile, findings }: LoadedSubject,
  { kept, inputs, environment }: TestRun,
): Promise<void> {
  const noted = inputs?.noted();
  if (noted === undefined || environment.signal?.aborted === true) return;
  await kept?.keep({
    inputs: noted.filter(({ ask }) => ask !== 'text'),
    streams: streams.forNext(),
    tests: testFile === undefined ? [] : testsThatCanBeLeft(testFile).map(digestOf),
    sound: Object.fromEntries(findings?.sound().map(({ by, files }) => [digestOf(by), files]) ?? []),
  });
}
