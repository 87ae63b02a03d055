import type { JsonObject } from '../../../../engine/util/json/json.ts';
import { compileSet } from '../../../../engine/util/path/dpath-set.ts';

describe('compileSet', () => {
  function set(record: JsonObject, path: string[], value: unknown): JsonObject {
    compileSet(path)(record, value);
    return record;
  }

  it.each(['4294967296', '100000000', '99999999999999999999'])(
    'refuses to grow a list to index %s',
    (index) => {
      expect(() => set({ a: [1] }, ['a', index], 1)).toThrow(`index ${index} is too far beyond its end`);
      expect(() => set({}, ['a', index], 1)).toThrow('the list has 0 items');
    },
  );

  it('makes the objects and lists that are missing', () => {
    expect(set({}, ['a', 'b', 'c'], 1)).toEqual({ a: { b: { c: 1 } } });
    expect(set({}, ['a', '2', 'b'], 1)).toEqual({ a: [null, null, { b: 1 }] });
    expect(set({ a: ['x'] }, ['a', '2'], 1)).toEqual({ a: ['x', null, 1] });
  });

  it('leaves the objects on the way alone, since others may hold them', () => {
    const inner = { b: 1 };
    expect(set({ a: inner }, ['a', 'c'], 2)).toEqual({ a: { b: 1, c: 2 } });
    expect(inner).toEqual({ b: 1 });
  });

  it('fails where a scalar stands in the way', () => {
    expect(() => set({ a: 'text' }, ['a', 'b'], 1)).toThrow(
      'the value at ["a"] is neither an object nor a list',
    );
    expect(() => set({ a: [1] }, ['a', 'b'], 1)).toThrow('"b" is not an index');
  });

  it('takes __proto__ for a key like any other', () => {
    const record = set({}, ['__proto__'], { polluted: true });
    expect(Object.hasOwn(record, '__proto__')).toBe(true);
    expect(record.polluted).toBeUndefined();
  });
});
