import { deflateSync, gzipSync } from 'node:zlib';
import { ResponseToFileExtractor } from '../../../../engine/components/extractors/response-to-file-extractor.ts';
import { recordsOf } from '../../../kit/decode.ts';
import { makeComponent } from '../../../kit/scope.ts';

function read(body: string | Uint8Array, fields: object = {}): Promise<unknown[]> {
  return recordsOf(makeComponent(ResponseToFileExtractor, { type: 'ResponseToFileExtractor', ...fields }), {
    body,
  });
}

describe('ResponseToFileExtractor', () => {
  it('reads rows as text, and what pandas takes for missing as null', async () => {
    const body = 'a,b\n1,NA\n"null",x\nTrue,\n#N/A, NA\n';
    expect(await read(body)).toEqual([
      { a: '1', b: null },
      { a: null, b: 'x' },
      { a: 'True', b: null },
      { a: null, b: ' NA' },
    ]);
    expect(await read('a,b\nNA,\n', { preserve_na_values: true })).toEqual([{ a: 'NA', b: null }]);
  });

  it('unpacks gzip and zlib, and is not misled by text that starts like zlib', async () => {
    const body = 'a\n1\n';
    expect(await read(gzipSync(body))).toEqual([{ a: '1' }]);
    expect(await read(deflateSync(body))).toEqual([{ a: '1' }]);
    expect(await read('H,b\n1,2\n')).toEqual([{ H: '1', b: '2' }]);
  });

  it('refuses a row that is longer than any is', async () => {
    const body = `a\n1\n"${'x'.repeat(2 ** 26)}`;
    await expect(read(body)).rejects.toThrow('(row 3 of the CSV');
  });

  it('leaves out byte order marks, null bytes and blank lines', async () => {
    expect(await read('\ufeffa,b\n\n  \n1\0,2\n')).toEqual([{ a: '1', b: '2' }]);
  });

  it('gives repeated and empty column names a name of their own', async () => {
    expect(await read('a,a,,a.1\n1,2,3,4\n')).toEqual([
      { a: '1', 'a.2': '2', 'Unnamed: 2': '3', 'a.1': '4' },
    ]);
  });

  it('drops leading values when the first row has more than there are names', async () => {
    expect(await read('a,b\n1,2,3\n4,5\n')).toEqual([
      { a: '2', b: '3' },
      { a: '5', b: null },
    ]);
    await expect(read('a,b\n1,2\n1,2,3\n')).rejects.toThrow('a row has 3 values where 2 are expected');
  });

  it('gives nothing for an empty body and fails for a cut off one', async () => {
    expect(await read('')).toEqual([]);
    expect(await read('a,b\n')).toEqual([]);
    await expect(read('a,b\n1,"x')).rejects.toThrow('ends inside quotes');
  });
});
