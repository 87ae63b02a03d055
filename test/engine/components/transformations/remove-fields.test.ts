import { RemoveFields } from '../../../../engine/components/transformations/remove-fields.ts';
import type { JsonObject } from '../../../../engine/util/json/json.ts';
import { makeComponent } from '../../../kit/scope.ts';

function remove(record: JsonObject, field_pointers: string[][], condition?: string): JsonObject {
  const fields = { type: 'RemoveFields', field_pointers, ...(condition === undefined ? {} : { condition }) };
  makeComponent(RemoveFields, fields).transform(record, {});
  return record;
}

describe('RemoveFields', () => {
  it('removes fields at any depth and ignores what is not there', () => {
    const record = { a: 1, b: { c: 2, d: 3 }, e: [{ f: 4, g: 5 }] };
    expect(remove(record, [['a'], ['b', 'c'], ['e', '0', 'f'], ['x', 'y']])).toEqual({
      b: { d: 3 },
      e: [{ g: 5 }],
    });
  });

  it('understands globs', () => {
    expect(remove({ a: { secret: 1 }, b: { secret: 2, c: 3 }, secret: 4 }, [['**', 'secret']])).toEqual({
      a: {},
      b: { c: 3 },
    });
  });

  it('leaves null in the middle of a list', () => {
    expect(
      remove({ a: [1, 2, 3] }, [
        ['a', '1'],
        ['a', '2'],
      ]),
    ).toEqual({ a: [1, null] });
  });

  it('removes every scalar its condition selects', () => {
    const record = { a: 'v', b: 'v1', c: { d: 'v1', e: 'v2' } };
    expect(remove(record, [['**']], "{{ property == 'v1' }}")).toEqual({ a: 'v', c: { e: 'v2' } });
  });

  it('takes an empty condition for none', () => {
    expect(remove({ a: 1, b: 2 }, [['a']], '')).toEqual({ b: 2 });
  });
});
