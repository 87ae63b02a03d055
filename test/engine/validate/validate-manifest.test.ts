import { findingsIn } from '../../kit/read-manifest.ts';

const head = `version: 6.0.0
type: DeclarativeSource
check: { type: CheckStream, stream_names: [items] }
`;
const heads = (manifest: string) => findingsIn(manifest).map((finding) => finding.split('\n').slice(0, 3));

describe('validateManifest', () => {
  it.each([
    ['', 'The manifest is empty.'],
    ['- 1', 'A manifest must be a mapping of fields.'],
    ['a: [1,\nb: {', 'This line is not indented like its neighbours.'],
  ])('refuses %j', (text, message) => {
    expect(findingsIn(text)[0]?.split('\n')[0]).toBe(message);
  });

  it('wants streams', () => {
    expect(heads(head)).toEqual([
      [
        'error: The manifest has no streams: it needs the field "streams" or "dynamic_streams".',
        '',
        'x.yaml:1:1',
      ],
    ]);
  });

  it.each([
    ['streams: { a: b }', '"streams" of DeclarativeSource is wrong: a list is expected.', 'x.yaml:4:10'],
    ['streams: [a]', '"streams.0" of DeclarativeSource is wrong: a mapping is expected here.', 'x.yaml:4:11'],
    ['streams: [{ name: x }]', 'DeclarativeStream needs the field "retriever".', 'x.yaml:4:11'],
  ])('looks at %s', (streams, message, place) => {
    expect(heads(`${head}${streams}`)).toContainEqual([`error: ${message}`, '', place]);
  });

  it('knows the streams that a check names', () => {
    const streams = (name: string) => `${head}streams: [{ type: DeclarativeStream, name: ${name} }]\n`;
    const message = 'error: There is no stream "items" to check. Did you mean "item"?';
    expect(heads(streams('item'))).toContainEqual([message, '', 'x.yaml:3:44']);
    expect(heads(streams('items')).flat().join()).not.toContain('to check');
    expect(
      heads(`${streams('item')}dynamic_streams: []`)
        .flat()
        .join(),
    ).not.toContain('to check');
  });

  it('finds what a check names missing where there are no streams at all', () => {
    const message = 'error: There is no stream "items" to check.';
    expect(heads(`${head}streams: []\n`)).toContainEqual([message, '', 'x.yaml:3:44']);
  });

  it('wants a name of its own for each stream', () => {
    const stream = (name: string) =>
      `  - ${name}retriever: { requester: { url: https://a.b }, record_selector: { extractor: { field_path: [] } } }\n`;
    const yaml = `${head}streams:\n${stream('name: items\n    ')}${stream('name: items\n    ')}${stream('')}`;
    expect(findingsIn(yaml)).toEqual([
      expect.stringMatching(
        /^warning: Two streams are named "items"; each needs a name of its own\.\n\nx\.yaml:7:11\n.*\n.*\n\nx\.yaml:5:11\n/,
      ),
      expect.stringMatching(
        /^warning: This stream has no "name", so no catalog can ask for it\.\n\nx\.yaml:9:5\n/,
      ),
    ]);
  });

  it('looks into streams under a condition, and at the condition', () => {
    const yaml = `${head}streams:
  - type: ConditionalStreams
    condition: "{{ config.x = }}"
    streams:
      - { name: items, retriever: { requester: { url: https://a.b }, record_selector: { extractor: {} } } }
`;
    expect(heads(yaml)).toEqual([
      [expect.stringMatching('^error: "condition" of ConditionalStreams is wrong'), '', 'x.yaml:6:29'],
      ['error: DpathExtractor needs the field "field_path".', '', 'x.yaml:8:100'],
    ]);
  });

  it('looks into the templates of dynamic streams, and at what fills them in', () => {
    const yaml = `${head}dynamic_streams:
  - stream_template:
      name: x
      retriever: { requester: { urll: a }, record_selector: { extractor: { field_path: [] } } }
    components_resolver: { type: HttpComponentsResolver, components_mapping: [] }
`;
    expect(heads(yaml)).toEqual([
      ['warning: Unknown field "urll" on HttpRequester. Did you mean "url"?', '', 'x.yaml:7:33'],
      ['error: HttpComponentsResolver needs the field "retriever".', '', 'x.yaml:8:26'],
    ]);
  });

  it('looks into the parents of a stream', () => {
    const yaml = `${head}streams:
  - name: items
    retriever:
      requester: { url: "https://api.test/{{ stream_partition.id }}" }
      record_selector: { extractor: { field_path: [] } }
      partition_router:
        type: SubstreamPartitionRouter
        parent_stream_configs:
          - parent_key: id
            partition_field: id
            stream: { name: p, retriever: { requester: { url: https://a.b, http_method: 3 }, record_selector: { extractor: { field_path: [] } } } }
`;
    expect(heads(yaml)).toEqual([
      [
        'error: "http_method" of HttpRequester is wrong: one of "GET", "POST" is expected.',
        '',
        'x.yaml:14:89',
      ],
    ]);
  });

  it('does not look for values that parameters hand down', () => {
    const yaml = `${head}streams:
  - name: items
    $parameters: { page_size: 4, flavour: sweet }
    retriever:
      requester: { url: "https://api.test/{{ parameters.flavour }}" }
      record_selector: { extractor: { field_path: [] } }
`;
    expect(findingsIn(yaml)).toEqual([]);
  });

  it('warns of a version that is newer than the engine', () => {
    expect(heads(`${head.replace('6.0.0', '99.0.0')}streams: []`)).toContainEqual([
      expect.stringMatching('^warning: The manifest is of version 99.0.0, newer than '),
      '',
      'x.yaml:1:10',
    ]);
  });

  describe('in the template of dynamic streams', () => {
    const group = (
      path: string,
    ) => `${head.replace(/check.*/, 'check: { type: CheckDynamicStream, stream_count: 1 }')}dynamic_streams:
  - type: DynamicDeclarativeStream
    stream_template:
      name: x
      retriever: { requester: { url: https://a.b, request_parameters: { from: "{{ stream_interval.start_time }}" } }, record_selector: { extractor: { field_path: [] } } }
      incremental_sync:
        { type: DatetimeBasedCursor, cursor_field: day, datetime_format: "%Y-%m-%d", start_datetime: "2026-01-01", cursor_granularity: P1D, step: later }
    components_resolver:
      type: ConfigComponentsResolver
      stream_config: { configs_pointer: [reports] }
      components_mapping: [{ field_path: ${path}, value: P2D, condition: "{{ components_values.a }}" }]
`;
    const step = expect.stringMatching(/^error: "step" of DatetimeBasedCursor is wrong/);

    it.each(['[incremental_sync, step]', '["**", step]', '[incremental_sync]', '["{{ config.a }}", step]'])(
      'what %s sets is not looked at',
      (path) => {
        expect(findingsIn(group(path))).toEqual([]);
      },
    );

    it('all else is', () => {
      expect(findingsIn(group('[incremental_sync, cursor_granularity]'))).toEqual([step]);
    });
  });
});
