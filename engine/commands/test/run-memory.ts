import { type ReadTestFile, readTestFile } from '../../conformance/test-file/read-test-file.ts';
import type { Source } from '../../error/place.ts';
import { createFindingsMemory } from '../../language-server/findings-memory.ts';
import { createBlockParser } from '../../manifest/block-parser.ts';
import { type ReadDocument, readDocument } from '../../manifest/read-document.ts';

/** What is kept of a manifest and its tests from one run to the next, when little changes in between. */
export interface RunMemory {
  /** Reads the YAML of the manifest: only the parts that have changed. */
  readonly readDocument: ReadDocument;
  /** What was found wrong in its streams. */
  readonly findings: ReturnType<typeof createFindingsMemory>;
  /** Reads the test file, if it has changed. */
  readTests(source: Source & { readonly text: string }): ReadTestFile;
}

export function createRunMemory(): RunMemory {
  let tests: { readonly text: string; readonly read: ReadTestFile } | undefined;
  return {
    readDocument: createBlockParser(readDocument),
    findings: createFindingsMemory(),
    readTests(source) {
      if (tests?.text !== source.text) tests = { text: source.text, read: readTestFile(source) };
      return tests.read;
    },
  };
}
