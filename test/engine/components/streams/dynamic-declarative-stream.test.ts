import { configure } from '../../../../engine/connector/connector.ts';
import { loadManifest } from '../../../../engine/connector/load-manifest.ts';
import type { StreamDefinition } from '../../../../engine/contract/families.ts';
import { ConnectorError } from '../../../../engine/error/connector-error.ts';
import type { JsonObject } from '../../../../engine/util/json/json.ts';
import { type Answer, fakeClock, fakeTransport } from '../../../kit/scope.ts';

const template = {
  type: 'DeclarativeStream',
  name: '',
  primary_key: [],
  $parameters: { entity: 'none' },
  schema_loader: { type: 'InlineSchemaLoader', schema: {} },
  retriever: {
    type: 'SimpleRetriever',
    requester: {
      type: 'HttpRequester',
      url: "http://api.test/{{ parameters['entity'] }}",
      http_method: 'GET',
    },
    record_selector: { type: 'RecordSelector', extractor: { type: 'DpathExtractor', field_path: [] } },
  },
};

const map = (field_path: string[], value: string, more: JsonObject = {}) => ({
  type: 'ComponentMappingDefinition',
  field_path,
  value,
  ...more,
});

const nameMapping = map(['name'], "{{ components_values['name'] }}");

function connector(
  components_resolver: JsonObject,
  { config = {}, more = {}, answer }: { config?: JsonObject; more?: JsonObject; answer?: () => Answer } = {},
) {
  const value = {
    version: '7.0.0',
    type: 'DeclarativeSource',
    check: { type: 'CheckDynamicStream', stream_count: 1 },
    dynamic_streams: [
      { type: 'DynamicDeclarativeStream', stream_template: template, components_resolver, ...more },
    ],
  };
  const transport = fakeTransport(answer ?? []);
  const made = configure(loadManifest({ name: 'x.yaml' }, { value }), config, {
    transport,
    clock: fakeClock(),
  });
  return { ...made, requests: transport.requests };
}

async function names(streams: Promise<readonly StreamDefinition[]>): Promise<string[]> {
  return (await streams).map((stream) => stream.name);
}

const ofConfig = (components_mapping: JsonObject[], stream_config: unknown = configList) => ({
  type: 'ConfigComponentsResolver',
  stream_config,
  components_mapping,
});

const configList = { type: 'StreamConfig', configs_pointer: ['entities'] };

describe('ConfigComponentsResolver', () => {
  it('makes a stream of each item in the config and of each default', async () => {
    const stream_config = { ...configList, default_values: [{ name: 'always' }] };
    const { streams } = connector(ofConfig([nameMapping], stream_config), {
      config: { entities: [{ name: 'cats' }, { name: 'dogs' }] },
    });
    expect(await names(streams())).toEqual(['cats', 'dogs', 'always']);
  });

  it('combines several lists', async () => {
    const lists = [configList, { type: 'StreamConfig', configs_pointer: ['regions'] }];
    const value = "{{ components_values['name'] }}_{{ components_values['source_config_1'][1] }}";
    const { streams } = connector(ofConfig([map(['name'], value)], lists), {
      config: { entities: [{ name: 'cats' }, { name: 'dogs' }], regions: ['eu', 'us'] },
    });
    expect(await names(streams())).toEqual(['cats_eu', 'cats_us', 'dogs_eu', 'dogs_us']);
  });

  it('sets a value only under its condition', async () => {
    const condition = "{{ components_values['name'] == 'cats' }}";
    const mappings = [nameMapping, map(['name'], 'renamed', { condition })];
    const { streams } = connector(ofConfig(mappings), {
      config: { entities: [{ name: 'cats' }, { name: 'dogs' }] },
    });
    expect(await names(streams())).toEqual(['renamed', 'dogs']);
  });

  it('hands parameters that were set down to all parts', async () => {
    const mappings = [nameMapping, map(['$parameters', 'entity'], "{{ components_values['name'] }}")];
    const { read, requests } = connector(ofConfig(mappings), {
      config: { entities: [{ name: 'cats' }] },
      answer: () => ({ body: [] }),
    });
    for await (const _event of read({ streams: [{ name: 'cats' }] }));
    expect(requests.map(({ url }) => url.pathname)).toEqual(['/cats']);
  });

  it('reads texts as YAML, and makes places that are missing only when told to', async () => {
    const schema = '{type: object, properties: {id: {type: integer}}}';
    const mappings = [
      nameMapping,
      map(['schema_loader', 'schema'], schema),
      map(['incremental_sync'], '{type: NoSuchCursor}'),
      map(['primary_key'], '[id]', { create_or_update: true }),
    ];
    const { streams } = connector(ofConfig(mappings), { config: { entities: [{ name: 'cats' }] } });
    const [stream] = await streams();
    expect(stream?.primaryKey).toEqual([['id']]);
    expect(await stream?.schema()).toEqual({ type: 'object', properties: { id: { type: 'integer' } } });
  });

  it('blames the config for two streams of one name', async () => {
    const { streams } = connector(ofConfig([nameMapping]), {
      config: { entities: [{ name: 'cats' }, { name: 'cats' }] },
    });
    const error = await streams().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ kind: 'config_error', message: expect.stringContaining('"cats"') });
    expect(error).toBeInstanceOf(ConnectorError);
  });

  it('wants a text for a name', async () => {
    const { streams } = connector(ofConfig([map(['name'], "{{ components_values['id'] }}")]), {
      config: { entities: [{ id: 7 }] },
    });
    await expect(streams()).rejects.toThrow('must be a text, not 7');
  });
});

describe('HttpComponentsResolver', () => {
  const resolver = {
    type: 'HttpComponentsResolver',
    retriever: {
      ...template.retriever,
      requester: { type: 'HttpRequester', url: 'http://api.test/tables' },
    },
    components_mapping: [nameMapping],
  };

  it('makes a stream of each record', async () => {
    const { streams } = connector(resolver, { answer: () => ({ body: [{ name: 'a' }, { name: 'b' }] }) });
    expect(await names(streams())).toEqual(['a', 'b']);
  });

  it('does not blame the config for two streams of one name', async () => {
    const { streams } = connector(resolver, { answer: () => ({ body: [{ name: 'a' }, { name: 'a' }] }) });
    await expect(streams()).rejects.toMatchObject({ kind: 'system_error' });
  });

  it('has no conditions', async () => {
    const components_mapping = [{ ...nameMapping, condition: '{{ True }}' }];
    const { streams } = connector({ ...resolver, components_mapping });
    await expect(streams()).rejects.toThrow('"condition" only works in a ConfigComponentsResolver');
  });
});

describe('ParametrizedComponentsResolver', () => {
  it('makes a stream of each set of values in the manifest', async () => {
    const { streams } = connector({
      type: 'ParametrizedComponentsResolver',
      stream_parameters: {
        type: 'StreamParametersDefinition',
        list_of_parameters_for_stream: [{ name: 'a' }, { name: 'b' }],
      },
      components_mapping: [nameMapping],
    });
    expect(await names(streams())).toEqual(['a', 'b']);
  });
});
