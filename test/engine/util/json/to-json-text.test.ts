import { toJsonText } from '../../../../engine/util/json/to-json-text.ts';

describe('toJsonText', () => {
  it.each([
    [{ a: [1, null, 'x'] }, '{"a":[1,null,"x"]}'],
    [{ id: 12345678901234567890n, at: { b: 1 } }, '{"id":12345678901234567890,"at":{"b":1}}'],
  ])('writes %p', (value, text) => {
    expect(toJsonText(value)).toBe(text);
  });
});
