import { compileGet, compileValues } from '../../../../engine/util/path/dpath.ts';

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
