import { gzipSync } from 'node:zlib';
import { CsvDecoder } from '../../../../engine/components/decoders/csv-decoder.ts';
import { GzipDecoder } from '../../../../engine/components/decoders/gzip-decoder.ts';
import { JsonDecoder } from '../../../../engine/components/decoders/json-decoder.ts';
import { JsonItemsDecoder } from '../../../../engine/components/decoders/json-items-decoder.ts';
import { JsonlDecoder } from '../../../../engine/components/decoders/jsonl-decoder.ts';
import { ZipfileDecoder } from '../../../../engine/components/decoders/zipfile-decoder.ts';
import { documentsOf } from '../../../kit/decode.ts';
import { makeComponent, testScope } from '../../../kit/scope.ts';

const scope = testScope({
  components: [CsvDecoder, GzipDecoder, JsonDecoder, JsonItemsDecoder, JsonlDecoder],
});

describe('GzipDecoder', () => {
  const decoder = makeComponent(GzipDecoder, { type: 'GzipDecoder', decoder: { type: 'CsvDecoder' } }, scope);
  const rows = [{ id: '1' }, { id: '2' }];

  it('unpacks the body, also byte by byte and of several members', async () => {
    const body = Buffer.concat([gzipSync('id\n1\n'), gzipSync('2\n')]);
    expect(await documentsOf(decoder, { body })).toEqual(rows);
    expect(await documentsOf(decoder, { body, pieceSize: 1 })).toEqual(rows);
  });

  it('reads a body that is not packed as it is', async () => {
    expect(
      await documentsOf(decoder, { body: 'id\n1\n2\n', headers: { 'content-type': 'application/gzip' } }),
    ).toEqual(rows);
  });

  it('refuses a body without a byte, unless the error handler ignores it', async () => {
    await expect(documentsOf(decoder, { body: '' })).rejects.toThrow(
      'cannot be read as gzip: its body is empty',
    );
    expect(await documentsOf(decoder, { body: '', ignored: true })).toEqual([]);
  });

  it('unpacks a gzip file that was packed once more for transport', async () => {
    const body = gzipSync(gzipSync('id\n1\n2\n'));
    expect(await documentsOf(decoder, { body, headers: { 'Content-Encoding': 'gzip' } })).toEqual(rows);
  });

  it('fails for a broken file', async () => {
    const body = gzipSync('id\n1\n2\n'.repeat(100)).subarray(0, 30);
    await expect(documentsOf(decoder, { body })).rejects.toThrow('unexpected end of file');
  });

  it('fails when the unpacked data is no JSON, where a plain response would be read as {}', async () => {
    const json = makeComponent(GzipDecoder, { type: 'GzipDecoder', decoder: { type: 'JsonDecoder' } }, scope);
    expect(await documentsOf(json, { body: gzipSync('[{"id": 1}]') })).toEqual([{ id: 1 }]);
    await expect(documentsOf(json, { body: gzipSync('<html>') })).rejects.toThrow('cannot be read as JSON');
  });
});

describe('ZipfileDecoder', () => {
  /** A folder, `b.json` (stored) and `a.json` (deflated). */
  const archive = Buffer.from(
    'UEsDBBQAAAAIAAAAIQAAAAAAAgAAAAAAAAAFAAAAZGF0YS8DAFBLAwQUAAAAAAAAACEAhUDUVgkAAAAJAAAABgAAAG' +
      'IuanNvbnsiaWQiOiAxfVBLAwQUAAAACAAAACEARhP5fQsAAAAJAAAABgAAAGEuanNvbqtWykxRslIwqgUAUEsBAhQD' +
      'FAAAAAgAAAAhAAAAAAACAAAAAAAAAAUAAAAAAAAAAAAAAIABAAAAAGRhdGEvUEsBAhQDFAAAAAAAAAAhAIVA1FYJAA' +
      'AACQAAAAYAAAAAAAAAAAAAAIABJQAAAGIuanNvblBLAQIUAxQAAAAIAAAAIQBGE/l9CwAAAAkAAAAGAAAAAAAAAAAA' +
      'AACAAVIAAABhLmpzb25QSwUGAAAAAAMAAwCbAAAAgQAAAAAA',
    'base64',
  );

  it('reads every file in the order of the directory', async () => {
    const decoder = makeComponent(
      ZipfileDecoder,
      { type: 'ZipfileDecoder', decoder: { type: 'JsonDecoder' } },
      scope,
    );
    expect(await documentsOf(decoder, { body: archive })).toEqual([{ id: 1 }, { id: 2 }]);
  });

  it('fails for an archive without a file in it, which is no empty page', async () => {
    const decoder = makeComponent(
      ZipfileDecoder,
      { type: 'ZipfileDecoder', decoder: { type: 'JsonDecoder' } },
      scope,
    );
    const end = Buffer.concat([Buffer.from('PK\x05\x06', 'latin1'), Buffer.alloc(18)]);
    await expect(documentsOf(decoder, { body: end })).rejects.toThrow('without a file in it');
  });

  it('fails for a file whose bytes are not those of its checksum', async () => {
    const decoder = makeComponent(
      ZipfileDecoder,
      { type: 'ZipfileDecoder', decoder: { type: 'JsonDecoder' } },
      scope,
    );
    const body = Buffer.from(archive);
    // Still JSON, but of another record.
    const at = body.indexOf('{"id": 1}') + '{"id": '.length;
    body[at] = '7'.charCodeAt(0);
    await expect(documentsOf(decoder, { body })).rejects.toThrow('"b.json" of a ZIP archive cannot be read');
  });

  it('reads a large archive through a temporary file', async () => {
    const decoder = makeComponent(
      ZipfileDecoder,
      { type: 'ZipfileDecoder', decoder: { type: 'JsonDecoder' } },
      scope,
    );
    const headers = { 'content-length': String(64 * 1024 * 1024) };
    expect(await documentsOf(decoder, { body: archive, headers, pieceSize: 50 })).toEqual([
      { id: 1 },
      { id: 2 },
    ]);
  });

  it('names the file that cannot be read, and an archive that is none', async () => {
    const decoder = makeComponent(
      ZipfileDecoder,
      { type: 'ZipfileDecoder', decoder: { type: 'JsonItemsDecoder', items_path: 'data' } },
      scope,
    );
    const cut = Buffer.from(archive);
    cut.write('{"id"[ 1}', archive.indexOf('{"id": 1}'));
    await expect(documentsOf(decoder, { body: cut })).rejects.toThrow('The file "b.json" of a ZIP archive');
    await expect(documentsOf(decoder, { body: 'no zip' })).rejects.toThrow('invalid ZIP archive');
  });
});

describe('JsonItemsDecoder', () => {
  const decoder = makeComponent(JsonItemsDecoder, {
    type: 'JsonItemsDecoder',
    items_path: 'data.users',
    encoding: 'latin1',
  });

  it('gives the items of an array', async () => {
    const body = Buffer.from('{"data": {"users": [{"name": "é"}, {"name": "b"}]}}', 'latin1');
    expect(await documentsOf(decoder, { body, pieceSize: 3 })).toEqual([{ name: 'é' }, { name: 'b' }]);
  });

  it('fails for a cut off document', async () => {
    await expect(documentsOf(decoder, { body: '{"data": {"users": [1' })).rejects.toThrow('ends too early');
  });
});
