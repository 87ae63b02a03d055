import { checkManifest } from '../../../kit/read-manifest.ts';

const stream = (name: string) => `
  - name: ${name}
    retriever:
      requester: { url: "https://api.test/${name}", error_handler: { type: DefaultErrorHandler, max_retries: 0 } }
      record_selector: { extractor: { field_path: [] } }
      paginator:
        type: DefaultPaginator
        page_token_option: { inject_into: request_parameter, field_name: page }
        pagination_strategy: { type: PageIncrement, start_from_page: 1 }`;

const manifest = (check: string) => `
version: 6.0.0
type: DeclarativeSource
check: ${check}
streams: ${['users', 'broken', 'empty'].map(stream).join('')}
  - name: children
    retriever:
      requester: { url: "https://api.test/children" }
      record_selector: { extractor: { field_path: [] } }
      partition_router: { type: ListPartitionRouter, values: "{{ config['kinds'] }}", cursor_field: kind }
dynamic_streams:
  - type: DynamicDeclarativeStream
    name: tables
    stream_template:
      name: placeholder
      retriever:
        requester: { url: "https://api.test/{{ parameters.name }}" }
        record_selector: { extractor: { field_path: [] } }
    components_resolver:
      type: ConfigComponentsResolver
      stream_config: { type: StreamConfig, configs_pointer: [tables] }
      components_mapping:
        - { type: ComponentMappingDefinition, field_path: [name], value: "{{ components_values['name'] }}" }
        - { type: ComponentMappingDefinition, field_path: [retriever, requester, url], value: "https://api.test/{{ components_values['name'] }}" }
`;
const answers = ({ url }: { readonly url: URL }) => {
  if (url.pathname === '/broken') return { status: 401, body: { error: 'Who are you?' } };
  return { body: url.pathname === '/empty' ? [] : [{ id: 1 }] };
};
const config = { kinds: [], tables: [{ name: 'one' }, { name: 'two' }, { name: 'three' }] };
const check = (yaml: string, more = {}) =>
  checkManifest(manifest(yaml), answers, { config: { ...config, ...more } });

describe('CheckStream', () => {
  it('asks for one page of each stream it names', async () => {
    expect(await check('{ type: CheckStream, stream_names: [users, empty] }')).toEqual({
      succeeded: true,
      asked: ['/users', '/empty'],
    });
  });

  it('ends at the first stream that cannot be read, and says what the API said', async () => {
    const { succeeded, message, asked } = await check('{ type: CheckStream, stream_names: [broken, users] }');
    expect(succeeded).toBe(false);
    expect(message).toMatch(/Who are you\?/);
    expect(asked).toEqual(['/broken']);
  });

  it('fails for a stream without slices', async () => {
    expect(await check('{ type: CheckStream, stream_names: [children] }')).toMatchObject({
      succeeded: false,
      message: expect.stringMatching(/^Stream "children" is not available: it has no slices to read/),
    });
  });

  it('fails for a stream that is not there, with the nearest name and the place', async () => {
    await expect(check('{ type: CheckStream, stream_names: [user] }')).rejects.toMatchObject({
      kind: 'system_error',
      message: 'There is no stream "user". Did you mean "users"?',
      nodes: [expect.objectContaining({ start: expect.any(Number) })],
    });
  });

  it('finds streams of dynamic streams by their names', async () => {
    expect(await check('{ type: CheckStream, stream_names: [two] }')).toEqual({
      succeeded: true,
      asked: ['/two'],
    });
  });

  it('asks as many streams of a dynamic stream as it is told', async () => {
    const some =
      '{ type: CheckStream, dynamic_streams_check_configs: [{ type: DynamicStreamCheckConfig, dynamic_stream_name: tables, stream_count: 2 }] }';
    expect(await check(some)).toMatchObject({ succeeded: true, asked: ['/one', '/two'] });
  });

  it('fails for a dynamic stream that is not there', async () => {
    const some =
      '{ type: CheckStream, dynamic_streams_check_configs: [{ type: DynamicStreamCheckConfig, dynamic_stream_name: chairs }] }';
    expect((await check(some)).message).toBe('Dynamic stream "chairs" is not in the manifest.');
  });

  it('checks the streams that the platform names instead', async () => {
    const { asked } = await check('{ type: CheckStream, stream_names: [broken] }', {
      __airbyte_check_stream_names: ['users'],
    });
    expect(asked).toEqual(['/users']);
  });

  it('checks the streams of the manifest when the platform names none', async () => {
    const { asked } = await check('{ type: CheckStream, stream_names: [users] }', {
      __airbyte_check_stream_names: [],
    });
    expect(asked).toEqual(['/users']);
  });

  it('fails when the API gives no stream to check', async () => {
    const only = manifest(
      '{ type: CheckStream, dynamic_streams_check_configs: [{ dynamic_stream_name: tables }] }',
    );
    const withoutStatic = only.replace(/\nstreams:[\s\S]*?\ndynamic_streams:/, '\ndynamic_streams:');
    const checked = (tables: unknown) => checkManifest(withoutStatic, answers, { config: { tables } });
    expect(await checked([])).toMatchObject({ succeeded: false, asked: [] });
    expect(await checked([{ name: 'one' }])).toEqual({ succeeded: true, asked: ['/one'] });
  });

  it('sees the config with its overrides, and gives it back as it was', async () => {
    const overridden = await check(
      '{ type: CheckStream, stream_names: [children], config_overrides: { kinds: [a] } }',
    );
    expect(overridden).toMatchObject({ succeeded: true, asked: ['/children'] });
  });
});

describe('CheckDynamicStream', () => {
  const manyStreams = (count: number, more = '') =>
    `{ type: CheckDynamicStream, stream_count: ${count}${more} }`;

  it('asks the first streams, whichever they are', async () => {
    expect(await check(manyStreams(1))).toEqual({ succeeded: true, asked: ['/users'] });
    expect((await check(manyStreams(2))).succeeded).toBe(false);
  });

  it('asks nothing when told only to list them', async () => {
    expect(await check(manyStreams(2, ', use_check_availability: false'))).toEqual({
      succeeded: true,
      asked: [],
    });
  });
});
