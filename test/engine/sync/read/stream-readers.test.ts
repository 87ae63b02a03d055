import { nodeFromValue } from '../../../../engine/manifest/node.ts';
import { streamReaders } from '../../../../engine/sync/read/stream-readers.ts';
import type { JsonObject } from '../../../../engine/util/json/json.ts';

const stream = (name: string, ...parents: JsonObject[]): JsonObject => ({
  name,
  retriever: {
    // As deep as a hook may put it.
    retriever: {
      partition_router: [{ parent_stream_configs: parents.map((parent) => ({ stream: parent })) }],
    },
  },
});
const readersIn = (...streams: JsonObject[]) =>
  Object.fromEntries(streamReaders(streams.map((each) => nodeFromValue(each, { name: '<test>' }))));

describe('streamReaders', () => {
  const accounts = stream('accounts');
  const users = stream('users', accounts);

  it('counts a stream once that is read for itself only', () => {
    expect(readersIn(accounts)).toEqual({ accounts: 1 });
  });

  it('counts the children of a stream, and those of its children', () => {
    expect(readersIn(accounts, users, stream('posts', users), stream('likes', users, accounts))).toEqual({
      accounts: 5,
      users: 3,
      posts: 1,
      likes: 1,
    });
  });
});
