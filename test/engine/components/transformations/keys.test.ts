import { KeysReplace } from '../../../../engine/components/transformations/keys-replace.ts';
import { KeysToLower } from '../../../../engine/components/transformations/keys-to-lower.ts';
import {
  KeysToSnakeCase,
  toSnakeCase,
} from '../../../../engine/components/transformations/keys-to-snake-case.ts';
import type { JsonObject } from '../../../../engine/util/json/json.ts';
import { makeComponent } from '../../../kit/scope.ts';

describe('KeysToLower', () => {
  it('writes the top-level keys in lower case', () => {
    const record: JsonObject = { wIth_CapITal: 1, Inner: { Kept: 2 }, lower: 3 };
    makeComponent(KeysToLower, { type: 'KeysToLower' }).transform(record, {});
    expect(record).toEqual({ with_capital: 1, inner: { Kept: 2 }, lower: 3 });
  });
});

describe('KeysToSnakeCase', () => {
  it.each([
    ['FirstName', 'first_name'],
    ['DOCUMENTName', 'documentname'],
    ['lastName2', 'last_name_2'],
    ['2nd item', '_2_nd_item'],
    [' Key With Spaces ', '_key_with_spaces_'],
    ['a__b', 'a_b'],
    ['$ref', '_ref'],
    ['', ''],
  ])('writes %p as %p', (key, expected) => {
    expect(toSnakeCase(key)).toBe(expected);
  });

  it('writes letters of any script in ASCII', async () => {
    const record: JsonObject = { 'Ünïcode Straße': 1, Ж: 2 };
    const { prepare, transform } = makeComponent(KeysToSnakeCase, { type: 'KeysToSnakeCase' });
    await prepare?.();
    transform(record, {});
    expect(record).toEqual({ unicode_strasse: 1, zh: 2 });
  });

  it('goes into objects, not into lists', () => {
    const record: JsonObject = { OuterKey: { InnerKey: 1 }, AList: [{ InnerKey: 2 }] };
    makeComponent(KeysToSnakeCase, { type: 'KeysToSnakeCase' }).transform(record, {});
    expect(record).toEqual({ outer_key: { inner_key: 1 }, alist: [{ InnerKey: 2 }] });
  });
});

describe('KeysReplace', () => {
  function replace(record: JsonObject, old: string, to: string): JsonObject {
    makeComponent(KeysReplace, { type: 'KeysReplace', old, new: to }).transform(record, {});
    return record;
  }

  it('replaces every occurrence, also in the keys of objects', () => {
    expect(replace({ 'a b c': { 'd e': 1 }, f: [{ 'g h': 2 }] }, ' ', '_')).toEqual({
      a_b_c: { d_e: 1 },
      f: [{ 'g h': 2 }],
    });
  });

  it('takes texts from the record', () => {
    const record = { id: 11, name: '$&', field_11: -1 };
    expect(replace(record, "{{ record['id'] }}", "{{ record['name'] }}")).toEqual({
      id: 11,
      name: '$&',
      'field_$&': -1,
    });
  });
});
