import { partitionKey, sortedPartition } from '../../../../engine/sync/cursor/partition-key.ts';
import { PyFloat } from '../../../../engine/template/python-values.ts';

describe('the key of a partition', () => {
  it('is the same whatever the order of its names, at every depth', () => {
    expect(partitionKey({ b: { d: 1, c: [{ f: 1, e: 2 }] }, a: 2 })).toBe(
      '{"a":2,"b":{"c":[{"e":2,"f":1}],"d":1}}',
    );
    expect(partitionKey({ a: 2, b: { c: [{ e: 2, f: 1 }], d: 1 } })).toBe(
      '{"a":2,"b":{"c":[{"e":2,"f":1}],"d":1}}',
    );
  });

  it('tells texts, numbers, integers of any size and nothing apart', () => {
    const keys = [
      { id: '1' },
      { id: 1 },
      { id: null },
      { id: 9_007_199_254_740_993n },
      { id: 1.5 },
      {},
      { id: [] },
    ];
    expect(keys.map(partitionKey)).toEqual([
      '{"id":"1"}',
      '{"id":1}',
      '{"id":null}',
      '{"id":9007199254740993}',
      '{"id":1.5}',
      '{}',
      '{"id":[]}',
    ]);
    expect(partitionKey({ id: new PyFloat(1) })).toBe(`{"id":${JSON.stringify(new PyFloat(1))}}`);
    expect(partitionKey({ id: undefined })).toBe('{"id":null}');
    expect(partitionKey(Object.assign(Object.create(null), { b: 1, a: 2 }))).toBe('{"a":2,"b":1}');
  });
});

test('a partition is written into states with its names in order', () => {
  const sorted = sortedPartition({ b: [{ d: 1, c: 2 }], a: null, e: new PyFloat(1) });
  expect(JSON.stringify(sorted)).toBe(`{"a":null,"b":[{"c":2,"d":1}],"e":${JSON.stringify(new PyFloat(1))}}`);
});
