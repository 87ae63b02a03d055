import { GroupingPartitionRouter } from '../../../../engine/components/partition-routers/grouping-partition-router.ts';
import { ListPartitionRouter } from '../../../../engine/components/partition-routers/list-partition-router.ts';
import { UnionPartitionRouter } from '../../../../engine/components/partition-routers/union-partition-router.ts';
import { RequestOption } from '../../../../engine/components/request-options/request-option.ts';
import type { PartitionRouter } from '../../../../engine/contract/families.ts';
import { emptyParts } from '../../../../engine/contract/request-parts.ts';
import type { Component } from '../../../../engine/language/component.ts';
import { cartesianProduct } from '../../../../engine/sync/cursor/combine-routers.ts';
import type { JsonObject } from '../../../../engine/util/json/json.ts';
import { collect, testRouter } from '../../../kit/cursors.ts';
import { makeComponent, testScope } from '../../../kit/scope.ts';

function make(
  component: Component<'PartitionRouter'>,
  definition: JsonObject,
  config: JsonObject = {},
  routers: Readonly<Record<string, PartitionRouter>> = {},
): PartitionRouter {
  const known = Object.entries(routers).map(([type, router]) => ({
    family: 'PartitionRouter' as const,
    type,
    doc: '',
    fields: () => ({}),
    make: () => router,
  }));
  const components = [ListPartitionRouter, UnionPartitionRouter, RequestOption, ...known];
  return makeComponent(component, definition, testScope({ config, components }));
}

const list = (cursor_field: string, values: unknown, more: JsonObject = {}) => ({
  type: 'ListPartitionRouter',
  cursor_field,
  values,
  ...more,
});
const partitionsOf = async (router: PartitionRouter) =>
  (await collect(router.partitions(undefined))).map(({ partition }) => partition);

describe('ListPartitionRouter', () => {
  it('has one partition for each value', async () => {
    expect(await partitionsOf(make(ListPartitionRouter, list('colour', ['red', 'blue'])))).toEqual([
      { colour: 'red' },
      { colour: 'blue' },
    ]);
  });

  it('takes the list of a template', async () => {
    const router = make(ListPartitionRouter, list("{{ config['field'] }}", "{{ config['ids'] }}"), {
      field: 'id',
      ids: [5, 'x'],
    });
    expect(await partitionsOf(router)).toEqual([{ id: 5 }, { id: 'x' }]);
  });

  it('says what is wrong when the template gives no list', async () => {
    const router = make(ListPartitionRouter, list('id', '{{ 5 }}'));
    await expect(partitionsOf(router)).rejects.toThrow('must be a list, not 5');
  });

  it('puts its value into requests, but nothing for an empty one', () => {
    const option = { type: 'RequestOption', inject_into: 'request_parameter', field_name: 'colour' };
    const router = make(ListPartitionRouter, list('c', ['red'], { request_option: option }));
    const paramsFor = (c: unknown) => {
      const parts = emptyParts();
      router.addTo(parts, { slice: { partition: { c }, cursor: {}, extraFields: {} } });
      return parts.params;
    };
    expect(paramsFor('red')).toEqual({ colour: 'red' });
    expect(paramsFor('')).toEqual({});
    expect(paramsFor(undefined)).toEqual({});
  });
});

describe('GroupingPartitionRouter', () => {
  const group = (size: number, more: JsonObject = {}) => ({
    type: 'GroupingPartitionRouter',
    group_size: size,
    underlying_partition_router: { type: 'Inner' },
    ...more,
  });
  const inner = testRouter([], {
    async *partitions() {
      for (const [id, name] of [
        [1, 'a'],
        [1, 'b'],
        [2, 'c'],
        [3, undefined],
      ] as const) {
        const extraFields: JsonObject = name === undefined ? {} : { name };
        yield { partition: { id, parent_slice: { of: name ?? null } }, cursor: {}, extraFields };
      }
    },
  });

  it('puts partitions together, each value once', async () => {
    const router = make(GroupingPartitionRouter, group(2), {}, { Inner: inner });
    expect(await collect(router.partitions(undefined))).toEqual([
      {
        partition: { id: [1, 2], parent_slice: [{ of: 'a' }, { of: 'c' }] },
        cursor: {},
        extraFields: { name: ['a', 'c'] },
      },
      { partition: { id: [3], parent_slice: [{ of: null }] }, cursor: {}, extraFields: {} },
    ]);
    expect(router.isGrouping).toBe(true);
  });

  it('keeps values that come again when it should', async () => {
    const router = make(GroupingPartitionRouter, group(3, { deduplicate: false }), {}, { Inner: inner });
    expect((await partitionsOf(router)).map(({ id }) => id)).toEqual([[1, 1, 2], [3]]);
  });

  it('has the state of the parents as of its last partition', async () => {
    let state: JsonObject = { at: 0 };
    const counting = testRouter([], {
      async *partitions() {
        for (const at of [1, 2, 3]) {
          state = { at };
          yield { partition: { id: at }, cursor: {}, extraFields: {} };
        }
      },
      parentState: () => state,
    });
    const router = make(GroupingPartitionRouter, group(2), {}, { Inner: counting });
    const seen: unknown[] = [];
    for await (const _ of router.partitions(undefined)) seen.push(router.parentState());
    expect(seen).toEqual([{ at: 2 }, { at: 3 }]);
  });

  it('refuses what cannot be grouped', async () => {
    const many = make(GroupingPartitionRouter, group(2), {}, { Inner: testRouter([{ a: 1, b: 2 }]) });
    await expect(partitionsOf(many)).rejects.toThrow('a, b');
    expect(() => make(GroupingPartitionRouter, group(0), {}, { Inner: inner })).toThrow('at least 1');
    const injecting = testRouter([], { hasRequestOption: true });
    expect(() => make(GroupingPartitionRouter, group(1), {}, { Inner: injecting })).toThrow('request_option');
  });
});

describe('UnionPartitionRouter', () => {
  const union = (...routers: JsonObject[]) => ({
    type: 'UnionPartitionRouter',
    partition_field: 'repo',
    partition_routers: routers,
  });

  it('has every value once, and what else came with it as extra fields', async () => {
    const inner = testRouter([
      { repo: 'b', parent_slice: { org: 1 } },
      { repo: 'c', parent_slice: { org: 1 } },
    ]);
    const router = make(
      UnionPartitionRouter,
      union(list('repo', ['a', 'b']), { type: 'Inner' }),
      {},
      { Inner: inner },
    );
    expect(await collect(router.partitions(undefined))).toEqual([
      { partition: { repo: 'a' }, cursor: {}, extraFields: {} },
      { partition: { repo: 'b' }, cursor: {}, extraFields: {} },
      { partition: { repo: 'c' }, cursor: {}, extraFields: { parent_slice: { org: 1 } } },
    ]);
  });

  it('joins the states of all parents', () => {
    const [first, second] = [{ x: { at: 1 } }, { y: { at: 2 } }].map((state) =>
      testRouter([], { parentState: () => state }),
    );
    const router = make(
      UnionPartitionRouter,
      union({ type: 'First' }, { type: 'Second' }),
      {},
      {
        First: first as PartitionRouter,
        Second: second as PartitionRouter,
      },
    );
    expect(router.parentState()).toEqual({ x: { at: 1 }, y: { at: 2 } });
  });

  it('refuses routers that give another value, or put it into requests', () => {
    expect(() => make(UnionPartitionRouter, union(list('repo', []), list('org', [])))).toThrow('"org"');
    const option = { request_option: { type: 'RequestOption', inject_into: 'header', field_name: 'x' } };
    expect(() => make(UnionPartitionRouter, union(list('repo', []), list('repo', [], option)))).toThrow(
      'request_option',
    );
  });
});

describe('several routers', () => {
  it('make every combination, the last varying fastest', async () => {
    const router = cartesianProduct([testRouter([{ a: 1 }, { a: 2 }]), testRouter([{ b: 1 }, { b: 2 }])]);
    expect(await partitionsOf(router)).toEqual([
      { a: 1, b: 1 },
      { a: 1, b: 2 },
      { a: 2, b: 1 },
      { a: 2, b: 2 },
    ]);
  });

  it('prefer the first where they name the same, and keep no state of parents', async () => {
    const router = cartesianProduct([
      testRouter([{ x: 1, parent_slice: 'first' }]),
      testRouter([{ parent_slice: 'second' }]),
    ]);
    expect(await partitionsOf(router)).toEqual([{ x: 1, parent_slice: 'first' }]);
    expect(router.parentState()).toBeUndefined();
  });

  it('stream the first one', async () => {
    let taken = 0;
    function* endless() {
      for (;;) yield { id: taken++ };
    }
    for await (const _ of cartesianProduct([testRouter(endless()), testRouter([{ b: 1 }])]).partitions(
      undefined,
    ))
      break;
    expect(taken).toBe(1);
  });

  it('ask the parents of one after all those of the one before it have answered', async () => {
    const asked: string[] = [];
    const withParents = (name: string, ids: readonly number[]): PartitionRouter => ({
      ...testRouter([]),
      async *partitions() {
        for (const id of ids) {
          asked.push(`${name}${id}`);
          yield { partition: { [name]: id }, cursor: {}, extraFields: {} };
        }
      },
      parentState: () => ({}),
    });
    const router = cartesianProduct([withParents('a', [1, 2]), withParents('b', [3, 4])]);
    expect(await partitionsOf(router)).toHaveLength(4);
    expect(asked).toEqual(['a1', 'a2', 'b3', 'b4']);
  });

  it('write into a request what the first one says, also where both write into one object', () => {
    const writing = (json: Record<string, unknown>): PartitionRouter => ({
      ...testRouter([]),
      addTo(parts) {
        parts.bodyJson = json;
      },
    });
    const parts = emptyParts();
    const first = writing({ variables: { a: 1 } });
    cartesianProduct([first, writing({ variables: { b: 2 }, limit: 3 })]).addTo(parts, {});
    expect(parts.bodyJson).toEqual({ variables: { a: 1 }, limit: 3 });
  });
});
