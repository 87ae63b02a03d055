import { readFile } from 'node:fs/promises';
import { fileReader, hasFileIn } from '../../connector/file-reader.ts';
import { nodeCrypto } from '../../util/bytes/node-crypto.ts';
import type { Environment } from '../environment.ts';
import { readInputText } from '../read-input.ts';

/** All that a test reads of files. Who wants to know what its outcome depends on asks for `noted`. */
export interface Inputs {
  /** A file that has to be there; `what` is the user's word for it. Throws ConnectorError (config_error). */
  text(path: string, what: string): Promise<string>;
  /** A file that may be there. */
  optional(path: string): Promise<string | undefined>;
  /** Files that a manifest names, in its own folders or in this package. */
  beside(folders: readonly string[]): FilesBeside;
  /** What has been asked for so far, with the answers; undefined when that is no sound account of it. */
  noted(): readonly NotedInput[] | undefined;
  /** Counts in what others have asked for of the same test; undefined when nobody knows. */
  add(noted: readonly NotedInput[] | undefined): void;
}

export interface FilesBeside {
  read(path: string): Promise<string | undefined>;
  has(path: string): boolean;
}

/** A question about files, and its answer as a digest: with the same answers a test goes the same way. */
export interface NotedInput {
  readonly ask: 'text' | 'optional' | 'read' | 'has';
  readonly path: string;
  /** Of `read` and `has`. */
  readonly folders?: readonly string[];
  readonly answer: string;
}

type Shipped = Pick<Environment, 'bundledSchema' | 'hasBundledSchema'>;

export function openInputs({ bundledSchema, hasBundledSchema }: Shipped): Inputs {
  const known = new Map<string, NotedInput>();
  let isSound = true;

  function note(noted: NotedInput): void {
    const question = JSON.stringify([noted.ask, noted.path, noted.folders]);
    const before = known.get(question);
    // The file has changed in the meantime: what was read of it belongs to no state of the disk.
    if (before !== undefined && before.answer !== noted.answer) isSound = false;
    known.set(question, noted);
  }

  /** What cannot be read today for a reason of the machine may be read tomorrow. */
  async function noting(question: Omit<NotedInput, 'answer'>, read: () => Promise<string | undefined>) {
    try {
      const text = await read();
      note({ ...question, answer: digestOf(text) });
      return text;
    } catch (error) {
      isSound = false;
      throw error;
    }
  }

  return Object.freeze<Inputs>({
    text: async (path, what) => (await noting({ ask: 'text', path }, () => readInputText(path, what))) ?? '',
    optional: (path) =>
      noting({ ask: 'optional', path }, () => readFile(path, 'utf8').catch(() => undefined)),
    beside(folders) {
      const read = fileReader(folders, bundledSchema);
      return {
        read: (path) => noting({ ask: 'read', path, folders }, () => read(path)),
        has(path) {
          const found = folders.some((each) => hasFileIn(each, path)) || hasBundledSchema?.(path) === true;
          note({ ask: 'has', path, folders, answer: String(found) });
          return found;
        },
      };
    },
    noted: () => (isSound ? [...known.values()] : undefined),
    add(noted) {
      if (noted === undefined) isSound = false;
      for (const each of noted ?? []) note(each);
    },
  });
}

/** Of a text, or of there being none. */
export function digestOf(text: string | undefined): string {
  return text === undefined ? 'none' : nodeCrypto().hash('sha256', text, 'base64url');
}

/** Asks the same again. The texts by their digests; undefined as soon as an answer is another one. */
export async function askedAgain(
  noted: readonly NotedInput[],
  inputs: Inputs,
): Promise<ReadonlyMap<string, string> | undefined> {
  const texts = new Map<string, string>();
  for (const { ask, path, folders = [], answer } of noted) {
    if (ask === 'has') {
      if (String(inputs.beside(folders).has(path)) !== answer) return undefined;
      continue;
    }
    const text = await textOf(ask, path, folders, inputs);
    if (digestOf(text) !== answer) return undefined;
    if (text !== undefined) texts.set(answer, text);
  }
  return texts;
}

function textOf(
  ask: Exclude<NotedInput['ask'], 'has'>,
  path: string,
  folders: readonly string[],
  inputs: Inputs,
): Promise<string | undefined> {
  if (ask === 'read') return inputs.beside(folders).read(path);
  return ask === 'optional' ? inputs.optional(path) : inputs.text(path, 'file').catch(() => undefined);
}
