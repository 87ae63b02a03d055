import { parseJson } from '../../../../engine/util/json/parse-json.ts';

describe('parseJson', () => {
  it('keeps integers beyond 2^53 exact, wherever they stand', () => {
    expect(parseJson('{"id":12345678901234567890,"list":[ -9007199254740993 ]}')).toEqual({
      id: 12345678901234567890n,
      list: [-9007199254740993n],
    });
    expect(parseJson('9007199254740993')).toBe(9007199254740993n);
  });

  it('leaves numbers that fit as numbers', () => {
    expect(parseJson('[9007199254740991, 1234567890123456, 1.2345678901234567, 1e20]')).toEqual([
      9007199254740991, 1234567890123456, 1.2345678901234567, 1e20,
    ]);
  });

  it('is not misled by digits in text', () => {
    expect(parseJson('{"a":"12345678901234567890","b":": 12345678901234567890"}')).toEqual({
      a: '12345678901234567890',
      b: ': 12345678901234567890',
    });
  });

  it("reads Python's NaN and Infinity as null", () => {
    expect(parseJson('{"a": NaN, "b": -Infinity, "c": "NaN \\" Infinity"}')).toEqual({
      a: null,
      b: null,
      c: 'NaN " Infinity',
    });
    expect(parseJson('{"a": NaN, "b": 12345678901234567890}')).toEqual({ a: null, b: 12345678901234567890n });
  });

  it('takes the last of repeated keys', () => {
    expect(parseJson('{"a": 1, "a": 12345678901234567890}')).toEqual({ a: 12345678901234567890n });
  });

  it('fails for anything else', () => {
    expect(() => parseJson('')).toThrow(SyntaxError);
    expect(() => parseJson('{"a": 12345678901234567890')).toThrow(SyntaxError);
    expect(() => parseJson('NaNs')).toThrow(SyntaxError);
  });
});
