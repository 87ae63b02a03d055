import { PyFloat } from '../../../../engine/template/python-values.ts';
import { cloneJson } from '../../../../engine/util/json/clone-json.ts';

describe('cloneJson', () => {
  it('copies lists and objects at any depth', () => {
    const original = { a: [{ b: 1 }], c: null };
    const copy = cloneJson(original);
    copy.a.push({ b: 2 });
    expect([original.a.length, copy.a.length]).toEqual([1, 2]);
    expect(copy.a[0]).not.toBe(original.a[0]);
  });

  it('keeps floats and other values that templates computed', () => {
    const float = new PyFloat(1);
    expect(cloneJson({ float, big: 12345678901234567890n })).toEqual({ float, big: 12345678901234567890n });
    expect(cloneJson({ float }).float).toBe(float);
  });

  it('keeps a key that JavaScript has another meaning for', () => {
    const hostile = JSON.parse('{"__proto__":{"admin":true}}');
    expect(Object.keys(cloneJson(hostile))).toEqual(['__proto__']);
  });
});
