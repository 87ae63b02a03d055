import { createDifferenceTable, readDifferenceTable } from '../../../manifests/intercom/difference-table.ts';
import { pack, unpack, wordsOf } from '../../../manifests/intercom/packed-ids.ts';

const idOf = (number: number): string => (0x6762_0000_0000 + number * 7919).toString(16).padStart(24, '6');
const keyOf = (id: string): Int32Array => pack([id]) ?? new Int32Array(0);
const range = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => idOf(from + index));
const texts = (keys: readonly Int32Array[] = []) => keys.map((key) => unpack(key)[0]).sort();

function tableOf(capacity: number, ids: readonly string[]) {
  const table = createDifferenceTable({ capacity, keyWords: wordsOf(1) });
  for (const id of ids) table.add(keyOf(id));
  return table;
}

describe('the difference of two tables', () => {
  it.each([1, 10, 100, 1000])('is read when it is as large as the capacity of %i', (capacity) => {
    for (let round = 0; round < 8; round++) {
      const start = round * 100_000;
      const before = tableOf(capacity, range(start, start + 2000));
      const after = tableOf(capacity, range(start + capacity, start + 2000));
      const difference = after.difference(before);
      expect(texts(difference?.removed)).toEqual(range(start, start + capacity).sort());
      expect(difference?.added).toEqual([]);
    }
  });

  it('tells what came from what went', () => {
    const difference = tableOf(50, range(10, 130)).difference(tableOf(50, range(0, 120)));
    expect([texts(difference?.added), texts(difference?.removed)]).toEqual([
      range(120, 130).sort(),
      range(0, 10).sort(),
    ]);
  });

  it('is empty for equal sets, in whatever order they were added', () => {
    const ids = range(0, 3000);
    const difference = tableOf(5, ids).difference(tableOf(5, [...ids].reverse()));
    expect(difference).toEqual({ added: [], removed: [] });
  });

  it('is not read when it is much larger than the capacity', () => {
    expect(tableOf(100, range(0, 1000)).difference(tableOf(100, []))).toBeUndefined();
  });

  it('is the same after the table was written and read', () => {
    const before = tableOf(20, range(0, 500));
    const shape = { capacity: 20, keyWords: wordsOf(1) };
    const read = readDifferenceTable(shape, before.text(), before.size);
    expect(read?.size).toBe(500);
    expect(read && texts(tableOf(20, range(5, 500)).difference(read)?.removed)).toEqual(range(0, 5).sort());
    expect(readDifferenceTable({ ...shape, capacity: 900 }, before.text(), 500)).toBeUndefined();
    expect(readDifferenceTable(shape, undefined, 500)).toBeUndefined();
  });
});

describe('packed ids', () => {
  it.each([
    [['5']],
    [['215460000001']],
    [['0012']],
    [['6762000000001bb69f9f0000']],
    [['67621bb69f9f0000000000aa', '12']],
  ])('%j are the same when they are read', (ids) => {
    expect(unpack(pack(ids) ?? new Int32Array(0))).toEqual(ids);
  });

  it.each(['ABC', 'x1', 'f'.repeat(25), '1-2'])('%s is none of Intercom', (id) => {
    expect(pack([id])).toBeUndefined();
  });
});
