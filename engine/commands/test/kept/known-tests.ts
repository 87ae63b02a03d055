import type { CoverageCollector, Seen, SeenByStream } from '../../../conformance/coverage/collector.ts';
import type { TestFields } from '../../../conformance/test-file/fields.ts';
import { configOfTest, passedTest, type TestResult } from '../../../conformance/test-file/run-test.ts';
import { hasAlias } from '../../../conformance/test-file/written-tests.ts';
import { toValue } from '../../../manifest/node.ts';
import { nodeAt } from '../../../manifest/node-at.ts';
import { toJsonText } from '../../../util/json/to-json-text.ts';
import { digestOf } from '../inputs.ts';
import type { LoadedSubject } from '../load-subject.ts';
import type { KeptStreams } from './kept-streams.ts';

/** The tests of one stream, with their numbers. */
export interface TestsOfStream {
  readonly stream: string;
  readonly tests: readonly (readonly [index: number, test: TestFields])[];
  readonly written: string;
}

/** The tests that need not be run: those of streams that are the same, and as they are written now have passed before. */
export function knownTests(
  loaded: LoadedSubject,
  all: readonly TestsOfStream[],
  streams: KeptStreams,
  coverage: CoverageCollector | undefined,
): ReadonlyMap<number, TestResult> {
  const found = new Map<number, TestResult>();
  const seen = new Map<string, Seen>();
  for (const { stream, tests, written } of all) {
    const known = streams.tests(stream, written);
    if (known === undefined) continue;
    const configs = tests.map(([, test]) => configOfTest(loaded.subject, test));
    seen.set(stream, { ...known.seen, configs });
    for (const [position, [index, test]] of tests.entries())
      found.set(index, passedTest(test, placeOf(loaded, index), known.took[position] ?? 0));
  }
  coverage?.add(seen);
  return found;
}

/** Keeps those that have passed, stream by stream. */
export function keepTests(
  all: readonly TestsOfStream[],
  streams: KeptStreams,
  results: ReadonlyMap<number, TestResult>,
  seen: SeenByStream,
): void {
  for (const { stream, tests, written } of all) {
    const own = tests.map(([index]) => results.get(index));
    const took = own.flatMap((result) => (result?.status === 'passed' ? [result.took] : []));
    const what = seen.get(stream);
    if (what !== undefined && took.length === own.length) streams.keepTests(stream, { written, took }, what);
  }
}

/** Without those that are skipped: it takes no time to say so. */
export function testsByStream(loaded: LoadedSubject): readonly TestsOfStream[] {
  const byStream = new Map<string, [number, TestFields][]>();
  for (const [index, test] of (loaded.testFile?.fields?.tests ?? []).entries()) {
    const { stream, skip } = test;
    if (stream !== undefined && skip === undefined)
      byStream.set(stream, [...(byStream.get(stream) ?? []), [index, test]]);
  }
  const text = loaded.testFile?.source.text ?? '';
  const count = loaded.testFile?.fields?.tests?.length ?? 0;
  const isPlain = !/^%/m.test(text);
  const writtenAt = (index: number) => {
    const node = nodeOf(loaded, index);
    // Up to the next one: where a test ends, another reading may see otherwise.
    const next = index + 1 < count ? nodeOf(loaded, index + 1).place.start : text.length;
    const own = text.slice(node.place.start, next);
    return isPlain && !hasAlias(own) ? own : toJsonText(toValue(node));
  };
  return [...byStream].map(([stream, tests]) => {
    const texts = tests.map(([index]) => writtenAt(index));
    return { stream, tests, written: digestOf(toJsonText([loaded.testFile?.fields?.now, texts])) };
  });
}

function nodeOf({ testFile, subject }: LoadedSubject, index: number) {
  return nodeAt(testFile?.node ?? subject.source.node, ['tests', index]);
}

function placeOf(loaded: LoadedSubject, index: number) {
  return nodeOf(loaded, index).place;
}
