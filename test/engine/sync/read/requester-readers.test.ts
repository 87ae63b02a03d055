import { components } from '../../../../engine/components/index.ts';
import type { Readers } from '../../../../engine/contract/scope.ts';
import { defineHook } from '../../../../engine/language/hook.ts';
import { createRegistry } from '../../../../engine/language/registry.ts';
import { slot } from '../../../../engine/language/slots.ts';
import { fieldOf, type MappingNode, nodeFromValue, toValue } from '../../../../engine/manifest/node.ts';
import { requesterReaders } from '../../../../engine/sync/read/requester-readers.ts';
import type { JsonObject } from '../../../../engine/util/json/json.ts';

const Wrapped = defineHook('Retriever', {
  name: 'Wrapped',
  fields: () => ({ retriever: slot('Retriever', 'SimpleRetriever') }),
  make: ({ retriever }, scope) => retriever(scope),
});
const retriever = () => slot('Retriever', 'SimpleRetriever');
const Choosing = defineHook('Retriever', {
  name: 'Choosing',
  fields: () => ({ first: retriever(), second: retriever(), rest: retriever(), extra: retriever() }),
  reading: { oneOf: ['first', 'second'], notForPartitions: ['rest'], onlyWhen: { extra: 'when' } },
  make: ({ first }, scope) => first(scope),
});
const registry = createRegistry(components, [Wrapped, Choosing]);
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
const named = (streams: readonly MappingNode[]) =>
  new Map(streams.map((stream, index) => [String(index), stream]));
type Holds = Parameters<typeof requesterReaders>[2];
const always: Holds = () => true;
const total = (readers: Readers | undefined) => readers && [...readers.values()].reduce((a, b) => a + b, 0);
const readersIn = (streams: readonly JsonObject[], path: string) =>
  total(requesterReaders(named(streams.map(node)), registry, always)(node(requester(path))));

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
    expect(readersIn([accounts], '/elsewhere')).toBeUndefined();
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
    const streams = named([reading('/a'), reading('/a'), reading('/b')]);
    const readers = requesterReaders(streams, registry, always);
    expect(['/a', '/b'].map((path) => total(readers(node(listed(path)))))).toEqual([2, 1]);
  });

  it('knows a place by any of its spellings', () => {
    const streams = named([node(stream('/accounts/')), node(stream('accounts'))]);
    const readers = requesterReaders(streams, registry, always);
    const spelt = { type: 'HttpRequester', url: "{{ parameters.base }}/{{ parameters['of'] }}" };
    const $parameters = { base: 'https://api.test', of: 'accounts' };
    expect(readers(node({ ...spelt, $parameters }))).toEqual(
      new Map([
        ['0', 1],
        ['1', 1],
      ]),
    );
    expect(readers(node({ ...spelt, $parameters: { ...$parameters, of: 'users' } }))).toBeUndefined();
    // A template that is more than a name is told apart by what it is given.
    const more = (of: string) =>
      node({ type: 'HttpRequester', path: "/{{ parameters['of'] | lower }}", $parameters: { of } });
    const read = (requester: MappingNode) =>
      node({
        type: 'DeclarativeStream',
        retriever: { type: 'SimpleRetriever', requester: toValue(requester) },
      });
    const lower = requesterReaders(named([read(more('A'))]), registry, always);
    expect([total(lower(more('A'))), lower(more('B'))]).toEqual([1, undefined]);
  });

  it('counts nobody whose answers are not kept', () => {
    const off = { ...requester('/accounts'), use_cache: false };
    const streams = named([
      node(accounts),
      node({ type: 'DeclarativeStream', retriever: { type: 'SimpleRetriever', requester: off } }),
    ]);
    expect(requesterReaders(streams, registry, always)(node(requester('/accounts')))).toEqual(
      new Map([['0', 1]]),
    );
  });

  it('counts one of the streams that another one chooses from', () => {
    const delegating = {
      type: 'StateDelegatingStream',
      full_refresh_stream: accounts,
      incremental_stream: stream('/accounts', users),
    };
    expect(['/accounts', '/users'].map((path) => readersIn([delegating], path))).toEqual([2, 1]);
  });

  it('counts what a hook says that it reads', () => {
    const read = (path: string) => ({ type: 'SimpleRetriever', requester: requester(path) });
    const choosing = {
      type: 'DeclarativeStream',
      retriever: {
        type: 'CustomRetriever',
        class_name: 'Choosing',
        first: read('/first'),
        second: read('/second'),
        rest: read('/rest'),
        extra: read('/extra'),
        when: "{{ config['extra'] }}",
      },
    };
    const all = (streams: readonly JsonObject[], holds: Holds = always) => {
      const readers = requesterReaders(named(streams.map(node)), registry, holds);
      return ['/first', '/second', '/rest', '/extra'].map((path) => total(readers(node(requester(path)))));
    };
    expect(all([choosing])).toEqual([1, 1, 1, 1]);
    expect(all([stream('/x', choosing)])).toEqual([1, 1, undefined, 1]);
    const asked: unknown[] = [];
    const never = (component: MappingNode, field: string) => {
      asked.push([fieldOf(component, field)?.kind, field]);
      return false;
    };
    expect(all([choosing], never)).toEqual([1, 1, 1, undefined]);
    expect(asked).toEqual([['scalar', 'when']]);
  });
});
