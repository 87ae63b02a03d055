import type { JsonObject } from '../../../../engine/util/json/json.ts';
import { compileDelete, deleteLeaves } from '../../../../engine/util/path/dpath-delete.ts';

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
