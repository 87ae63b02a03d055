import type { Check } from '../../../engine/conformance/check.ts';
import { createSubject, type SubjectOptions } from '../../../engine/conformance/create-subject.ts';
import { type CheckResult, runCheck } from '../../../engine/conformance/run-checks.ts';
import type { Subject } from '../../../engine/conformance/subject.ts';
import { loadManifest } from '../../../engine/connector/load-manifest.ts';
import type { ReadStreamsOptions } from '../../../engine/connector/read-options.ts';
import type { Transport } from '../../../engine/contract/scope.ts';
import { locationOf } from '../../../engine/error/print-location.ts';
import type { Hook } from '../../../engine/language/hook.ts';
import type { SyncEvent } from '../../../engine/sync/read/sync-event.ts';
import type { JsonObject } from '../../../engine/util/json/json.ts';

interface Expected {
  readonly message: string | RegExp;
  /** The line of the manifest from the caret on, cut to the length of what a test expects. */
  readonly at?: string;
  readonly stream?: string;
  readonly severity?: 'error' | 'warning' | 'note';
}

export interface Given extends Partial<Omit<SubjectOptions, 'file' | 'manifest'>> {
  readonly hooks?: readonly Hook[];
  /** A fault of the engine: what it says of a sync comes out changed. `isResumed` when the sync began with a state. */
  readonly fault?: (events: AsyncIterable<SyncEvent>, isResumed: boolean) => AsyncIterable<SyncEvent>;
  /** A fault of the engine: what it writes to the log whenever it reads. */
  readonly said?: (config: JsonObject) => string;
  /** The level of that, INFO by default. */
  readonly saidAs?: 'ERROR';
  /** A fault of the engine: how many times it sends each request. */
  readonly sends?: number;
}

/** The vocabulary of a check's test: what passes, and what the check says of what does not. */
export function harness(check: Check) {
  async function run(
    yaml: string,
    { hooks, fault, said, saidAs, sends, ...given }: Given = {},
  ): Promise<CheckResult> {
    const manifest = loadManifest({ name: 'x.yaml', text: yaml }, hooks && { hooks });
    const subject = createSubject({ file: 'x.yaml', manifest, ...given });
    return runCheck(withFault(subject, { fault, said, saidAs, sends }), check);
  }
  return {
    run,
    /** It looked at something, and nothing is wrong. */
    async expectPass(yaml: string, given: Given = {}): Promise<void> {
      const { verdict, violations, notRun } = await run(yaml, given);
      expect({ verdict, violations: violations.map(({ message }) => message), notRun }).toEqual({
        verdict: 'passed',
        violations: [],
        notRun: [],
      });
    },
    /** There is nothing in the manifest that it concerns. */
    async expectNothing(yaml: string, given: Given = {}): Promise<void> {
      expect((await run(yaml, given)).verdict).toBe('nothing');
    },
    /** What is wrong, in order: something is. */
    async expectViolations(
      yaml: string,
      expected: readonly [Expected, ...Expected[]],
      given: Given = {},
    ): Promise<void> {
      const { violations } = await run(yaml, given);
      const found = violations.map(({ message, places: [place], offset, stream, severity }, index) => {
        const wanted = expected[index];
        const [file, line, column] = place === undefined ? [] : locationOf(place, offset).split(':');
        const text = place?.source.text ?? '';
        const at =
          file === undefined ? '' : (text.split('\n')[Number(line) - 1]?.slice(Number(column) - 1) ?? '');
        return {
          message:
            wanted?.message instanceof RegExp && wanted.message.test(message) ? wanted.message : message,
          ...(wanted?.at !== undefined && { at: at.slice(0, wanted.at.length) }),
          ...(wanted?.stream !== undefined && { stream }),
          ...(wanted?.severity !== undefined && { severity: severity ?? check.severity }),
        };
      });
      expect(found).toEqual(expected);
    },
  };
}

/** The subject with an engine that is broken in one way, for what no manifest could bring about. */
function withFault(
  subject: Subject,
  {
    fault,
    said,
    saidAs,
    sends,
  }: { readonly [name in 'fault' | 'said' | 'saidAs' | 'sends']: Given[name] | undefined },
): Subject {
  if (fault === undefined && said === undefined && sends === undefined) return subject;
  return {
    ...subject,
    configure(config, surroundings) {
      const transport = surroundings?.transport;
      const repeating: Transport | undefined = transport && {
        ...transport,
        async send(...request) {
          for (let times = 1; times < (sends ?? 1); times += 1) await transport.send(...request);
          return transport.send(...request);
        },
      };
      const connector = subject.configure(config, {
        ...surroundings,
        ...(repeating && { transport: repeating }),
      });
      async function* read(options: ReadStreamsOptions) {
        if (said !== undefined) surroundings?.log?.(saidAs ?? 'INFO', said(config));
        const events = connector.read(options);
        yield* fault?.(events, options.states !== undefined) ?? events;
      }
      return { ...connector, read };
    },
  };
}

/** A spec that asks for one secret. */
export const oneKey = `type: object
required: [api_key]
properties:
  api_key: { type: string, airbyte_secret: true }`;

/** A manifest of one stream "items" with a spec; each part is YAML that takes the place of the usual one. */
export function manifestWith(
  parts: {
    readonly spec?: string;
    readonly stream?: string;
    readonly schema?: string;
    readonly root?: string;
  } = {},
): string {
  const {
    spec = '{ type: object, properties: {} }',
    stream = '',
    schema = '{ type: object, properties: {} }',
    root = '',
  } = parts;
  return `version: 6.0.0
type: DeclarativeSource
check: { type: CheckStream, stream_names: [items] }
spec:
  type: Spec
  connection_specification:
${indented(spec, 4)}
streams:
  - type: DeclarativeStream
    name: items
    retriever:
      requester: { url: https://api.test/items }
      record_selector: { extractor: { field_path: [] } }
    schema_loader:
      type: InlineSchemaLoader
      schema:
${indented(schema, 8)}
${indented(stream, 4)}
${root}
`;
}

function indented(text: string, by: number): string {
  return text
    .split('\n')
    .map((line) => (line.trim() === '' ? '' : ' '.repeat(by) + line))
    .join('\n');
}

/** One of several streams of a manifest, which read alike but for `more` lines of its own. */
export function streamWith(name: string, more: string): string {
  const schema = 'schema_loader: { type: InlineSchemaLoader, schema: { type: object, properties: {} } }';
  const own = more.includes('schema_loader:') ? more : `${more}\n${schema}`;
  return `
  - type: DeclarativeStream
    name: ${name}
    retriever:
      type: SimpleRetriever
      requester: { type: HttpRequester, url: "https://api.test/${name}" }
      record_selector: { extractor: { type: DpathExtractor, field_path: [] } }
    ${own.replaceAll('\n', '\n    ')}`;
}

/** A stream "items" with pages, a cursor and a secret, all of whose records come out; each part takes the place of the usual one. */
export function itemsWith({
  path = '/items',
  requester = '',
  selector = '',
  paginator = 'type: NoPagination',
  incremental = '',
  stream = '',
  schema = `id: { type: integer }
updated_at: { type: string }`,
  spec = `token: { type: string, airbyte_secret: true }
start_date: { type: string, default: "2026-01-01" }`,
}: {
  readonly path?: string;
  readonly requester?: string;
  readonly selector?: string;
  readonly paginator?: string;
  readonly incremental?: string;
  readonly stream?: string;
  readonly schema?: string;
  readonly spec?: string;
} = {}): string {
  return `version: 6.0.0
type: DeclarativeSource
check: { type: CheckStream, stream_names: [items] }
streams:
  - type: DeclarativeStream
    name: items
    primary_key: id
    retriever:
      type: SimpleRetriever
      requester:
        type: HttpRequester
        url: "https://api.test${path}"
        authenticator: { type: BearerAuthenticator, api_token: "{{ config['token'] }}" }
${indented(requester, 8)}
      record_selector:
        extractor: { type: DpathExtractor, field_path: [data] }
${indented(selector, 8)}
      paginator:
${indented(paginator, 8)}
${incremental === '' ? '' : `    incremental_sync:\n${indented(incremental, 6)}`}
${indented(stream, 4)}
    schema_loader:
      type: InlineSchemaLoader
      schema:
        type: object
        properties:
${indented(schema, 10)}
spec:
  type: Spec
  connection_specification:
    type: object
    required: [token]
    properties:
${indented(spec, 6)}
`;
}

/** A cursor with windows of ten days. */
export const byDay = `type: DatetimeBasedCursor
cursor_field: updated_at
datetime_format: "%Y-%m-%d"
start_datetime: "{{ config['start_date'] }}"
step: P10D
cursor_granularity: P1D
start_time_option: { type: RequestOption, inject_into: request_parameter, field_name: from }
end_time_option: { type: RequestOption, inject_into: request_parameter, field_name: to }`;

/** The stream "items" out of files that a job makes. */
export function jobsWith({ creation = '', polling = '/jobs/{{ creation_response.id }}' } = {}): string {
  const requester = (fields: string) => `{ type: HttpRequester, url_base: https://api.test, ${fields} }`;
  return `version: 6.0.0
type: DeclarativeSource
check: { type: CheckStream, stream_names: [items] }
spec: { type: Spec, connection_specification: { type: object, properties: {} } }
streams:
  - type: DeclarativeStream
    name: items
    retriever:
      type: AsyncRetriever
      status_mapping: { running: [QUEUED], completed: [DONE], failed: [FAILED], timeout: [] }
      status_extractor: { type: DpathExtractor, field_path: [state] }
      download_target_extractor: { type: DpathExtractor, field_path: [file] }
      record_selector: { type: RecordSelector, extractor: { type: DpathExtractor, field_path: [] } }
      creation_requester: ${requester(`path: /jobs, http_method: POST, ${creation}`)}
      polling_requester: ${requester(`path: "${polling}"`)}
      download_requester: ${requester('path: "/files/{{ download_target }}"')}
    schema_loader: { type: InlineSchemaLoader, schema: { type: object, properties: { id: { type: string } } } }
`;
}
