import {
  compileDelete,
  compileGet,
  compileSet,
  compileValues,
  deleteLeaves,
} from '../../../engine/util/dpath.ts';
import type { JsonObject } from '../../../engine/util/json.ts';

describe('compileGet', () => {
  it('follows keys and indices, also from the end of a list', () => {
    const body = { data: { list: ['a', 'b', 'c'] } };
    expect(compileGet(['data', 'list', '1'])(body)).toBe('b');
    expect(compileGet(['data', 'list', '-1'])(body)).toBe('c');
    expect(compileGet([])(body)).toBe(body);
  });

  it('falls back where nothing is', () => {
    expect(compileGet(['a', 'b'], 'none')({ a: null })).toBe('none');
    expect(compileGet(['a', '2'], 'none')({ a: [1] })).toBe('none');
    expect(compileGet(['a'], 'none')('text')).toBe('none');
    expect(compileGet(['a'], 'none')({ a: null })).toBeNull();
  });

  it('never finds what only the prototype has', () => {
    expect(compileGet(['constructor'], 'none')({})).toBe('none');
    expect(compileGet(['list', 'length'], 'none')({ list: [1] })).toBe('none');
  });

  it('takes a number for an index and for no key', () => {
    expect(compileGet([0], 'none')({ 0: 'key' })).toBe('none');
    expect(compileGet([0])(['item'])).toBe('item');
  });

  it('fails when a glob matches two values', () => {
    expect(() => compileGet(['a?'])({ a1: 1, a2: 2 })).toThrow('matches more than one value');
    expect(compileGet(['a?'])({ a1: 1, b2: 2 })).toBe(1);
  });
});

describe('compileValues', () => {
  it('takes every value for a star', () => {
    const body = { list: [{ id: 1 }, { id: 2 }, { name: 'x' }], other: { id: 3 } };
    expect(compileValues(['list', '*', 'id'])(body)).toEqual([1, 2]);
    expect(compileValues(['*', 'id'])(body)).toEqual([3]);
  });

  it('takes any number of segments for two stars, children before grandchildren', () => {
    expect(compileValues(['**'])({ a: { b: 1 }, c: 2 })).toEqual([{ b: 1 }, 2, 1]);
    expect(compileValues(['**', 'id'])({ id: 1, a: [{ id: 2 }] })).toEqual([1, 2]);
    expect(() => compileValues(['**', 'a', '**'])).toThrow('Only one "**"');
  });

  it('knows classes of characters', () => {
    const body = { k1: 1, k2: 2, kx: 3, 'k[': 4 };
    expect(compileValues(['k[12]'])(body)).toEqual([1, 2]);
    expect(compileValues(['k[!0-9]'])(body)).toEqual([3, 4]);
    expect(compileValues(['k['])(body)).toEqual([4]);
  });
});

describe('compileSet', () => {
  function set(record: JsonObject, path: string[], value: unknown): JsonObject {
    compileSet(path)(record, value);
    return record;
  }

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

describe('compileDelete', () => {
  function remove(record: JsonObject, path: string[]): JsonObject {
    compileDelete(path)(record);
    return record;
  }

  it('removes keys and ignores what is not there', () => {
    expect(remove({ a: 1, b: 2 }, ['a'])).toEqual({ b: 2 });
    expect(remove({ a: { b: 1, c: 2 } }, ['a', 'b'])).toEqual({ a: { c: 2 } });
    expect(remove({ a: 1 }, ['a', 'b'])).toEqual({ a: 1 });
  });

  it('shortens a list at its end and leaves null anywhere else', () => {
    expect(remove({ a: [1, 2, 3] }, ['a', '2'])).toEqual({ a: [1, 2] });
    expect(remove({ a: [1, 2, 3] }, ['a', '0'])).toEqual({ a: [null, 2, 3] });
  });

  it('removes everything a glob matches', () => {
    expect(remove({ a: { x: 1 }, b: { x: 2, y: 3 } }, ['*', 'x'])).toEqual({ a: {}, b: { y: 3 } });
    expect(remove({ a: { b: 1 } }, ['**'])).toEqual({});
  });

  it('leaves the objects on the way alone', () => {
    const inner = { b: 1, c: [1, 2] };
    remove({ a: inner }, ['a', 'b']);
    remove({ a: inner }, ['a', 'c', '*']);
    expect(inner).toEqual({ b: 1, c: [1, 2] });
  });
});

it('deletes the leaves a predicate selects, wherever they are', () => {
  const record = { a: null, b: { c: null, d: 1 }, e: [null, 2, null] };
  deleteLeaves(record, (value) => value === null);
  expect(record).toEqual({ b: { d: 1 }, e: [null, 2] });
});
