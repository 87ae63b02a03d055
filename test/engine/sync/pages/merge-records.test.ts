import { mergeRecords } from '../../../../engine/sync/pages/merge-records.ts';
import type { JsonObject } from '../../../../engine/util/json/json.ts';

const byId = { key: ({ id }: JsonObject) => (id === undefined ? undefined : String(id)) };
const batch = (...records: JsonObject[]) => ({ records, extractedCount: records.length });

describe('mergeRecords', () => {
  it('joins records of one key, in the order in which keys were first seen', () => {
    const merged = mergeRecords(
      [batch({ id: 2, a: 1 }, { id: 1, a: 2 }), batch({ id: 1, b: 3 }, { id: 2, b: 4 })],
      byId,
    );
    expect(merged).toEqual({
      records: [
        { id: 2, a: 1, b: 4 },
        { id: 1, a: 2, b: 3 },
      ],
      extractedCount: 2,
    });
  });

  it('joins what is nested; the last one to name a value wins', () => {
    const merged = mergeRecords(
      [batch({ id: 1, p: { a: 1, b: 1 }, l: [1] }), batch({ id: 1, p: { b: 2 }, l: [2] })],
      byId,
    );
    expect(merged.records).toEqual([{ id: 1, p: { a: 1, b: 2 }, l: [2] }]);
  });

  it('lets records without a key stand alone', () => {
    expect(mergeRecords([batch({ a: 1 }, { id: 1 }), batch({ a: 2 })], byId).records).toEqual([
      { a: 1 },
      { a: 2 },
      { id: 1 },
    ]);
  });
});
