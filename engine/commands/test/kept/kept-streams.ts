import type { Seen } from '../../../conformance/coverage/collector.ts';
import type { Quiet } from '../../../conformance/quiet.ts';
import type { Glimpsed, StreamMemory } from '../../../conformance/stream-memory.ts';
import type { Source } from '../../../error/place.ts';
import type { Sound } from '../../../language-server/findings-memory.ts';
import type { WrittenParts } from '../../../language-server/written-parts.ts';
import type { NotedInput } from '../inputs.ts';
import { hitsOf, type KeptHit, keptHits } from './kept-hits.ts';

/** What is kept of a stream, for as long as its key is the same. */
export interface KeptStream {
  readonly key: string;
  readonly glimpsed?: Glimpsed | undefined;
  /** Of the checks that found nothing wrong, by their names. */
  readonly quiet: Readonly<Record<string, readonly Quiet[]>>;
  readonly tests?: KeptTests | undefined;
}

/** Of tests that have all passed. */
export interface KeptTests {
  /** A digest of how they are written. */
  readonly written: string;
  /** Milliseconds of each. */
  readonly took: readonly number[];
  readonly hits: readonly KeptHit[];
  readonly paths: readonly string[];
}

/** What is kept of the streams of a manifest: of an earlier run, and of this one for the next. */
export interface KeptStreams extends StreamMemory {
  /** How many streams there are of which an earlier run says something. */
  readonly known: number;
  /** What came of the tests of a stream; undefined when they have to be run. */
  tests(
    stream: string,
    written: string,
  ): { readonly took: readonly number[]; readonly seen: Omit<Seen, 'configs'> } | undefined;
  keepTests(
    stream: string,
    tests: { readonly written: string; readonly took: readonly number[] },
    seen: Seen,
  ): void;
  /** How many can be told apart. */
  readonly all: number;
  forNext(): Readonly<Record<string, KeptStream>>;
}

/** The file of them, and what else was read for it. */
export interface KeptStreamsFile {
  readonly inputs: readonly NotedInput[];
  readonly streams: Readonly<Record<string, KeptStream>>;
  /** Digests of the tests that were read without a mistake. */
  readonly tests?: readonly string[];
  /** Streams that `validate` finds nothing wrong in: what was asked of files, by digests of what else that depends on. */
  readonly sound?: Readonly<Record<string, Sound['files']>>;
}

export function keptStreams(
  keys: ReadonlyMap<string, string>,
  earlier: Readonly<Record<string, KeptStream>>,
  source: Source,
  parts: WrittenParts,
): KeptStreams {
  const streams = new Map<string, KeptStream>();
  let known = 0;
  for (const [name, key] of keys) {
    const before = Object.hasOwn(earlier, name) ? earlier[name] : undefined;
    const isSame = before?.key === key;
    if (isSame) known += 1;
    streams.set(name, isSame ? before : { key, quiet: {} });
  }
  const change = (name: string, part: (stream: KeptStream) => Partial<KeptStream>) => {
    const stream = streams.get(name);
    if (stream !== undefined) streams.set(name, { ...stream, ...part(stream) });
  };

  return Object.freeze<KeptStreams>({
    known,
    glimpsed: (name) => streams.get(name)?.glimpsed,
    keepGlimpsed: (name, glimpsed) => change(name, () => ({ glimpsed })),
    quiet(check, name) {
      const { quiet = {} } = streams.get(name) ?? {};
      return Object.hasOwn(quiet, check) ? quiet[check] : undefined;
    },
    keepQuiet: (check, name, events) =>
      change(name, ({ quiet }) => ({ quiet: { ...quiet, [check]: events } })),
    tests(name, written) {
      const tests = streams.get(name)?.tests;
      if (tests?.written !== written) return undefined;
      const hits = hitsOf(tests.hits, source, parts);
      return hits && { took: tests.took, seen: { hits, paths: new Set(tests.paths) } };
    },
    keepTests(name, tests, seen) {
      const hits = keptHits(seen.hits.values(), source, parts);
      change(name, () => ({ tests: hits && { ...tests, hits, paths: [...seen.paths] } }));
    },
    all: keys.size,
    forNext: () => Object.fromEntries(streams),
  });
}
