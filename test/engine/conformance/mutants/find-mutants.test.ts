import { findMutants } from '../../../../engine/conformance/mutants/find-mutants.ts';
import { loadManifest } from '../../../../engine/connector/load-manifest.ts';
import { toValue } from '../../../../engine/manifest/node.ts';
import { nodeAt } from '../../../../engine/manifest/node-at.ts';
import { parseManifest } from '../../../../engine/manifest/parse.ts';
import { componentTree } from '../../../../engine/validate/visit.ts';

function mutantsOf(text: string) {
  const { root, registry } = loadManifest({ name: 'x.yaml', text });
  const { node } = parseManifest({ name: 'x.yaml', text });
  if (node === undefined) throw new Error('The manifest cannot be parsed.');
  return findMutants(node, componentTree(root, 'Source', registry));
}

const manifest = (definitions: string, streams: string) => `version: 6.0.0
type: DeclarativeSource
check: { type: CheckStream, stream_names: [items] }
definitions:
${definitions}
streams:
${streams}`;

const shared = manifest(
  `  requester: { type: HttpRequester, url_base: https://api.test, path: "{{ parameters.path }}" }
  selector: { type: RecordSelector, extractor: { type: DpathExtractor, field_path: [data, rows] } }
  stream:
    type: DeclarativeStream
    primary_key: [shop, id]
    retriever:
      type: SimpleRetriever
      requester: { $ref: "#/definitions/requester" }
      record_selector: { $ref: "#/definitions/selector" }`,
  `  - { $ref: "#/definitions/stream", name: items, $parameters: { path: /items } }
  - $ref: "#/definitions/stream"
    name: others
    $parameters: { path: /others }
    transformations:
      - type: AddFields
        fields: [{ path: [total], value: "{{ record.a + 1 }}", value_type: integer }]`,
);

describe('mutants of a manifest', () => {
  it('change a shared definition once, for all streams that use it', () => {
    const listed = mutantsOf(shared).map(
      ({ path, id, streams }) => `${path} ${id}: ${[...streams].join(', ')}`,
    );
    expect(listed).toEqual([
      'definitions.requester.url_base other: items, others',
      'definitions.requester.path other: items, others',
      'definitions.selector.extractor.field_path.1 rename: items, others',
      'definitions.stream.primary_key.0 drop: items, others',
      'definitions.stream.primary_key.1 drop: items, others',
      'streams.others.transformations.0 drop: others',
      'streams.others.transformations.0.fields.0.path.0 rename: others',
      'streams.others.transformations.0.fields.0.value other: others',
      'streams.others.transformations.0.fields.0.value_type string: others',
    ]);
  });

  it('have the changed tree, and nothing else in it is different', () => {
    const renamed = mutantsOf(shared).find(({ id }) => id === 'rename');
    const tree = renamed?.tree();
    expect(renamed?.says).toBe('ends in rowsx, not rows');
    expect(tree && toValue(nodeAt(tree, ['definitions', 'selector']))).toEqual({
      type: 'RecordSelector',
      extractor: { type: 'DpathExtractor', field_path: ['data', 'rowsx'] },
    });
    expect(tree && toValue(nodeAt(tree, ['streams']))).toEqual(
      toValue(nodeAt(parseManifest({ name: 'x.yaml', text: shared }).node as never, ['streams'])),
    );
  });

  it('change what a body has, which is a component too', () => {
    const body = manifest(
      '  x: 1',
      `  - type: DeclarativeStream
    name: items
    retriever:
      type: SimpleRetriever
      requester:
        type: HttpRequester
        url: https://api.test/items
        request_body:
          type: RequestBodyJsonObject
          value: { query: { from: "{{ stream_interval.start_time }}", size: 5 }, parts: [{ of: x }] }
      record_selector: { type: RecordSelector, extractor: { type: DpathExtractor, field_path: [] } }`,
    );
    const at = 'streams.items.retriever.requester.request_body.value';
    expect(
      mutantsOf(body).flatMap(({ path, id }) =>
        path.startsWith(at) ? `${path.slice(at.length)} ${id}` : [],
      ),
    ).toEqual([
      '.query drop',
      '.query.from drop',
      '.query.from other',
      '.query.from other-end',
      '.query.size drop',
      '.query.size other',
      '.parts drop',
      '.parts.0.of drop',
      '.parts.0.of other',
    ]);
  });

  it('change what a YAML alias repeats everywhere', () => {
    const aliased = manifest(
      '  x: 1',
      `  - type: DeclarativeStream
    name: items
    retriever: &retriever
      type: SimpleRetriever
      requester: { type: HttpRequester, url_base: https://api.test, path: /items }
      record_selector: { type: RecordSelector, extractor: { type: DpathExtractor, field_path: [] } }
  - { type: DeclarativeStream, name: others, retriever: *retriever }`,
    );
    const [mutant] = mutantsOf(aliased).filter(({ path }) => path.endsWith('.path'));
    const tree = mutant?.tree();
    const paths = [0, 1].map((index) =>
      toValue(nodeAt(tree as never, ['streams', index, 'retriever', 'requester', 'path'])),
    );
    expect([...(mutant?.streams ?? [])]).toEqual(['items', 'others']);
    expect(paths).toEqual(['/itemsx', '/itemsx']);
  });

  it('exchange the ends of a window, where they are sent and where templates take them', () => {
    const windows = manifest(
      `  cursor:
    type: DatetimeBasedCursor
    cursor_field: at
    start_time_option: { type: RequestOption, inject_into: request_parameter, field_name: from }`,
      `  - type: DeclarativeStream
    name: items
    retriever:
      type: SimpleRetriever
      requester:
        type: HttpRequester
        url: https://api.test/items
        request_body_json: { range: { least: "{{ stream_interval.start_time }}" } }
      record_selector: { type: RecordSelector, extractor: { type: DpathExtractor, field_path: [] } }
    incremental_sync:
      $ref: "#/definitions/cursor"
      end_time_option: { type: RequestOption, inject_into: request_parameter, field_name: to }`,
    );
    const [swapped, template] = mutantsOf(windows).filter(({ id }) => /swap|end/.test(id));
    expect([swapped, template].map((mutant) => mutant && `${mutant.path} ${mutant.says}`)).toEqual([
      "definitions.cursor.start_time_option and end_time_option have each other's values",
      'streams.items.retriever.requester.request_body_json.range.least takes the other end of the window',
    ]);
    const at = (mutant: typeof swapped, ...path: (string | number)[]) =>
      toValue(nodeAt(mutant?.tree() as never, path));
    expect([
      at(swapped, 'definitions', 'cursor', 'start_time_option', 'field_name'),
      at(swapped, 'streams', 0, 'incremental_sync', 'end_time_option', 'field_name'),
      at(template, 'streams', 0, 'retriever', 'requester', 'request_body_json', 'range', 'least'),
    ]).toEqual(['to', 'from', '{{ stream_interval.end_time }}']);
  });

  it('take from the spec what it asks of configs, and leave properties alone that are called like it', () => {
    const text = `${shared}
spec:
  type: Spec
  connection_specification:
    type: object
    required: [day]
    properties:
      day: { type: string, pattern: "^[0-9]+$", title: Day }
      days: { type: integer, minimum: 0, maximum: 9, default: 1 }
      region: { enum: [us, eu] }
      pattern: { type: object, required: [enum], properties: { enum: { type: string } } }
`;
    const own = mutantsOf(text).filter(({ part }) => part === 'spec');
    const at = 'spec.connection_specification.';
    expect(own.map(({ path, id }) => `${path.replace(at, '')} ${id}`)).toEqual([
      'required.0 drop',
      'properties.day.pattern drop',
      'properties.day.pattern other',
      'properties.days.minimum one-more',
      'properties.days.maximum one-more',
      'properties.days.maximum one-less',
      'properties.region.enum.0 drop',
      'properties.region.enum.1 drop',
      'properties.pattern.required.0 drop',
    ]);
    expect(
      toValue(nodeAt(own[0]?.tree() as never, ['spec', 'connection_specification', 'required'])),
    ).toEqual([]);
  });

  it('change what is made of a config, for all streams', () => {
    const text = `${shared}
spec:
  type: Spec
  connection_specification: { type: object, properties: {} }
  config_normalization_rules:
    config_migrations:
      - type: ConfigMigration
        transformations:
          - { type: ConfigRemoveFields, condition: "{{ 'old' in config }}", field_pointers: [[old], [older]] }
    transformations:
      - { type: ConfigAddFields, fields: [{ path: [since], value: "{{ config['start'] }}" }] }
`;
    const own = mutantsOf(text).filter(({ path }) => path.startsWith('spec.'));
    const at = 'spec.config_normalization_rules.';
    expect(own.map(({ path, id }) => `${path.replace(at, '')} ${id}`)).toEqual([
      'config_migrations.0 drop',
      'config_migrations.0.transformations.0 drop',
      'config_migrations.0.transformations.0.condition negate',
      'config_migrations.0.transformations.0.field_pointers.0 drop',
      'config_migrations.0.transformations.0.field_pointers.1 drop',
      'transformations.0 drop',
      'transformations.0.fields.0.path.0 rename',
      'transformations.0.fields.0.value other',
    ]);
    expect([...new Set(own.flatMap(({ streams }) => [...streams]))]).toEqual(['items', 'others']);
  });

  it('take the mark of a secret from the spec, and a stream from the check', () => {
    const text = `${shared.replace('stream_names: [items]', 'stream_names: [items, others]')}
spec:
  type: Spec
  connection_specification:
    type: object
    required: [login]
    properties:
      login:
        type: object
        oneOf:
          - { title: Key, type: object, required: [key], properties: { key: { type: string, airbyte_secret: true } } }
      name: { type: string, airbyte_secret: false }
`;
    const own = mutantsOf(text).filter(({ part }) => part !== undefined);
    const login = 'spec.connection_specification.properties.login.oneOf.0';
    expect(own.map(({ path, id, part }) => `${part}: ${path} ${id}`)).toEqual([
      'check: check.stream_names.0 drop',
      'check: check.stream_names.1 drop',
      'spec: spec.connection_specification.required.0 drop',
      `spec: ${login}.required.0 drop`,
      `spec: ${login}.properties.key.airbyte_secret drop`,
    ]);
  });
});
