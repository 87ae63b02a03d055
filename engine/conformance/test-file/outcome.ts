import type { CheckResult } from '../../contract/families.ts';
import type { ErrorKind } from '../../error/connector-error.ts';
import type { JsonObject } from '../../util/json/json.ts';
import type { SeenRequest } from './exchange.ts';

/** What came out of a test: the roots of JSONPaths. */
export interface Outcome {
  readonly records: readonly JsonObject[];
  readonly states: readonly JsonObject[];
  /** Undefined when no stream was read, or when it never got so far. */
  readonly status: 'COMPLETE' | 'INCOMPLETE' | undefined;
  readonly errors: readonly { readonly message: string; readonly kind: ErrorKind }[];
  readonly check: CheckResult | undefined;
  /** The stream's schema with this config; undefined when the test expects nothing of it. */
  readonly schema: JsonObject | undefined;
  readonly requests: readonly SeenRequest[];
  /** With their levels in front. */
  readonly logs: readonly string[];
  /** Milliseconds. */
  readonly waits: readonly number[];
  /** Those among them that a strategy of the manifest asked for: a second longer than the API says. */
  readonly strategyWaits: ReadonlySet<number>;
  /** How many slices were read. */
  readonly slices: number;
}
