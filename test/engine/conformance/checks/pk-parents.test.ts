import { pkParents } from '../../../../engine/conformance/checks/pk-parents.ts';
import { harness } from '../harness.ts';

const { expectPass, expectNothing, expectViolations } = harness(pkParents);

const child = (name: string, key: string, adds = true) => `  - type: DeclarativeStream
    name: ${name}
    primary_key: ${key}
    retriever:
      type: SimpleRetriever
      requester: { type: HttpRequester, url: "https://api.test/boards/{{ stream_partition.board_id }}/${name}" }
      record_selector: { extractor: { type: DpathExtractor, field_path: [data] } }
      partition_router:
        type: SubstreamPartitionRouter
        parent_stream_configs:
          - { type: ParentStreamConfig, parent_key: id, partition_field: board_id, stream: { $ref: "#/streams/0" } }
${adds ? `    transformations: [{ type: AddFields, fields: [{ path: [board_id], value: "{{ stream_partition.board_id }}" }] }]\n` : ''}    schema_loader: { type: InlineSchemaLoader, schema: { type: object, properties: {} } }
`;
const boards = (...children: readonly string[]) => `version: 6.0.0
type: DeclarativeSource
check: { type: CheckStream, stream_names: [boards] }
streams:
  - type: DeclarativeStream
    name: boards
    primary_key: id
    retriever:
      type: SimpleRetriever
      requester: { type: HttpRequester, url: "https://api.test/boards" }
      record_selector: { extractor: { type: DpathExtractor, field_path: [data] } }
    schema_loader: { type: InlineSchemaLoader, schema: { type: object, properties: {} } }
${children.join('')}`;

describe('pk-parents', () => {
  it('passes where all children have their parent in the key, none has, or some have', async () => {
    const both = '[board_id, id]';
    await expectPass(boards(child('tags', both), child('users', both), child('items', both)));
    await expectPass(boards(child('tags', 'id'), child('users', 'id'), child('items', both)));
    await expectPass(boards(child('tags', both), child('users', 'id')));
    // Its records do not tell of the parent.
    await expectPass(boards(child('tags', both), child('users', both), child('items', 'id', false)));
    await expectNothing(boards());
  });

  it('finds the one that leaves it out', async () => {
    const both = '[board_id, id]';
    await expectViolations(boards(child('tags', both), child('users', '[id]'), child('items', both)), [
      {
        message:
          'The primary key of stream "users" has no "board_id", and those of all 2 other streams that are read for each of "boards" have theirs: of records that two parents share, a destination keeps one.',
        at: '[id]',
        stream: 'users',
      },
    ]);
  });
});
