import { joinedPartitions } from '../../../../engine/validate/rules/joined-partitions.ts';
import { harness, withRetriever } from '../harness.ts';

const { expectValid, expectErrors } = harness(joinedPartitions);

const list = (name: string, more = '') =>
  `{ type: ListPartitionRouter, values: [a], cursor_field: ${name}${more} }`;
const option = ', request_option: { inject_into: request_parameter, field_name: id }';
const parent = (field: string, more = '') => `{
    type: SubstreamPartitionRouter,
    parent_stream_configs: [
      {
        parent_key: id, partition_field: ${field}${more},
        stream: { name: parents, retriever: { requester: { url: https://a.b }, record_selector: { extractor: { field_path: [] } } } },
      },
    ],
  }`;
const union = (...routers: readonly string[]) =>
  withRetriever(
    `partition_router: { type: UnionPartitionRouter, partition_field: id, partition_routers: [${routers.join(', ')}] }`,
  );
const grouping = (router: string) =>
  withRetriever(
    `partition_router: { type: GroupingPartitionRouter, group_size: 2, underlying_partition_router: ${router} }`,
  );
const refused = (type: string) =>
  `A ${type} makes other partitions of these, so a "request_option" of theirs cannot be sent. Let a template of the requester read "stream_partition" instead.`;

describe('joinedPartitions', () => {
  it('have one name', () => {
    expectValid(union(list('id'), parent('id')));
    expectValid(union(list('id'), list('"{{ config.name }}"')));
    expectErrors(union(list('id'), list('key'), parent('number')), [
      {
        message: 'The routers of a UnionPartitionRouter must all give "id", but one gives "key".',
        at: 'key }',
      },
      {
        message: 'The routers of a UnionPartitionRouter must all give "id", but one gives "number".',
        at: 'number,',
      },
    ]);
  });

  it('are put into requests by nobody but whom they become', () => {
    expectValid(grouping(list('key')));
    expectErrors(grouping(list('key', option)), [
      { message: refused('GroupingPartitionRouter'), at: '{ inject_into' },
    ]);
    expectErrors(union(list('id'), parent('id', option)), [
      { message: refused('UnionPartitionRouter'), at: '{ inject_into' },
    ]);
  });
});
