import type { Manifest } from '../connector/load-manifest.ts';
import type { FindingsOptions } from '../connector/manifest-findings.ts';
import type { Surroundings } from '../connector/sync-scope.ts';
import type { Redactor } from '../http/wire/redact.ts';
import type { Preview } from '../preview/preview.ts';
import type { JsonObject } from '../util/json/json.ts';

/** A manifest with everything that a test read of it needs. */
export interface OpenedManifest {
  readonly manifest: Manifest;
  readonly config: JsonObject;
  readonly redactor: Redactor;
  readonly surroundings: Surroundings;
  readonly readFile: (path: string) => Promise<string | undefined>;
}

/** A test read that is over, with what it was made of. */
export interface FinishedRead {
  readonly opened: OpenedManifest;
  readonly preview: Preview;
  readonly state: JsonObject | undefined;
  /** Where the clock stood, in milliseconds since the epoch. */
  readonly now: number;
}

/** What the studio works on: the file, and the tools that the command line has too. */
export interface Bench {
  /** The manifest's absolute path. */
  readonly file: string;
  readonly testFile: string;
  /** The config's file, as it was named; undefined without one. */
  readonly config: string | undefined;
  readonly isSimulated: boolean;
  /** The config that was entered in the page: kept in memory, and nowhere else. */
  enteredConfig(): JsonObject | undefined;
  /** Throws ConnectorError when the config comes from elsewhere. */
  enterConfig(config: JsonObject): void;
  readonly language: Omit<FindingsOptions, 'path'>;
  /** Throws ConnectorError when the text is no manifest, or the config cannot be read. */
  open(text: string): Promise<OpenedManifest>;
  /** Gives a file another text, at once. */
  replace(path: string, text: string): Promise<void>;
  /** Adds a test beside the manifest, of whole records when it is to be exact. Resolves to what happened, as a sentence. */
  saveTest(read: FinishedRead, test: { readonly name: string; readonly isExact: boolean }): Promise<string>;
  /** Declares what was seen and is not declared. Resolves to what happened, as a sentence. */
  acceptSchema(read: FinishedRead): Promise<string>;
  /** What `manifold test --json` says of the file on disk. Throws ConnectorError when it says nothing. */
  test(options: { readonly checks: boolean; readonly signal: AbortSignal }): Promise<string>;
}
