import { components } from '../../../../engine/components/index.ts';
import { createRegistry } from '../../../../engine/language/registry.ts';
import { type MappingNode, nodeFromValue } from '../../../../engine/manifest/node.ts';
import { parentNames } from '../../../../engine/sync/read/parent-names.ts';
import type { JsonObject } from '../../../../engine/util/json/json.ts';

const namesIn = (stream: JsonObject) => [
  ...parentNames(
    [nodeFromValue({ type: 'DeclarativeStream', ...stream }, { name: '<test>' }) as MappingNode],
    createRegistry(components),
  ),
];
const retriever = (partition_router: unknown) => ({ type: 'SimpleRetriever', partition_router });
const stream = (name: string, partition_router: unknown = null) => ({
  type: 'DeclarativeStream',
  name,
  retriever: retriever(partition_router),
});
const substream = (...parents: object[]) => ({
  type: 'SubstreamPartitionRouter',
  parent_stream_configs: parents.map((parent) => ({ type: 'ParentStreamConfig', stream: parent })),
});
const values = { type: 'ListPartitionRouter', values: ['a'] };

describe('parentNames', () => {
  it.each([
    ['no router', null, []],
    ['a router without parents', values, []],
    ['several parents', substream(stream('a'), stream('b')), ['a', 'b']],
    ['several routers', [substream(stream('a')), values], ['a']],
    [
      'a router inside another one',
      { type: 'GroupingPartitionRouter', underlying_partition_router: substream(stream('a')) },
      ['a'],
    ],
    [
      'a union of routers',
      { type: 'UnionPartitionRouter', partition_routers: [substream(stream('a'))] },
      ['a'],
    ],
    ['a parent that has one itself', substream(stream('a', substream(stream('b')))), ['a']],
  ])('finds those of %s', (_, router, names) => {
    expect(namesIn({ name: 'child', retriever: retriever(router) })).toEqual(names);
  });

  it('finds those of the streams that one delegates to', () => {
    const delegating = {
      type: 'StateDelegatingStream',
      name: 'child',
      full_refresh_stream: stream('child', substream(stream('a'))),
      incremental_stream: stream('child', substream(stream('b'))),
    };
    expect(namesIn(delegating)).toEqual(['a', 'b']);
  });
});
