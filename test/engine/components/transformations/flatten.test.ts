import { DpathFlattenFields } from '../../../../engine/components/transformations/dpath-flatten-fields.ts';
import { FlattenFields } from '../../../../engine/components/transformations/flatten-fields.ts';
import type { JsonObject } from '../../../../engine/util/json/json.ts';
import { makeComponent, testScope } from '../../../kit/scope.ts';

describe('FlattenFields', () => {
  function flatten(record: JsonObject, fields: JsonObject = {}): JsonObject {
    makeComponent(FlattenFields, { type: 'FlattenFields', ...fields }).transform(record, {});
    return record;
  }

  it('brings nested values up under their own names', () => {
    expect(flatten({ a: 1, b: { c: 2, d: { e: null } }, f: {} })).toEqual({ a: 1, c: 2, e: null });
  });

  it('puts the path in front of a name that is taken', () => {
    expect(flatten({ b: { id: 2 }, id: 1 })).toEqual({ id: 1, 'b.id': 2 });
  });

  it('numbers the items of lists, and names in full what follows a list', () => {
    expect(flatten({ a: { x: 1 }, l: ['p', { q: 2 }] })).toEqual({ 'l.0': 'p', 'l.1.q': 2, 'a.x': 1 });
  });

  it('leaves lists alone when told so', () => {
    expect(flatten({ a: { l: [{ q: 2 }] } }, { flatten_lists: false })).toEqual({ l: [{ q: 2 }] });
  });
});

describe('DpathFlattenFields', () => {
  function flatten(record: JsonObject, fields: JsonObject): JsonObject {
    const scope = testScope({ config: { field: 'inner' } });
    makeComponent(DpathFlattenFields, { type: 'DpathFlattenFields', ...fields }, scope).transform(record, {});
    return record;
  }

  it('brings the fields of one object up', () => {
    const record = { a: 1, inner: { b: 2 } };
    expect(flatten({ ...record }, { field_path: ["{{ config['field'] }}"] })).toEqual({
      a: 1,
      inner: { b: 2 },
      b: 2,
    });
    expect(flatten({ ...record }, { field_path: ['inner'], delete_origin_value: true })).toEqual({
      a: 1,
      b: 2,
    });
    expect(flatten({ ...record }, { field_path: ['inner'], replace_record: true })).toEqual({ b: 2 });
  });

  it('takes the first match of a star', () => {
    expect(flatten({ l: [{ x: { b: 2 } }, { x: { b: 3 } }] }, { field_path: ['l', '*', 'x'] })).toMatchObject(
      { b: 2 },
    );
  });

  it('changes nothing when a name is taken, or nothing is there', () => {
    const record = { a: 1, inner: { a: 2, b: 3 }, list: [1] };
    for (const field_path of [['inner'], ['list'], ['none'], ['*', 'none']]) {
      expect(flatten({ ...record }, { field_path, delete_origin_value: true })).toEqual(record);
    }
  });

  it('puts texts before and after the names', () => {
    const key_transformation = { type: 'KeyTransformation', prefix: 'p_', suffix: '_s' };
    expect(flatten({ a: 1, inner: { a: 2 } }, { field_path: ['inner'], key_transformation })).toEqual({
      a: 1,
      inner: { a: 2 },
      p_a_s: 2,
    });
  });
});
