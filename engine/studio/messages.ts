import type { PageEvent } from '../preview/collect.ts';
import type { TimelineEvent } from '../preview/timeline.ts';
import type { JsonObject } from '../util/json/json.ts';

// What the studio's server and its page say to each other. The page sees texts without secrets, and nothing else.

/** A file as it was read or written; the version is a digest of its text. */
export interface FileView {
  readonly path: string;
  /** `file:` URL, as the language server names it. */
  readonly uri: string;
  readonly text: string;
  readonly version: string;
}

/** What the page is told when it opens. */
export interface Session {
  readonly file: string;
  readonly isSimulated: boolean;
  /** The config's file; undefined without one. */
  readonly config: string | undefined;
  /** The config was entered in the page; the server remembers it until it ends. */
  readonly isConfigEntered: boolean;
  readonly testFile: string;
  readonly version: string;
}

/** One that the manifest writes out. */
export interface StreamOutline {
  readonly name: string;
  /** Streams whose records it is read for. */
  readonly parents: readonly string[];
  readonly isIncremental: boolean;
  /** Its path is among its own lines, so that a copy of them has another one. */
  readonly hasPath: boolean;
  /** Where it is written, from 1. */
  readonly line: number;
  /** Changes when the stream does, references and parameters written out. */
  readonly digest: string;
}

export interface Outline {
  readonly streams: readonly StreamOutline[];
  /** The stream that a new one is best begun as, unless somebody knows better. */
  readonly typical: string | undefined;
  /** Fields that a config must have and that nobody has given. */
  readonly needs: readonly string[];
  /** Why the text is no manifest; undefined when it is one. */
  readonly problem: string | undefined;
}

/** A config to be filled in. Secrets are entered, and never shown again. */
export interface ConfigForm {
  /** JSON schema of the config, from the spec. */
  readonly schema: JsonObject;
  /** What was entered before, without secrets. */
  readonly values: JsonObject;
  /** JSON pointers of the secrets that were entered before. */
  readonly given: readonly string[];
}

export interface NewStream {
  /** The stream whose lines it begins as. */
  readonly like: string;
  readonly name: string;
  readonly path: string;
}

export interface Copied {
  readonly text: string;
  /** Where the new stream begins, from 1. */
  readonly line: number;
  /** The stream it begins as has no path in its own lines, so neither has the new one. */
  readonly isWithoutPath: boolean;
  /** What it has from the other one besides, to be looked at. */
  readonly copied: readonly PlaceView[];
}

/** Something that is written in the manifest, from line 1 on. */
export interface PlaceView {
  readonly label: string;
  readonly line: number;
}

/** What a test read is asked for. */
export interface ReadRequest {
  readonly text: string;
  readonly stream: string;
  readonly pages: number;
  readonly slices: number;
  readonly records: number;
  /** The state it begins with. */
  readonly state?: JsonObject | undefined;
}

export interface SliceView {
  /** What is special about it; empty for a stream without slices. */
  readonly title: string;
  readonly error: string | undefined;
  /** Requests for parents, tokens and the like, each with what it was for and its number. */
  readonly others: readonly { readonly title: string; readonly exchange: number; readonly status: number }[];
}

export type EventView =
  | {
      readonly kind: 'request';
      readonly exchange: number;
      readonly method: string;
      readonly path: string;
      readonly status: number;
      readonly milliseconds: number | undefined;
    }
  | {
      readonly kind: 'note';
      readonly of: PageEvent['kind'];
      readonly text: string;
      readonly line?: number | undefined;
    };

export interface DropView {
  readonly by: string;
  readonly line: number | undefined;
  readonly records: readonly unknown[];
}

export interface PageView {
  readonly number: number;
  readonly events: readonly EventView[];
  readonly counts: { readonly found: number; readonly dropped: number; readonly emitted: number } | undefined;
  readonly drops: readonly DropView[];
  readonly stop: { readonly text: string; readonly line: number | undefined } | undefined;
  /** Where the records may be, when none were found. */
  readonly elsewhere?: ElsewhereView | undefined;
}

/** Lists that an answer has, and where the stream looks instead. */
export interface ElsewhereView {
  readonly looked: string;
  readonly line: number | undefined;
  readonly lists: readonly { readonly path: string; readonly count: number }[];
}

export interface CostView {
  /** Of the whole stream; undefined when only reading the parents would tell. */
  readonly requests: number | undefined;
  readonly isAtLeast: boolean;
  readonly seconds: number | undefined;
  readonly slices: number | undefined;
  readonly rate: { readonly calls: number; readonly seconds: number; readonly by: string } | undefined;
}

export interface SchemaView {
  readonly narrower: readonly { readonly path: string; readonly problem: string; readonly count: number }[];
  readonly undeclared: readonly { readonly path: string; readonly schema: unknown }[];
  readonly unknown: readonly string[];
  readonly records: number;
  /** The file that should have it, as the manifest names it, when there is none. */
  readonly missingFile: string | undefined;
}

/** A test read comes as lines of JSON, one of these each. */
export type ReadMessage =
  | { readonly type: 'begin'; readonly id: string }
  | { readonly type: 'slice'; readonly slice: number; readonly view: SliceView }
  | { readonly type: 'page'; readonly slice: number; readonly page: number; readonly view: PageView }
  | {
      readonly type: 'records';
      readonly slice: number;
      readonly page: number;
      readonly records: readonly JsonObject[];
    }
  | { readonly type: 'timeline'; readonly events: readonly TimelineEvent[] }
  | ReadEnd
  | { readonly type: 'failed'; readonly message: string };

export interface ReadEnd {
  readonly type: 'end';
  readonly isCancelled: boolean;
  readonly errors: readonly { readonly text: string; readonly line: number | undefined }[];
  readonly warnings: readonly string[];
  readonly stateBefore: JsonObject | undefined;
  readonly stateAfter: JsonObject | undefined;
  readonly schema: SchemaView | undefined;
  readonly cost: CostView;
  readonly sliceCount: number | undefined;
  readonly primaryKey: readonly string[];
  readonly cursorField: string | undefined;
  /** What was not read to its end, so that no test can be made of it. */
  readonly cutBy: 'pages' | 'slices' | undefined;
}

/** A request with its answer. */
export interface ExchangeView {
  readonly title: string;
  readonly method: string;
  readonly url: string;
  readonly requestHeaders: Readonly<Record<string, string>>;
  readonly requestBody: string | undefined;
  readonly status: number;
  readonly responseHeaders: Readonly<Record<string, string>>;
  readonly responseBody: string;
  /** A line for a shell. */
  readonly curl: string;
}

/** A template's parts with what they come to. */
export interface EvaluationView {
  readonly parts: readonly {
    readonly text: string;
    readonly depth: number;
    readonly type: string;
    readonly shown: string;
  }[];
}

export interface TestView {
  readonly stream: string | undefined;
  readonly name: string;
  readonly status: 'passed' | 'failed' | 'skipped';
  readonly reason: string | undefined;
  readonly failures: readonly string[];
}

export interface CheckView {
  readonly id: string;
  readonly verdict: string;
  readonly doc: string;
  readonly violations: readonly {
    readonly severity: string;
    readonly message: string;
    readonly stream: string | undefined;
    readonly line: number | undefined;
  }[];
}

/** What `manifold test` found out about the file on disk. */
export interface TestReport {
  readonly problems: readonly string[];
  readonly tests: readonly TestView[];
  readonly checks: readonly CheckView[];
  readonly coverage: { readonly ways: number; readonly taken: number } | undefined;
  /** By stream: its digest when it was tested, and the ways through it that no test takes. */
  readonly streams: Readonly<
    Record<string, { readonly digest: string; readonly missing: readonly MissingWay[] }>
  >;
  readonly milliseconds: number;
}

export interface MissingWay {
  readonly line: number;
  readonly choice: string;
  readonly way: string;
}

/** What the server says by itself. */
export type ServerEvent =
  | { readonly type: 'hello'; readonly session: Session }
  | { readonly type: 'file'; readonly version: string }
  | { readonly type: 'test-file' };
