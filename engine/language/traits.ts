import type { ResponseAction } from '../contract/families.ts';

/** How a body is written that a decoder reads. What is packed is read by the decoder inside. */
export type BodyForm =
  | { readonly kind: 'JSON' | 'JSON lines' | 'XML' | 'lines of text' | 'gzip' | 'ZIP' }
  | { readonly kind: 'CSV'; readonly delimiter: string };

/** A field that a transformation adds to records, with the template of its value. */
export interface AddedField {
  readonly path: readonly string[];
  readonly template: string;
  /** What the value is read as; undefined where the text says. */
  readonly type?: string | undefined;
}

/**
 * Facts about a component that concern others around it, declared by its type and known without a config. Rules of
 * validate/, the simulator and the checks ask for these and never for the name of a type, so a new type takes part by declaring them. Hooks have none,
 * since what they do cannot be seen, or those of the component that they extend.
 */
export interface Traits {
  /** A retriever whose `requester` reads pages and windows, which can be requested again in other sizes. */
  readonly readsPages?: boolean;
  /** A paginator that asks for more than one page. */
  readonly paginates?: boolean;
  /** What the token of a pagination strategy counts. */
  readonly counts?: 'records' | 'pages' | 'nothing';
  /** A request option that makes the token the path of the next request. */
  readonly isPath?: boolean;
  /** How far a page size may be reduced, and in how many steps. */
  readonly reduction?: { readonly factor: number; readonly minimum: number; readonly maxAttempts: number };
  /** What a response filter does with the responses that it matches. */
  readonly action?: ResponseAction | undefined;
  /** A backoff strategy that always has an answer. */
  readonly alwaysWaits?: boolean;
  /** A backoff strategy that reads a moment, not how long to wait. */
  readonly waitsUntil?: boolean;
  /** A policy that takes every request. */
  readonly takesAll?: boolean;
  /** A body in which the type of a value is seen by the API. */
  readonly writesJson?: boolean;
  /** A schema in a file, by a template of its path or, without one, by the name of its stream. */
  readonly schemaFile?: { readonly path: string | undefined };
  /** A decoder that reads one kind of body; undefined for those that read whatever a file says it is. */
  readonly reads?: BodyForm;
  /** A decoder that reads a body as it arrives, which cannot be read a second time. */
  readonly readsOnce?: boolean;
  /** An extractor that finds records where its `field_path` leads, and nowhere else. */
  readonly looksAtPath?: boolean;
  /** An extractor that reads the body itself, whatever the decoder. */
  readonly readsBody?: BodyForm;
  /** An extractor that goes through a response several times. */
  readonly readsAgain?: boolean;
  /** An extractor that finds more records than a page of the API has. */
  readonly addsUp?: boolean;
  /** A parent whose records carry the first page of its children. */
  readonly isLazy?: boolean;
  /** A router whose partitions stand in the manifest or the config, so that no request finds them. */
  readonly listsPartitions?: boolean;
  /** The field that names the value of a partition, with the template that stands there. */
  readonly namesValue?: { readonly field: string; readonly text: string };
  /** A router that makes partitions out of those of others, whose values have this name, or one each. */
  readonly joinsPartitions?: { readonly name: string | undefined };
  /** Where a resolver puts values in the template of its streams, in its order, with paths as they are written. */
  readonly sets?: readonly { readonly path: readonly string[]; readonly creates: boolean }[];
  /** A policy that never allows more calls than these at once. */
  readonly allows?: number;
  /** What a cursor compares: points in time, written in its formats, or counts. */
  readonly compares?: 'datetimes' | 'counts';
  /** Why the windows of a cursor cannot be split; undefined when they can. */
  readonly splitRefusal?: string | undefined;
  /** A cursor whose state is a count, which does not tell how old it is. */
  readonly hasAgelessState?: boolean;
  /** Fields that a transformation adds. */
  readonly adds?: readonly AddedField[];
  /** The word that an authenticator writes before its token. */
  readonly scheme?: string;
  /** The header that an authenticator sets besides what its request options say, as a template; undefined for none. */
  readonly setsHeader?: string | undefined;
  /** Asks a token endpoint, whose answer has the names that its fields say. */
  readonly asksForTokens?: boolean;
  /** Sends its config back to the platform, with tokens that it has obtained. */
  readonly writesConfig?: boolean;
}

export const noTraits: Traits = Object.freeze({});
