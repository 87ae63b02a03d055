import { nodeFromValue } from '../../../../engine/manifest/node.ts';
import { parentNames } from '../../../../engine/sync/read/parent-names.ts';
import type { JsonObject } from '../../../../engine/util/json/json.ts';

const namesIn = (router: unknown) => [
  ...parentNames([
    nodeFromValue({ name: 'child', retriever: { partition_router: router } }, { name: '<test>' }),
  ]),
];
const parent = (name: string, more: JsonObject = {}) => ({ stream: { name, ...more } });

describe('parentNames', () => {
  it.each([
    ['no router', null, []],
    ['a router without parents', { values: ['a'] }, []],
    ['several parents', { parent_stream_configs: [parent('a'), parent('b')] }, ['a', 'b']],
    ['several routers', [{ parent_stream_configs: [parent('a')] }, { values: [] }], ['a']],
    [
      'a router inside another one',
      { underlying_partition_router: { parent_stream_configs: [parent('a')] } },
      ['a'],
    ],
    ['a union of routers', { partition_routers: [{ parent_stream_configs: [parent('a')] }] }, ['a']],
  ])('finds those of %s', (_, router, names) => {
    expect(namesIn(router)).toEqual(names);
  });
});
