import * as z from 'zod';

/** What the Airbyte protocol asks of the messages of a source. Unknown fields are allowed everywhere, as there. */
const object = z.record(z.string(), z.unknown());
const descriptor = z.looseObject({ name: z.string(), namespace: z.string().optional() });
const syncMode = z.enum(['full_refresh', 'incremental']);
const fieldPath = z.array(z.string());
const wholeNumber = z.number().refine(Number.isInteger);

const stream = z.looseObject({
  name: z.string(),
  json_schema: object,
  supported_sync_modes: z.array(syncMode).min(1),
  source_defined_cursor: z.boolean().optional(),
  default_cursor_field: fieldPath.optional(),
  source_defined_primary_key: z.array(fieldPath).optional(),
  namespace: z.string().optional(),
  is_resumable: z.boolean().optional(),
  is_file_based: z.boolean().optional(),
});

const record = z.looseObject({
  stream: z.string(),
  namespace: z.string().optional(),
  data: object,
  emitted_at: wholeNumber,
  file_reference: z
    .looseObject({
      staging_file_url: z.string().optional(),
      source_file_relative_path: z.string().optional(),
      file_size_bytes: wholeNumber.optional(),
    })
    .optional(),
});

const streamState = z.looseObject({ stream_descriptor: descriptor, stream_state: object.optional() });

const state = z.looseObject({
  type: z.literal('STREAM'),
  stream: streamState,
  sourceStats: z.looseObject({ recordCount: z.number().optional() }).optional(),
});

const trace = z.discriminatedUnion('type', [
  z.looseObject({
    type: z.literal('ERROR'),
    emitted_at: z.number(),
    error: z.looseObject({
      message: z.string().min(1),
      internal_message: z.string().optional(),
      stack_trace: z.string().optional(),
      failure_type: z.enum(['system_error', 'config_error', 'transient_error']).optional(),
      stream_descriptor: descriptor.optional(),
    }),
  }),
  z.looseObject({
    type: z.literal('STREAM_STATUS'),
    emitted_at: z.number(),
    stream_status: z.looseObject({
      stream_descriptor: descriptor,
      status: z.enum(['STARTED', 'RUNNING', 'COMPLETE', 'INCOMPLETE']),
    }),
  }),
  z.looseObject({
    type: z.literal('ANALYTICS'),
    emitted_at: z.number(),
    analytics: z.looseObject({ type: z.string(), value: z.string().optional() }),
  }),
]);

const message = z.discriminatedUnion('type', [
  z.looseObject({ type: z.literal('RECORD'), record }),
  z.looseObject({ type: z.literal('STATE'), state }),
  z.looseObject({ type: z.literal('TRACE'), trace }),
  z.looseObject({
    type: z.literal('LOG'),
    log: z.looseObject({
      level: z.enum(['FATAL', 'ERROR', 'WARN', 'INFO', 'DEBUG', 'TRACE']),
      message: z.string(),
      stack_trace: z.string().optional(),
    }),
  }),
  z.looseObject({
    type: z.literal('SPEC'),
    spec: z.looseObject({
      connectionSpecification: object,
      documentationUrl: z.string().optional(),
      advanced_auth: object.optional(),
    }),
  }),
  z.looseObject({
    type: z.literal('CONNECTION_STATUS'),
    connectionStatus: z.looseObject({
      status: z.enum(['SUCCEEDED', 'FAILED']),
      message: z.string().optional(),
    }),
  }),
  z.looseObject({ type: z.literal('CATALOG'), catalog: z.looseObject({ streams: z.array(stream) }) }),
  z.looseObject({
    type: z.literal('CONTROL'),
    control: z.looseObject({
      type: z.literal('CONNECTOR_CONFIG'),
      emitted_at: z.number(),
      connectorConfig: z.looseObject({ config: object }),
    }),
  }),
]);

export type ProtocolMessage = z.output<typeof message>;

/** The messages on a source's stdout. Throws when a line is no message of the protocol. */
export function parseMessages(stdout: string): ProtocolMessage[] {
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line, index) => {
      const result = message.safeParse(JSON.parse(line));
      if (!result.success)
        throw new Error(`Line ${index + 1} is no protocol message: ${result.error.message}\n${line}`);
      return result.data;
    });
}
