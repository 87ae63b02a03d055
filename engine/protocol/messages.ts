import type { LogLevel } from '../contract/scope.ts';
import type { ErrorKind } from '../error/connector-error.ts';
import type { StreamStatus } from '../sync/read/sync-event.ts';
import type { JsonObject, JsonSchema } from '../util/json/json.ts';

/** The messages of the Airbyte protocol that a source writes, one JSON object a line. Times are milliseconds since the epoch. */
export type Message =
  | { readonly type: 'SPEC'; readonly spec: ConnectorSpecification }
  | {
      readonly type: 'CONNECTION_STATUS';
      readonly connectionStatus: { readonly status: 'SUCCEEDED' | 'FAILED'; readonly message?: string };
    }
  | { readonly type: 'CATALOG'; readonly catalog: { readonly streams: readonly CatalogStream[] } }
  | { readonly type: 'RECORD'; readonly record: RecordMessage }
  | { readonly type: 'STATE'; readonly state: StateMessage }
  | { readonly type: 'LOG'; readonly log: { readonly level: LogLevel; readonly message: string } }
  | { readonly type: 'TRACE'; readonly trace: TraceMessage }
  | { readonly type: 'CONTROL'; readonly control: ControlMessage };

export interface ConnectorSpecification {
  readonly connectionSpecification: JsonObject;
  readonly documentationUrl?: string;
  readonly advanced_auth?: JsonObject;
  /** Always false; older platforms ask for them. */
  readonly supportsNormalization?: boolean;
  readonly supportsDBT?: boolean;
}

export type SyncMode = 'full_refresh' | 'incremental';

export interface CatalogStream {
  readonly name: string;
  readonly namespace?: string;
  readonly json_schema: JsonSchema;
  readonly supported_sync_modes: readonly SyncMode[];
  readonly source_defined_cursor?: boolean;
  readonly default_cursor_field?: readonly string[];
  readonly source_defined_primary_key?: readonly (readonly string[])[];
  readonly is_resumable?: boolean;
  readonly is_file_based?: boolean;
}

export interface RecordMessage {
  readonly stream: string;
  readonly namespace?: string;
  readonly data: JsonObject;
  readonly emitted_at: number;
  readonly file_reference?: JsonObject;
}

export interface StreamDescriptor {
  readonly name: string;
  readonly namespace?: string;
}

export interface StateMessage {
  readonly type: 'STREAM';
  readonly stream: { readonly stream_descriptor: StreamDescriptor; readonly stream_state: JsonObject };
  /** Records of the stream since its previous state. */
  readonly sourceStats?: { readonly recordCount: number };
}

export type TraceMessage =
  | {
      readonly type: 'ESTIMATE';
      readonly emitted_at: number;
      readonly estimate: {
        readonly name: string;
        readonly type: 'STREAM';
        readonly row_estimate?: number;
        readonly byte_estimate?: number;
      };
    }
  | {
      readonly type: 'STREAM_STATUS';
      readonly emitted_at: number;
      readonly stream_status: {
        readonly stream_descriptor: StreamDescriptor;
        readonly status: StreamStatus;
        readonly reasons?: readonly {
          readonly type: 'RATE_LIMITED';
          readonly rate_limited: { readonly quota_reset: number };
        }[];
      };
    }
  | {
      readonly type: 'ERROR';
      readonly emitted_at: number;
      readonly error: {
        readonly message: string;
        readonly internal_message?: string;
        readonly stack_trace?: string;
        readonly failure_type: ErrorKind;
        readonly stream_descriptor?: StreamDescriptor;
      };
    }
  | {
      readonly type: 'ANALYTICS';
      readonly emitted_at: number;
      readonly analytics: { readonly type: string; readonly value?: string };
    };

export interface ControlMessage {
  readonly type: 'CONNECTOR_CONFIG';
  readonly emitted_at: number;
  readonly connectorConfig: { readonly config: JsonObject };
}
