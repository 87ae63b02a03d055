import { components } from '../../../../engine/components/index.ts';
import { defineHook } from '../../../../engine/language/hook.ts';
import { createRegistry } from '../../../../engine/language/registry.ts';
import { slot } from '../../../../engine/language/slots.ts';
import { type MappingNode, nodeFromValue } from '../../../../engine/manifest/node.ts';
import { requesterReaders } from '../../../../engine/sync/read/requester-readers.ts';
import type { JsonObject } from '../../../../engine/util/json/json.ts';

const Wrapped = defineHook('Retriever', {
  name: 'Wrapped',
  fields: () => ({ retriever: slot('Retriever', 'SimpleRetriever') }),
  make: ({ retriever }, scope) => retriever(scope),
});
const registry = createRegistry(components, [Wrapped]);
const node = (value: unknown) => nodeFromValue(value, { name: '<test>' }) as MappingNode;
const requester = (path: string) => ({ type: 'HttpRequester', url_base: 'https://api.test', path });
const stream = (path: string, ...parents: JsonObject[]): JsonObject => ({
  type: 'DeclarativeStream',
  // As deep as a hook may put it.
  retriever: {
    type: 'CustomRetriever',
    class_name: 'Wrapped',
    retriever: {
      type: 'SimpleRetriever',
      requester: requester(path),
      partition_router: [
        {
          type: 'SubstreamPartitionRouter',
          parent_stream_configs: parents.map((parent) => ({ type: 'ParentStreamConfig', stream: parent })),
        },
      ],
    },
  },
});
const readersIn = (streams: readonly JsonObject[], path: string) =>
  requesterReaders(streams.map(node), registry)(node(requester(path)));

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
    const reading = (path: string) =>
      node({
        type: 'DeclarativeStream',
        retriever: { type: 'SimpleRetriever', requester: listed(path) },
      });
    const readers = requesterReaders([reading('/a'), reading('/a'), reading('/b')], registry);
    expect([readers(node(listed('/a'))), readers(node(listed('/b')))]).toEqual([2, 1]);
  });
});
