import type { StreamState } from '../../contract/families.ts';
import type { ConnectorError } from '../../error/connector-error.ts';
import type { JsonObject } from '../../util/json/json.ts';

export type StreamStatus = 'STARTED' | 'RUNNING' | 'COMPLETE' | 'INCOMPLETE';

/** The output of a sync, in an order in which it may be written: a state comes after every record that it covers. */
export type SyncEvent =
  | {
      readonly kind: 'status';
      readonly stream: string;
      readonly status: StreamStatus;
      /** The stream waits for the API's quota to be renewed at this moment (ms since the epoch). */
      readonly quotaReset?: number;
    }
  | {
      readonly kind: 'records';
      readonly stream: string;
      readonly records: readonly JsonObject[];
      readonly fileReferences?: ReadonlyMap<number, JsonObject>;
      /** See Page; only for a reader who has asked for lines. */
      readonly lines?: Uint8Array;
    }
  | { readonly kind: 'state'; readonly stream: string; readonly state: StreamState }
  | { readonly kind: 'error'; readonly stream: string; readonly error: ConnectorError };
