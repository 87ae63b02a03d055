import { createPythonTextDecoder } from '../../../../engine/util/python/python-text-decoder.ts';

function decode(encoding: string, ...chunks: number[][]): string {
  const decoder = createPythonTextDecoder(encoding);
  return chunks.map((chunk) => decoder.decode(Uint8Array.from(chunk))).join('') + decoder.end();
}

describe('createPythonTextDecoder', () => {
  it('joins a character that is split between chunks', () => {
    expect(decode('utf-8', [0x61, 0xc3], [0xa9])).toBe('aé');
    expect(decode('UTF_8', [0xe2, 0x82], [0xac])).toBe('€');
  });

  it('keeps the byte order mark, unless the encoding is utf-8-sig', () => {
    expect(decode('utf-8', [0xef, 0xbb, 0xbf, 0x61])).toBe('\ufeffa');
    expect(decode('utf-8-sig', [0xef, 0xbb, 0xbf, 0x61])).toBe('a');
  });

  it('tells ISO 8859-1 from Windows-1252', () => {
    expect(decode('iso-8859-1', [0x80, 0xe9])).toBe('\x80é');
    expect(decode('cp1252', [0x80, 0xe9])).toBe('€é');
  });

  it('reads UTF-16 by its mark', () => {
    expect(decode('utf-16', [0xff], [0xfe, 0x61, 0x00])).toBe('a');
    expect(decode('utf-16', [0xfe, 0xff, 0x00, 0x61])).toBe('a');
  });

  it('reads encodings by the names that Python has for them', () => {
    expect(decode('iso2022_jp', [0x1b, 0x24, 0x42, 0x46], [0x7c, 0x4b, 0x5c, 0x1b, 0x28, 0x42])).toBe('日本');
    expect(decode('cp866', [0xa4])).toBe('д');
    expect(decode('mac_cyrillic', [0xe4])).toBe('д');
  });

  it('is strict', () => {
    expect(() => decode('utf-8', [0xff])).toThrow('not valid');
    expect(() => decode('utf-8', [0xc3])).toThrow('not valid');
    expect(() => decode('ascii', [0xe9])).toThrow('not ASCII');
    expect(() => createPythonTextDecoder('no-such')).toThrow('no-such');
  });
});
