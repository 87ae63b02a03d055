import { hasBigInteger, parseJsonBytes } from '../../../../engine/util/json/parse-json-bytes.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

describe('finding integers that a double cannot hold', () => {
  it.each([
    '[9007199254740993]',
    '{"a":-9007199254740993}',
    '12345678901234567890',
    '[1,\n 9007199254740993 ]',
  ])('in %s', (text) => {
    expect(hasBigInteger(bytes(text))).toBe(true);
  });

  it.each([
    '["9007199254740993"]',
    '[9007199254740991]',
    '[0.1234567890123456789]',
    '[1e10]',
    '[1234567890123456.5]',
  ])('not in %s', (text) => {
    expect(hasBigInteger(bytes(text))).toBe(false);
  });

  it('wherever in a long text it stands', () => {
    for (let indent = 0; indent < 40; indent++) {
      expect(hasBigInteger(bytes(`{"${'k'.repeat(indent)}":9007199254740993}`))).toBe(true);
    }
  });
});

describe('parsing JSON', () => {
  it('keeps integers beyond 2^53 and leaves other numbers numbers', () => {
    expect(parseJsonBytes(bytes('{"a":9007199254740993,"b":1.5,"c":1}'))).toEqual({
      a: 9007199254740993n,
      b: 1.5,
      c: 1,
    });
  });

  it('drops a byte order mark', () => {
    expect(parseJsonBytes(bytes('\ufeff{"a":1}'))).toEqual({ a: 1 });
  });

  it('reads UTF-16', () => {
    expect(parseJsonBytes(Buffer.from('{"a":"é"}', 'utf16le'))).toEqual({ a: 'é' });
  });

  it('throws SyntaxError for what is not JSON', () => {
    expect(() => parseJsonBytes(bytes('<html>'))).toThrow(SyntaxError);
  });
});
