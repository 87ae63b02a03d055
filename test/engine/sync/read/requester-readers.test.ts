import { type MappingNode, nodeFromValue } from '../../../../engine/manifest/node.ts';
import { requesterReaders } from '../../../../engine/sync/read/requester-readers.ts';
import type { JsonObject } from '../../../../engine/util/json/json.ts';

const node = (value: unknown) => nodeFromValue(value, { name: '<test>' }) as MappingNode;
const requester = (path: string) => ({ type: 'HttpRequester', url_base: 'https://api.test', path });
const stream = (path: string, ...parents: JsonObject[]): JsonObject => ({
  // As deep as a hook may put it.
  retriever: {
    type: 'CustomRetriever',
    retriever: {
      requester: requester(path),
      partition_router: [{ parent_stream_configs: parents.map((parent) => ({ stream: parent })) }],
    },
  },
});
const readersIn = (streams: readonly JsonObject[], path: string) =>
  requesterReaders(streams.map(node))(node(requester(path)));

describe('requesterReaders', () => {
  const accounts = stream('/accounts');
  const users = stream('/users', accounts);

  it('counts a stream that is read for itself only, and each other that sends its requests', () => {
    expect(readersIn([accounts], '/accounts')).toBe(1);
    expect(readersIn([accounts, stream('/accounts')], '/accounts')).toBe(2);
  });

  it('counts the children of a stream, and those of its children', () => {
    const all = [accounts, users, stream('/posts', users), stream('/likes', users, accounts)];
    expect(['/accounts', '/users', '/posts'].map((path) => readersIn(all, path))).toEqual([5, 3, 1]);
  });

  it('does not know how often others are read', () => {
    expect(readersIn([accounts], '/elsewhere')).toBe(Number.POSITIVE_INFINITY);
  });

  it('tells paths apart that parameters make of one text', () => {
    const listed = (path: string) => ({
      type: 'HttpRequester',
      path: "{{ parameters['path'] }}",
      $parameters: { path },
    });
    const readers = requesterReaders([
      node({ retriever: { requester: listed('/a') } }),
      node({ retriever: { requester: listed('/a') } }),
      node({ retriever: { requester: listed('/b') } }),
    ]);
    expect([readers(node(listed('/a'))), readers(node(listed('/b')))]).toEqual([2, 1]);
  });
});
