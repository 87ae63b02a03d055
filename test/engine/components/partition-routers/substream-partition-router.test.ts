import type { HttpResponse } from '../../../../engine/contract/http-response.ts';
import { emptyParts } from '../../../../engine/contract/request-parts.ts';
import { readState } from '../../../../engine/sync/state/codec.ts';
import { collect } from '../../../kit/cursors.ts';
import { testSubstream } from './parents.ts';

const threeParents = { stream: { slices: [[[{ id: 1 }, { id: 2 }], [{ id: 3 }]]] } };
const incremental = {
  incremental_dependency: true,
  stream: {
    name: 'companies',
    incremental: true,
    slices: [
      [
        [
          { id: 1, at: '2024-01-05' },
          { id: 2, at: '2024-01-08' },
        ],
      ],
      [],
      [[{ id: 3, at: '2024-01-25' }]],
    ],
  },
};

describe('partitions from parents', () => {
  it('are one for each record', async () => {
    const { router } = testSubstream(threeParents);
    expect(await collect(router.partitions(undefined))).toEqual(
      [1, 2, 3].map((id) => ({
        partition: { parent_id: id, parent_slice: {} },
        cursor: {},
        extraFields: {},
      })),
    );
  });

  it('leave out records without the key', async () => {
    const { router } = testSubstream({ stream: { slices: [[[{ id: null }, { name: 'x' }, { id: 0 }]]] } });
    const slices = await collect(router.partitions(undefined));
    expect(slices.map(({ partition }) => partition.parent_id)).toEqual([0]);
  });

  it('take a key from inside the record, and more of it as extra fields', async () => {
    const record = { owner: { ids: ['a', 'b'] }, plan: { name: 'free' } };
    const { router } = testSubstream({
      parent_key: 'owner/ids/1',
      extra_fields: [
        ['plan', 'name'],
        ['plan', 'price'],
      ],
      stream: { slices: [[[record]]] },
    });
    expect(await collect(router.partitions(undefined))).toEqual([
      {
        partition: { parent_id: 'b', parent_slice: {} },
        cursor: {},
        extraFields: { 'plan.name': 'free', 'plan.price': null },
      },
    ]);
  });

  it('come from several parents, one after the other', async () => {
    const { router } = testSubstream(
      { ...threeParents, partition_field: 'company' },
      { ...threeParents, partition_field: 'contact' },
    );
    const slices = await collect(router.partitions(undefined));
    expect(slices.map(({ partition }) => Object.keys(partition)[0])).toEqual([
      ...Array(3).fill('company'),
      ...Array(3).fill('contact'),
    ]);
  });

  it('are read page by page, as they are needed', async () => {
    const { router, log } = testSubstream(threeParents);
    for await (const _ of router.partitions(undefined)) break;
    expect(log.pages).toEqual(['1.1']);
  });

  it('tell the parent what it is read for', () => {
    expect(testSubstream(threeParents).log.children).toEqual(['children']);
  });

  it('are taken one by one from a parent that is only looked at', async () => {
    const { router, log } = testSubstream(threeParents);
    await collect(router.partitions(undefined, { isPreview: true }));
    await collect(router.partitions(undefined));
    expect(log.previews).toEqual([true, undefined]);
  });

  it('can hold the first records of the child', async () => {
    const { router } = testSubstream({
      lazy_read_pointer: ['items'],
      stream: { slices: [[[{ id: 1, items: { data: [{ id: 'x' }] } }, { id: 2 }]]] },
    });
    const slices = await collect(router.partitions(undefined));
    const bodies = slices.map(({ extraFields }) => (extraFields.child_response as HttpResponse).json());
    expect(await Promise.all(bodies)).toEqual([{ data: [{ id: 'x' }] }, []]);
  });

  it('cannot point to those with a wildcard, nor have no parent', () => {
    expect(() => testSubstream({ ...threeParents, lazy_read_pointer: ['*'] })).toThrow('lazy_read_pointer');
    expect(() => testSubstream()).toThrow('at least one parent');
  });

  it('put nothing into requests by themselves', () => {
    const parts = emptyParts();
    const slice = { partition: { parent_id: 5 }, cursor: {}, extraFields: {} };
    testSubstream(threeParents).router.addTo(parts, { slice });
    expect(parts).toEqual(emptyParts());
  });
});

describe("the parents' states", () => {
  it('are empty when no parent is incremental', async () => {
    const { router } = testSubstream(threeParents);
    await collect(router.partitions(undefined));
    expect(router.parentState()).toEqual({});
  });

  it('cover a slice of the parent from its last record on', async () => {
    const { router } = testSubstream(incremental);
    const seen: unknown[] = [];
    for await (const { partition } of router.partitions(undefined)) {
      seen.push([partition.parent_id, router.parentState()]);
    }
    expect(seen).toEqual([
      [1, { companies: { at: '2024-01-01' } }],
      [2, { companies: { at: '2024-01-08' } }],
      [3, { companies: { at: '2024-01-25' } }],
    ]);
  });

  describe('inside of a long slice', () => {
    const days = (...at: number[]) => at.map((day) => ({ id: day, at: `2024-01-0${day}` }));
    async function statesWith(pages: unknown[][]): Promise<unknown[]> {
      const { router } = testSubstream({
        ...incremental,
        stream: { ...incremental.stream, slices: [pages] },
      });
      const seen: unknown[] = [];
      for await (const { partition } of router.partitions(undefined)) {
        const { companies } = router.parentState() as { companies: { at: string } };
        seen.push([partition.parent_id, Number(companies.at.slice(-2))]);
      }
      return seen;
    }

    it('cover a page of records in order once the next page has gone on in order', async () => {
      expect(await statesWith([days(1, 2, 3), days(4, 5), days(6, 7), days(8)])).toEqual([
        ...[1, 2].map((id) => [id, 1]),
        ...[3, 4].map((id) => [id, 2]),
        ...[5, 6].map((id) => [id, 4]),
        [7, 6],
        [8, 8],
      ]);
    });

    it('cover nothing but whole slices when the records are in no order', async () => {
      expect(await statesWith([days(1, 5), days(2, 3), days(4, 6)])).toEqual([
        ...[1, 5, 2, 3, 4].map((id) => [id, 1]),
        [6, 6],
      ]);
    });
  });

  it('are the same object as long as nothing changed, and what was handed out stays', async () => {
    const { router } = testSubstream(incremental);
    const partitions = router.partitions(undefined)[Symbol.asyncIterator]();
    await partitions.next();
    const first = router.parentState();
    expect(router.parentState()).toBe(first);
    await partitions.next();
    expect(router.parentState()).not.toBe(first);
    expect(first).toEqual({ companies: { at: '2024-01-01' } });
  });

  it.each<[string, Record<string, unknown> | undefined, unknown]>([
    [
      'is where it was left',
      { parent_state: { companies: { at: '2024-01-09' } }, state: { at: '2024-01-01' } },
      { at: '2024-01-09' },
    ],
    [
      'is the position of the child for parents that are new',
      { parent_state: {}, state: { at: '2024-01-09' } },
      { at: '2024-01-09' },
    ],
    ['is the one value of an old state', { changed: '2024-01-09' }, { at: '2024-01-09' }],
    ['is nothing after a full refresh', { __ab_no_cursor_state_message: true }, undefined],
    ['is nothing for positions of partitions only', { states: [] }, undefined],
    ['is nothing at first', undefined, undefined],
  ])('the start %s', async (_, state, expected) => {
    const { router, log } = testSubstream(incremental);
    await collect(router.partitions(readState(state)));
    expect(log.states).toEqual([expected]);
  });

  it('are not looked at for parents that are read as a whole', async () => {
    const { router, log } = testSubstream({ ...incremental, incremental_dependency: false });
    await collect(router.partitions(readState({ parent_state: { companies: { at: '2024-01-09' } } })));
    expect(log.states).toEqual([undefined]);
  });
});
