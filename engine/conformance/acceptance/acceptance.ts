import type { Place } from '../../error/place.ts';
import type { JsonObject } from '../../util/json/json.ts';

/** What the acceptance tests in a connector's folder say of it: `acceptance-test-config.yml` with the files it names. */
export interface Acceptance {
  /** Streams without records in the account of the tests, each with where it is named. */
  readonly emptyStreams: ReadonlyMap<string, Place>;
  /** Fields whose values differ from one read to the next, by stream. */
  readonly ignoredFields: ReadonlyMap<string, readonly string[]>;
  readonly expectedRecords: readonly ExpectedRecord[];
  /** Whether records come in the order of the file. */
  readonly isExactOrder: boolean;
  /** States further on than anything the API has, by stream. */
  readonly futureStates: readonly NamedState[];
  readonly catalogs: readonly NamedCatalog[];
  readonly namedFiles: readonly NamedFile[];
}

/** A file that the tests name. */
export interface NamedFile {
  readonly path: string;
  /** Whether there is one. */
  readonly isThere: boolean;
  /** Where it is named. */
  readonly places: readonly Place[];
}

export interface ExpectedRecord {
  readonly stream: string;
  readonly data: JsonObject;
  /** Its line in the file. */
  readonly place: Place;
}

export interface NamedState {
  readonly stream: string;
  readonly state: JsonObject;
  readonly place: Place;
}

export interface NamedCatalog {
  readonly file: string;
  readonly streams: readonly { readonly name: string; readonly place: Place }[];
}

export const noAcceptance: Acceptance = Object.freeze({
  emptyStreams: new Map(),
  ignoredFields: new Map(),
  expectedRecords: [],
  isExactOrder: false,
  futureStates: [],
  catalogs: [],
  namedFiles: [],
});
