import { parentFields } from '../../../../engine/conformance/checks/parent-fields.ts';
import { harness } from '../harness.ts';

const { expectPass, expectViolations } = harness(parentFields);

const child = (config: string, parameters = '{}') => `version: 6.0.0
type: DeclarativeSource
check: { type: CheckStream, stream_names: [projects] }
streams:
  - type: DeclarativeStream
    name: projects
    primary_key: uid
    retriever:
      requester: { url: "https://api.test/projects" }
      record_selector: { extractor: { field_path: [data] } }
    schema_loader:
      type: InlineSchemaLoader
      schema: { type: object, properties: { uid: {}, key: {}, id: {}, ownerId: {}, project: {} } }
  - type: DeclarativeStream
    name: flags
    retriever:
      requester: { url: "https://api.test/flags", request_parameters: ${parameters} }
      record_selector: { extractor: { field_path: [data] } }
      partition_router:
        type: SubstreamPartitionRouter
        parent_stream_configs:
          - { type: ParentStreamConfig, ${config}, stream: { $ref: "#/streams/0" } }
    schema_loader: { type: InlineSchemaLoader, schema: { type: object, properties: {} } }
`;

describe('parent-fields', () => {
  it.each([
    ['parent_key: key, partition_field: project_key'],
    ['parent_key: uid, partition_field: parent'],
    ['parent_key: uid, partition_field: project'],
    ['parent_key: uid, partition_field: list_key'],
  ])('passes for %s', async (config) => {
    await expectPass(child(config));
  });

  it.each([
    ['the parent and a field of it', 'partition_field: project_key, parent_key: uid', 'key'],
    ['an id of the parent', 'partition_field: project_id, parent_key: ownerId', 'id'],
    ['a field', 'partition_field: owner_id, parent_key: key', 'ownerId'],
  ])('finds a partition that has the name of %s and takes another', async (_, config, meant) => {
    const key = config.split(': ').at(-1);
    await expectViolations(child(config), [
      {
        message: new RegExp(`takes "${key}" of the parent "projects", which has a field "${meant}", too`),
        at: key ?? '',
      },
    ]);
  });

  it('finds it by the name under which it is sent', async () => {
    const config = 'partition_field: parent, parent_key: id';
    await expectViolations(child(config, '{ ownerId: "{{ stream_partition.parent }}" }'), [
      { message: /^"ownerId" takes "id"/, at: 'id' },
    ]);
    await expectPass(child(config, '{ ownerId: "{{ stream_partition.parent }}-{{ config.x }}" }'));
  });
});
