import { toYaml } from '../manifest/write-yaml.ts';
import { isObject, type JsonObject, type JsonSchema } from '../util/json/json.ts';
import type { Api, Auth } from './api.ts';
import type { Guess } from './guess.ts';
import type { CursorGuess } from './guess-cursor.ts';
import type { StreamGuess } from './guesses.ts';
import { snake } from './names.ts';
import { pagingLines, placeLines } from './write-paging.ts';
import { areCommon, commonHeaders, requestOf } from './write-request.ts';
import { specOf } from './write-spec.ts';
import { indented, marked, quoted } from './yaml-lines.ts';

/** The version of the language that is written. */
const version = '6.0.0';

/** A manifest out of guesses, each marked where it stands: `# guess 0.7: why`. */
export function writeManifest(name: string, api: Api, streams: readonly StreamGuess[]): string {
  const asked = new Map(
    streams.flatMap(({ asked }) => asked.map((parameter) => [snake(parameter.name), parameter] as const)),
  );
  const common = commonHeaders(streams);
  const isShared = areCommon(streams);
  const secrets = new Map([
    ...common.secrets,
    ...streams.flatMap((stream) => [...requestOf(stream, !isShared).secrets]),
  ]);
  const lines = [
    `# ${name}: written by "manifold init" from what is known of "${api.title}". Review each guess, and remove its comment.`,
    `version: ${version}`,
    'type: DeclarativeSource',
    '',
    'check:',
    '  type: CheckStream',
    `  stream_names: [${checkedStream(streams)}]`,
    '',
    'definitions:',
    '  requester:',
    '    type: HttpRequester',
    `    url_base: ${quoted(api.baseUrl)}`,
    ...indented(authLines(api.auth), 4),
    ...indented(common.lines, 4),
    ...indented(errorLines(streams), 4),
    '',
    'streams:',
    ...streams.flatMap((stream) => [...indented(streamLines(stream, streams), 2), '']),
    'spec:',
    '  type: Spec',
    '  connection_specification:',
    ...indented(
      toYaml(specOf(api.auth, asked, secrets, streams))
        .trimEnd()
        .split('\n'),
      4,
    ),
    '',
  ];
  return lines.join('\n');
}

/** One that needs no parent. */
function checkedStream(streams: readonly StreamGuess[]): string {
  return (
    (streams.find(({ parents, asked }) => parents.length === 0 && asked.length === 0) ?? streams[0])?.name ??
    ''
  );
}

function authLines(auth: Auth | undefined): string[] {
  switch (auth?.kind) {
    case 'bearer':
      return ['authenticator:', '  type: BearerAuthenticator', `  api_token: "{{ config['api_token'] }}"`];
    case 'basic':
      return [
        'authenticator:',
        '  type: BasicHttpAuthenticator',
        `  username: "{{ config['username'] }}"`,
        `  password: "{{ config['password'] }}"`,
      ];
    case 'key':
      return [
        'authenticator:',
        '  type: ApiKeyAuthenticator',
        `  api_token: ${quoted(`${auth.prefix ?? ''}{{ config['api_key'] }}`)}`,
        '  inject_into:',
        '    type: RequestOption',
        `    inject_into: ${auth.in === 'query' ? 'request_parameter' : 'header'}`,
        `    field_name: ${quoted(auth.name)}`,
      ];
    case 'oauth':
      return [
        'authenticator:',
        '  type: OAuthAuthenticator',
        `  token_refresh_endpoint: ${quoted(auth.tokenUrl)}`,
        `  grant_type: ${auth.grant}`,
        `  client_id: "{{ config['client_id'] }}"`,
        `  client_secret: "{{ config['client_secret'] }}"`,
        ...(auth.grant === 'refresh_token' ? [`  refresh_token: "{{ config['refresh_token'] }}"`] : []),
      ];
    default:
      return ['# guess 0.4: nothing says how to log in', 'authenticator: { type: NoAuth }'];
  }
}

function errorLines(streams: readonly StreamGuess[]): string[] {
  const operations = streams.map(({ operation }) => operation);
  if (!operations.some(({ statuses }) => statuses.includes('429'))) return [];
  const header = operations
    .flatMap(({ answerHeaders }) => answerHeaders)
    .find((name) => /^(?:retry-after|x-rate-?limit-reset)$/.test(name));
  return [
    'error_handler:',
    '  type: DefaultErrorHandler',
    '  response_filters:',
    '    - { type: HttpResponseFilter, http_codes: [429], action: RATE_LIMITED }',
    '  backoff_strategies:',
    ...(header === undefined || header === 'retry-after'
      ? [
          `    - { type: WaitTimeFromHeader, header: ${quoted(header ?? 'retry-after')} }${header === undefined ? '  # guess 0.5: 429 is documented, its header is not' : ''}`,
        ]
      : [`    - { type: WaitUntilTimeFromHeader, header: ${quoted(header)} }`]),
    '    - { type: ExponentialBackoffStrategy, factor: 2 }',
  ];
}

function streamLines(stream: StreamGuess, all: readonly StreamGuess[]): string[] {
  const { name, operation, isList, recordPath, key, paging, cursor, choices } = stream;
  return [
    marked('- type: DeclarativeStream', isList),
    `  name: ${name}`,
    key === undefined
      ? '  # guess 0.5: no field looks like a key, so changes cannot be told from new records'
      : marked(`  primary_key: ${quoted(key.value)}`, key),
    '  retriever:',
    '    type: SimpleRetriever',
    '    requester:',
    '      $ref: "#/definitions/requester"',
    `      path: ${quoted(pathTemplate(stream))}`,
    `      http_method: ${operation.method}`,
    ...indented(requestOf(stream, !areCommon(all)).lines, 6),
    '    record_selector:',
    '      type: RecordSelector',
    '      extractor:',
    '        type: DpathExtractor',
    marked(`        field_path: ${JSON.stringify(recordPath.value)}`, recordPath),
    ...indented(pagingLines(paging, key?.value ?? 'id'), 4),
    ...indented(routerLines(stream, all, choices), 4),
    ...indented(cursorLines(cursor), 2),
    '  schema_loader:',
    '    type: InlineSchemaLoader',
    '    schema:',
    ...indented(toYaml(recordSchema(stream.schema)).trimEnd().split('\n'), 6),
  ];
}

function pathTemplate({ operation, parents }: StreamGuess): string {
  return operation.path.replace(/\{([^}]+)\}/g, (_, name: string) =>
    parents.some(({ parameter }) => parameter === name)
      ? `{{ stream_partition['${snake(name)}'] }}`
      : `{{ config['${snake(name)}'] }}`,
  );
}

function routerLines(
  { parents }: StreamGuess,
  all: readonly StreamGuess[],
  choices: StreamGuess['choices'],
): string[] {
  const lines: string[] = [];
  for (const { parameter, guess } of parents) {
    const parent = all.find(({ name }) => name === guess.value);
    lines.push(
      marked('- type: SubstreamPartitionRouter', guess),
      '  parent_stream_configs:',
      '    - type: ParentStreamConfig',
      `      parent_key: ${quoted(parent?.key?.value ?? 'id')}`,
      `      partition_field: ${snake(parameter)}`,
      `      stream: { $ref: "#/streams/${all.findIndex(({ name }) => name === guess.value)}" }`,
    );
  }
  for (const { parameter, values } of choices)
    lines.push(
      `- type: ListPartitionRouter  # guess 0.7: "${parameter.name}" is required, and its values are known`,
      `  values: ${JSON.stringify(values)}`,
      `  cursor_field: ${snake(parameter.name)}`,
      `  request_option: { type: RequestOption, inject_into: request_parameter, field_name: ${quoted(parameter.name)} }`,
    );
  return lines.length === 0 ? [] : ['partition_router:', ...indented(lines, 2)];
}

function cursorLines(cursor: Guess<CursorGuess> | undefined): string[] {
  if (cursor === undefined) return [];
  const { field, parameter, format } = cursor.value;
  if (parameter === undefined)
    return [
      `# guess ${cursor.confidence}: ${cursor.why}. To leave out what has not changed, after reading it:`,
      '# incremental_sync:',
      '#   type: DatetimeBasedCursor',
      `#   cursor_field: ${field}`,
      `#   datetime_format: ${quoted(format)}`,
      `#   start_datetime: "{{ config['start_date'] }}"`,
      '#   is_client_side_incremental: true',
    ];
  return [
    marked('incremental_sync:', cursor),
    '  type: DatetimeBasedCursor',
    `  cursor_field: ${quoted(field)}`,
    `  datetime_format: ${quoted(format)}`,
    ...(format === '%s'
      ? []
      : [
          '  cursor_datetime_formats: ["%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%dT%H:%M:%S.%fZ", "%Y-%m-%dT%H:%M:%S%z"]',
        ]),
    '  start_datetime:',
    '    type: MinMaxDatetime',
    `    datetime: "{{ config['start_date'] }}"`,
    '    datetime_format: "%Y-%m-%dT%H:%M:%SZ"',
    `  start_time_option: { type: RequestOption, ${placeLines(parameter).join(', ')} }`,
  ];
}

/** Every field may be missing: descriptions promise more than answers keep. */
function recordSchema(schema: JsonSchema): JsonSchema {
  const nullable = (value: unknown): unknown => {
    if (!isObject(value)) return value;
    const { type, properties, items, maximum: _, ...rest } = value;
    const types = [type].flat().filter((name) => name !== undefined && name !== 'null');
    return {
      ...(types.length > 0 && { type: [...types, 'null'] }),
      ...rest,
      ...(isObject(properties) && {
        properties: Object.fromEntries(
          Object.entries(properties).map(([name, each]) => [name, nullable(each)]),
        ),
      }),
      ...(items !== undefined && { items: nullable(items) }),
    };
  };
  const whole = nullable(schema) as JsonObject;
  const { $schema: _, ...rest } = whole;
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    ...rest,
    type: 'object',
    additionalProperties: true,
    properties: rest['properties'] ?? {},
  };
}
