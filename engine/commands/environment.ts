import type { BundledHooks } from '../connector/bundled-hooks.ts';
import type { Surroundings } from '../connector/sync-scope.ts';
import type { Hook } from '../language/hook.ts';
import type { Snapshot } from '../manifest/snapshot.ts';

/** Its size in characters. */
export interface Terminal {
  readonly rows: number;
  readonly columns: number;
}

/** What a command may use of its process. */
export interface Environment extends Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Resolves when the text has been taken, so a slow reader makes it wait; bytes may then be used for something else. */
  readonly write: (text: string | Uint8Array) => Promise<void>;
  /** What comes in, for commands that read `-`. */
  readonly stdin?: AsyncIterable<Uint8Array>;
  /** For people; never part of the protocol. */
  readonly writeError: (text: string) => void;
  /** A person reads stdout, not a program. */
  readonly isReadByPerson?: boolean;
  /** The terminal that people look at, as large as it is just now; undefined when there is none. */
  readonly terminal?: Terminal | undefined;
  /** Asks the person at the terminal; undefined when nobody can answer. A hidden answer is not shown while it is typed. */
  readonly ask?: (question: string, options?: { readonly hidden?: boolean }) => Promise<string>;
  /** The module with which `serve` answers a request in a process of its own. */
  readonly serveWorker?: string;
  /** The module with which `test` runs a part of the tests in a thread of its own. */
  readonly testWorker?: string;
  /** Where `test` keeps results for the next time, and a digest of the program; absent where it keeps none. */
  readonly keeps?: { readonly folder: string; readonly program: () => string | undefined } | undefined;
  /** The command line itself, for what has to run in a process of its own. */
  readonly program?: string;
  /** The folder of the studio's page, as the build has made it. */
  readonly studioPage?: string;
  /** Manifest used when neither an option nor the config names one. */
  readonly bundledManifest: string;
  readonly bundledHooks: BundledHooks;
  /** What the build has made of a bundled manifest, by its path. */
  readonly bundledSnapshot?: (manifestPath: string) => Promise<Snapshot | undefined>;
  /** Reads a JSON schema that comes with this package, as a bundled manifest names it; no other file. */
  readonly bundledSchema?: (path: string) => Promise<string | undefined>;
  /** Whether there is such a schema. */
  readonly hasBundledSchema?: (path: string) => boolean;
  /** Loads hook modules, or folders of them, that are named on the command line. */
  readonly loadHooks: (paths: readonly string[]) => Promise<readonly Hook[]>;
}

/** The flags of the protocol commands. */
export interface CommandOptions {
  readonly config?: string;
  readonly catalog?: string;
  readonly state?: string;
  readonly manifestPath?: string;
  readonly hooks?: readonly string[];
  /** Python code, which is refused with an explanation of what to do instead. */
  readonly componentsPath?: string;
  readonly debug?: boolean;
  /** Keep what came from outside in this file, for `replay`. */
  readonly logTo?: string;
  /** Address of a Redis server through which processes share a rate limit. */
  readonly rateLimitStore?: string;
  readonly rateLimitShare?: string;
  /** A check that fails is a failure of the command. */
  readonly exitCode?: boolean;
}
