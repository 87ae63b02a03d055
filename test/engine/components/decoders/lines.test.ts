import { IterableDecoder } from '../../../../engine/components/decoders/iterable-decoder.ts';
import { JsonlDecoder } from '../../../../engine/components/decoders/jsonl-decoder.ts';
import { documentsOf } from '../../../kit/decode.ts';
import { makeComponent, testScope } from '../../../kit/scope.ts';

describe('JsonlDecoder', () => {
  const scope = testScope();
  const decoder = makeComponent(JsonlDecoder, { type: 'JsonlDecoder' }, scope);

  it('gives a document for every line, however the body is cut', async () => {
    const body = '{"id": 1, "é": "\\n"}\n\n{"id": 12345678901234567890}\r\n[3]';
    const documents = [{ id: 1, é: '\n' }, { id: 12345678901234567890n }, [3]];
    expect(await documentsOf(decoder, { body })).toEqual(documents);
    expect(await documentsOf(decoder, { body, pieceSize: 1 })).toEqual(documents);
  });

  it.each([
    '{"id": 1}\nnull\n',
    '0',
    '{"id": 1}\n{"id": 2\n',
    '{"id": 1}\n{"id"',
    '<html>',
    '{"id": 1}\nsorry\n',
  ])('refuses a response with a line that is no JSON: %j', async (body) => {
    await expect(documentsOf(decoder, { body })).rejects.toMatchObject({ name: 'UnreadableBodyError' });
  });

  it('reads by a byte order mark and by the charset of the response', async () => {
    const lines = '\ufeff{"n": "café"}\n';
    for (const body of [Buffer.from(lines), Buffer.from(lines, 'utf16le')])
      expect(await documentsOf(decoder, { body, pieceSize: 1 })).toEqual([{ n: 'café' }]);
    const headers = { 'Content-Type': 'application/x-ndjson; charset=iso-8859-1' };
    const latin = Buffer.from('{"a": 1}\n{"n": "café"}\n', 'latin1');
    expect(await documentsOf(decoder, { body: latin, headers })).toEqual([{ a: 1 }, { n: 'café' }]);
    expect(await documentsOf(decoder, { body: '{"n": "café"}\n', headers })).toEqual([{ n: 'café' }]);
    await expect(documentsOf(decoder, { body: latin })).rejects.toMatchObject({
      name: 'UnreadableBodyError',
    });
  });

  it('skips a line that is no JSON where the error handler ignores the response', async () => {
    const body = '{"id": 1}\nsecret\n{"id": 2}\n';
    expect(await documentsOf(decoder, { body, ignored: true })).toEqual([{ id: 1 }, { id: 2 }]);
    expect(scope.logs.map(({ message }) => message)).toEqual([
      'Line 2 of a JSON Lines response is no JSON object and is skipped.',
    ]);
  });
});

describe('IterableDecoder', () => {
  const decoder = makeComponent(IterableDecoder, { type: 'IterableDecoder' });

  it('gives every line as a record, also empty ones', async () => {
    const lines = ['a', '', 'b', 'c'].map((record) => ({ record }));
    for (const body of ['a\n\nb\r\nc', 'a\n\nb\r\nc\r\n', 'a\r\rb\rc\r']) {
      expect(await documentsOf(decoder, { body })).toEqual(lines);
      expect(await documentsOf(decoder, { body, pieceSize: 1 })).toEqual(lines);
    }
  });
});
