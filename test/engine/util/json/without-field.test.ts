import { withoutField } from '../../../../engine/util/json/without-field.ts';

describe('a copy without a field', () => {
  const withoutB = withoutField('b');

  it('has all others in their order, however alike the objects are', () => {
    const objects = [
      { a: 1, b: 2, c: 3 },
      { a: 4, b: 5, c: null },
      { a: 6, b: 7, c: [8] },
      { c: 9, b: 10, a: 11 },
      { b: 12 },
      { b: 13 },
      { a: 14, b: 15, c: 16, d: 17 },
      { a: 18, b: 19, c: 20 },
    ];
    const before = JSON.stringify(objects);
    expect(JSON.stringify(objects.map(withoutB))).toBe(
      '[{"a":1,"c":3},{"a":4,"c":null},{"a":6,"c":[8]},{"c":9,"a":11},{},{},{"a":14,"c":16,"d":17},{"a":18,"c":20}]',
    );
    expect(JSON.stringify(objects)).toBe(before);
  });

  it('keeps what is undefined, names that are indexes, and one that means something to JavaScript', () => {
    const make = () => JSON.parse('{"z":0,"1":1,"__proto__":2,"b":3}') as Record<string, unknown>;
    for (const made of [make(), make(), make()].map(withoutB)) {
      expect(JSON.stringify(made)).toBe('{"1":1,"z":0,"__proto__":2}');
    }
    for (const made of [1, 2, 3].map((b) => withoutB({ a: undefined, b })))
      expect(Object.keys(made)).toEqual(['a']);
  });

  it('is of the record itself where there is no such field', () => {
    expect([1, 2, 3].map((a) => withoutB({ a }))).toEqual([{ a: 1 }, { a: 2 }, { a: 3 }]);
  });
});
