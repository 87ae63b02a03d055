import type { PartitionRouter } from '../../../../engine/contract/families.ts';
import { emptyParts, type RequestParts } from '../../../../engine/contract/request-parts.ts';
import type { Slice } from '../../../../engine/contract/slice.ts';
import { cartesianProduct, combineRouters } from '../../../../engine/sync/cursor/combine-routers.ts';
import { collect, testRouter } from '../../../kit/cursors.ts';
import { testScope } from '../../../kit/scope.ts';

const colours = testRouter([{ colour: 'red' }, { colour: 'blue' }]);
const sizes = testRouter([{ size: 1 }, { size: 2 }]);
const partitionsOf = async (...routers: PartitionRouter[]) =>
  (await collect(cartesianProduct(routers).partitions(undefined))).map(({ partition }) => partition);

describe('every combination of several routers', () => {
  it('varies the last one fastest', async () => {
    expect(await partitionsOf(colours, sizes)).toEqual([
      { colour: 'red', size: 1 },
      { colour: 'red', size: 2 },
      { colour: 'blue', size: 1 },
      { colour: 'blue', size: 2 },
    ]);
    const shapes = testRouter([{ shape: 'o' }, { shape: 'x' }]);
    const all = await partitionsOf(sizes, colours, shapes);
    expect(all.map(({ size, colour, shape }) => `${size} ${colour} ${shape}`)).toEqual([
      '1 red o',
      '1 red x',
      '1 blue o',
      '1 blue x',
      '2 red o',
      '2 red x',
      '2 blue o',
      '2 blue x',
    ]);
  });

  it('is nothing where one of them has nothing', async () => {
    expect(await partitionsOf(colours, testRouter([]))).toEqual([]);
    expect(await partitionsOf(testRouter([]), colours)).toEqual([]);
    expect(await partitionsOf()).toEqual([]);
  });

  it("has the first one's value where two have the same name", async () => {
    const parents = (parent: string): PartitionRouter =>
      testRouter([], {
        async *partitions() {
          const extraFields = { from: parent, [parent]: true };
          yield { partition: { parent_slice: { parent }, [parent]: 1 }, cursor: { at: 1 }, extraFields };
        },
      });
    const [slice] = await collect(cartesianProduct([parents('a'), parents('b')]).partitions(undefined));
    expect(slice).toEqual({
      partition: { parent_slice: { parent: 'a' }, a: 1, b: 1 },
      cursor: {},
      extraFields: { from: 'a', a: true, b: true },
    });
  });

  it('asks for partitions of the first as they are needed, unless others have parents too', async () => {
    const orderOf = async (parentState: PartitionRouter['parentState']) => {
      const order: string[] = [];
      const telling = (name: string, over: Partial<PartitionRouter> = {}): PartitionRouter =>
        testRouter([], {
          async *partitions() {
            for (const id of [1, 2]) {
              order.push(`${name}${id}`);
              yield { partition: { [name]: id }, cursor: {}, extraFields: {} };
            }
          },
          ...over,
        });
      const product = cartesianProduct([telling('first'), telling('other', { parentState })]);
      for await (const _ of product.partitions(undefined)) {
        order.push('read');
        break;
      }
      return order;
    };
    expect(await orderOf(() => undefined)).toEqual(['other1', 'other2', 'first1', 'read']);
    expect(await orderOf(() => ({}))).toEqual(['first1', 'first2', 'other1', 'other2', 'read']);
  });

  it('hands the state and the options to all of them', async () => {
    const given: unknown[] = [];
    const listening = testRouter([], {
      async *partitions(state, options): AsyncGenerator<Slice> {
        given.push([state, options]);
        yield* [];
      },
    });
    const state = { kind: 'plain', json: { at: 1 }, parentStates: undefined } as const;
    await collect(cartesianProduct([listening, listening]).partitions(state, { isPreview: true }));
    expect(given).toEqual(Array(2).fill([state, { isPreview: true }]));
  });

  it('puts into requests what all of them want, the first one last', () => {
    const wanting = (parts: Partial<RequestParts>) =>
      testRouter([], { addTo: (target) => void Object.assign(target, parts) });
    const partsOf = (...all: Partial<RequestParts>[]) => {
      const parts = emptyParts();
      cartesianProduct(all.map(wanting)).addTo(parts, {});
      return parts;
    };
    expect(
      partsOf(
        { params: { a: 1 }, headers: { h: 1 }, bodyData: { d: 1 }, bodyJson: { j: { x: 1 } } },
        {
          params: { a: 2, b: 2 },
          headers: { h: 2, i: 2 },
          bodyData: { d: 2, e: 2 },
          bodyJson: { j: { y: 2 } },
        },
      ),
    ).toEqual({
      params: { a: 1, b: 2 },
      headers: { h: 1, i: 2 },
      bodyData: { d: 1, e: 2 },
      bodyJson: { j: { x: 1 } },
    });
    expect(partsOf({}, { bodyData: 'text' }).bodyData).toBe('text');
    expect(partsOf({ bodyData: { a: 1 } }, { bodyData: 'text' }).bodyData).toEqual({ a: 1 });
  });

  it('keeps no states of parents, and knows all fields', () => {
    const product = cartesianProduct([
      testRouter([], { partitionFields: ['a'], parentState: () => ({ p: 1 }), hasRequestOption: false }),
      testRouter([], { partitionFields: ['b', 'c'], hasRequestOption: true }),
      testRouter([]),
    ]);
    expect(product.parentState()).toBeUndefined();
    expect([product.partitionFields, product.hasRequestOption]).toEqual([['a', 'b', 'c'], true]);
    expect(cartesianProduct([testRouter([])]).hasRequestOption).toBe(false);
  });
});

test('a stream has the router that it names, all that it lists, or none', async () => {
  const slot = Object.assign(() => colours, { node: testScope().node });
  const scope = testScope();
  expect(combineRouters(undefined, scope)).toBeUndefined();
  expect(combineRouters([], scope)).toBeUndefined();
  expect(combineRouters(slot as never, scope)).toBe(colours);
  const both = combineRouters([slot, slot] as never, scope);
  expect(await collect(both?.partitions(undefined) ?? testRouter([]).partitions(undefined))).toHaveLength(4);
});
