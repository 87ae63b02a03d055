import { XmlDecoder } from '../../../../engine/components/decoders/xml-decoder.ts';
import { documentsOf } from '../../../kit/decode.ts';
import { makeComponent, testScope } from '../../../kit/scope.ts';

const scope = testScope();
const decoder = makeComponent(XmlDecoder, { type: 'XmlDecoder' }, scope);
const read = (body: string) => documentsOf(decoder, { body });

describe('XmlDecoder', () => {
  it('gives text, attributes and repeated elements', async () => {
    const body =
      '<root><place id="1"> Rome </place><item>a</item><item n="2"/><item>b<c>1</c></item><none/></root>';
    expect(await read(body)).toEqual([
      {
        root: {
          place: { '@id': '1', '#text': 'Rome' },
          item: ['a', { '@n': '2' }, { c: '1', '#text': 'b' }],
          none: null,
        },
      },
    ]);
  });

  it('keeps prefixes and resolves entities and CDATA, but not comments', async () => {
    const body = '<?xml version="1.0"?><n:a xmlns:n="u">x &amp; <![CDATA[<y>]]><!-- z --></n:a>';
    expect(await read(body)).toEqual([{ 'n:a': { '@xmlns:n': 'u', '#text': 'x & <y>' } }]);
  });

  it('does not expand entities that a document declares', async () => {
    const bomb = '<!DOCTYPE a [<!ENTITY x "boom">]><a>&x;</a>';
    await expect(read(bomb)).rejects.toThrow('cannot be read as XML');
  });

  it.each(['<item name="x">', '', 'sorry', '<a></b>'])('refuses what is no XML: %s', async (body) => {
    await expect(read(body)).rejects.toMatchObject({ name: 'UnreadableBodyError', kind: 'transient_error' });
  });

  it('gives an empty object and warns where the error handler ignores the response', async () => {
    expect(await documentsOf(decoder, { body: '<a', ignored: true })).toEqual([{}]);
    expect(scope.logs.at(-1)?.message).toContain('is not XML and is read as {}');
  });

  const text = '<n>café</n>';
  const latin = (declared: string) => Buffer.from(`<?xml version="1.0"${declared}?>${text}`, 'latin1');
  const utf8 = (declared: string) => Buffer.from(`<?xml version="1.0"${declared}?>${text}`);
  const bom = Buffer.from([0xef, 0xbb, 0xbf]);
  it.each([
    ['UTF-8 without a word', 'text/xml', utf8('')],
    ['a byte order mark', 'text/xml; charset=iso-8859-1', Buffer.concat([bom, utf8('')])],
    ['UTF-16 with a mark', 'text/xml', Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['a declaration', 'application/xml', latin(' encoding="ISO-8859-1"')],
    ['a declaration in single quotes', 'text/xml', latin(" encoding='windows-1252'")],
    ['a charset', 'application/xml; charset=iso-8859-1', latin('')],
    ['a charset that is wrong', 'text/xml; charset=iso-8859-1', utf8(' encoding="utf-8"')],
    ['a declaration where the charset does not fit', 'text/xml; charset=utf-8', latin(' encoding="latin1"')],
  ])('reads it by %s', async (_what, type, body) => {
    expect(await documentsOf(decoder, { body, headers: { 'Content-Type': type } })).toEqual([{ n: 'café' }]);
  });

  it('refuses bytes that are in no encoding that they name', async () => {
    await expect(documentsOf(decoder, { body: latin('') })).rejects.toMatchObject({
      name: 'UnreadableBodyError',
    });
  });
});
