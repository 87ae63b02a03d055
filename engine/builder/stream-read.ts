import type { JsonObject, JsonSchema } from '../util/json/json.ts';

/** What a test read shows, in the shape that the connector builder knows. */
export interface StreamRead {
  readonly logs: readonly LogEntry[];
  readonly slices: readonly StreamReadSlice[];
  readonly test_read_limit_reached: boolean;
  readonly auxiliary_requests: readonly AuxiliaryRequest[];
  readonly inferred_schema: JsonSchema | null;
  readonly inferred_datetime_formats: Readonly<Record<string, string>>;
  /** The config as the read left it, without the platform's own fields; null when it did not change. */
  readonly latest_config_update: JsonObject | null;
}

export interface LogEntry {
  readonly message: string;
  readonly level: string;
  readonly internal_message: string | null;
  readonly stacktrace: string | null;
}

export interface StreamReadSlice {
  readonly pages: readonly StreamReadPage[];
  /** Partition and window; the text "{}" for a stream that is not sliced. */
  readonly slice_descriptor: JsonObject | string;
  readonly state: readonly JsonObject[];
  readonly auxiliary_requests: readonly AuxiliaryRequest[];
}

export interface StreamReadPage {
  readonly records: readonly JsonObject[];
  readonly request: HttpRequestView | null;
  readonly response: HttpResponseView | null;
}

export interface HttpRequestView {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly http_method: string;
  readonly body: string | null;
}

export interface HttpResponseView {
  readonly status: number;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface AuxiliaryRequest {
  readonly title: string;
  readonly type: string;
  readonly description: string;
  readonly request: HttpRequestView;
  readonly response: HttpResponseView;
}
