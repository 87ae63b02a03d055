import { CsvDecoder } from '../../../../engine/components/decoders/csv-decoder.ts';
import { documentsOf } from '../../../kit/decode.ts';
import { makeComponent } from '../../../kit/scope.ts';

const csv = (fields: object = {}) => makeComponent(CsvDecoder, { type: 'CsvDecoder', ...fields });

describe('CsvDecoder', () => {
  it('names the values of each row by the header', async () => {
    const body = 'id,name\r\n1,John\r\n2,"Al,ice"\r\n';
    const documents = [
      { id: '1', name: 'John' },
      { id: '2', name: 'Al,ice' },
    ];
    expect(await documentsOf(csv(), { body })).toEqual(documents);
    expect(await documentsOf(csv(), { body, pieceSize: 2 })).toEqual(documents);
  });

  it.each(['{"error": "busy"}\n', '[{"code": 1}]', '<?xml version="1.0"?>\n<Error/>'])(
    'fails for a document about an error: %j',
    async (body) => {
      await expect(documentsOf(csv(), { body })).rejects.toThrow('cannot be read as CSV');
    },
  );

  it('fills short rows with null and keeps what is too much under "null"', async () => {
    expect(await documentsOf(csv(), { body: 'a,b\n1\n1,2,3,4\n' })).toEqual([
      { a: '1', b: null },
      { a: '1', b: '2', null: ['3', '4'] },
    ]);
  });

  it('reads another encoding and delimiter', async () => {
    const body = Buffer.from('id\tname\n1\té\n', 'latin1');
    const decoder = csv({ encoding: 'iso-8859-1', delimiter: '\\t' });
    expect(await documentsOf(decoder, { body })).toEqual([{ id: '1', name: 'é' }]);
    expect(await documentsOf(csv({ delimiter: '\\x01' }), { body: 'a\x01b\n1\x012' })).toEqual([
      { a: '1', b: '2' },
    ]);
  });

  it('makes chosen values null', async () => {
    const decoder = csv({ set_values_to_none: ['', 'N/A'] });
    expect(await documentsOf(decoder, { body: 'a,b,c\n,N/A,x\n' })).toEqual([{ a: null, b: null, c: 'x' }]);
  });

  it('gives nothing for an empty body or a header alone', async () => {
    expect(await documentsOf(csv(), { body: '' })).toEqual([]);
    expect(await documentsOf(csv(), { body: 'a,b\n' })).toEqual([]);
  });

  it('refuses an unknown encoding and a long delimiter when it is made', () => {
    expect(() => csv({ encoding: 'klingon' })).toThrow('the encoding "klingon" is not known.');
    expect(() => csv({ delimiter: '||' })).toThrow('one character is expected, not "||"');
    expect(() => csv({ delimiter: '\\x4' })).toThrow('"\\x4" cannot be read');
  });
});
