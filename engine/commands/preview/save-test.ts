import { writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { ConnectorError } from '../../error/connector-error.ts';
import { writing } from '../../error/writing.ts';
import { makeTest, withTest } from '../../preview/make-test.ts';
import type { Preview } from '../../preview/preview.ts';
import { createScrubber } from '../../scrub/scrubber.ts';
import type { Environment } from '../environment.ts';
import { readInputText } from '../read-input.ts';
import { replaceFile } from '../replace-file.ts';
import type { OpenedForPreview } from './open-preview.ts';

export interface SaveOptions {
  readonly name: string;
  readonly file: string;
  readonly now: number;
  readonly fake: readonly string[];
  readonly keep: readonly string[];
  readonly isExact?: boolean | undefined;
}

/** Adds what was seen to the tests beside the manifest. */
export async function saveTest(
  shown: Preview,
  opened: OpenedForPreview,
  { name, file, now, fake, keep, isExact }: SaveOptions,
  { writeError }: Environment,
): Promise<void> {
  requireWhole(shown);
  const { stream, primaryKey, cursorField, exchanges, redactor } = shown;
  const item = await makeTest({
    name,
    manifest: opened.manifest,
    readFile: opened.readFile,
    stream,
    primaryKey,
    cursorField,
    config: opened.config,
    state: opened.states?.get(stream),
    now,
    exchanges,
    scrubber: createScrubber({ redactor, fake }),
    keep,
    isExact,
  });
  const path = file.replace(/(?:\.ya?ml|\.json)?$/, '.test.yaml');
  const before = await readInputText(path, 'test file').catch(() => undefined);
  const text = withTest(before === undefined ? undefined : { name: path, text: before }, item, {
    name,
    manifest: basename(file),
  });
  await writing(path, () => (before === undefined ? writeFile(path, text) : replaceFile(path, text)));
  writeError(`The test "${name}" is in ${path}; "manifold test ${file}" runs it.\n`);
}

/** A test reads its stream to the end. */
function requireWhole({ slices, sliceCount, stream }: Preview): void {
  const isCut = slices.some(({ pages }) => pages.some(({ stop }) => stop?.reason === 'limit'));
  const isPartial = sliceCount !== undefined && sliceCount > slices.length;
  if (!isCut && !isPartial) return;
  const how = isCut ? '--pages' : '--slices';
  throw new ConnectorError(
    `Stream "${stream}" has more than was read, and a test reads it to its end. Begin with a later --state or a later start date, or read more with ${how}.`,
    { kind: 'config_error' },
  );
}
