import { createCsvReader } from '../../../../engine/util/bytes/csv-reader.ts';
import { RecordTooLongError } from '../../../../engine/util/bytes/record-too-long.ts';

function read(text: string, { delimiter = ',', size = text.length || 1 } = {}): string[][] {
  const reader = createCsvReader(delimiter);
  const rows: string[][] = [];
  for (let at = 0; at < text.length; at += size) rows.push(...reader.push(text.slice(at, at + size)));
  return [...rows, ...reader.end()];
}

describe('createCsvReader', () => {
  it('reads rows with and without quotes', () => {
    expect(read('a,b\n1,"x, y"\n"say ""hi""",2')).toEqual([
      ['a', 'b'],
      ['1', 'x, y'],
      ['say "hi"', '2'],
    ]);
  });

  it('gives the same rows however the text is cut', () => {
    const text = 'a,b\r\n"1\r\n2",x\r\r\n"q""q","z"z\n\n,\n"open,\n';
    for (const size of [1, 2, 3, 7]) expect(read(text, { size })).toEqual(read(text));
  });

  it('takes every kind of line break and skips empty lines', () => {
    expect(read('a\r\nb\rc\n\n\nd')).toEqual([['a'], ['b'], ['c'], ['d']]);
  });

  it('makes line breaks inside quotes plain', () => {
    expect(read('"a\r\nb\rc"')).toEqual([['a\nb\nc']]);
  });

  it('forgives what Python forgives: quotes inside a field, text after a closing quote, a quote left open', () => {
    expect(read('1"2,x')).toEqual([['1"2', 'x']]);
    expect(read('"abc"def,x')).toEqual([['abcdef', 'x']]);
    expect(read(' "q",x')).toEqual([[' "q"', 'x']]);
    expect(read('a\n"open,1\nzz')).toEqual([['a'], ['open,1\nzz']]);
  });

  it('keeps empty fields', () => {
    expect(read(',\n"",')).toEqual([
      ['', ''],
      ['', ''],
    ]);
  });

  it('takes another delimiter', () => {
    expect(read('a\tb,c', { delimiter: '\t' })).toEqual([['a', 'b,c']]);
  });

  it('fails for a cut off text when told so', () => {
    const reader = createCsvReader(',', { mustClose: true });
    reader.push('a\n"open');
    expect(() => reader.end()).toThrow(SyntaxError);
  });

  it.each([65_533, 65_534, 65_535, 65_536, 131_071])(
    'takes two quotes for one in a long value, after %i others',
    (before) => {
      const start = 'a'.repeat(before);
      const value = `${start}"${'""'.repeat(70_000)}b"`;
      expect(read(`x\n"${value.replaceAll('"', '""')}"\n`)).toEqual([['x'], [value]]);
    },
  );

  it('refuses a row that is longer than it may be, and gives the ones before it', () => {
    const reader = createCsvReader(',', { longest: 100 });
    expect(reader.push(`a,b\n${'c'.repeat(99)}\n"`)).toHaveLength(2);
    expect(reader.push('d'.repeat(99))).toEqual([]);
    expect(() => reader.push('d')).toThrow(RecordTooLongError);
  });

  it('reads a long value in time that grows with its length', () => {
    const reader = createCsvReader();
    const piece = 'x'.repeat(100);
    const rows = reader.push('id,text\n1,"');
    // Looking through all of it for every piece would take hours.
    for (let i = 0; i < 40_000; i++) rows.push(...reader.push(piece));
    rows.push(...reader.push('"\n2,y\n'), ...reader.end());
    expect(rows.map(([id, text]) => [id, text?.length])).toEqual([
      ['id', 4],
      ['1', 4_000_000],
      ['2', 1],
    ]);
  });
});
