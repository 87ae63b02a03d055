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
    expect(JSON.stringify(await read(bomb))).not.toContain('boom');
  });

  it('gives an empty object and warns for what is no XML', async () => {
    expect(await read('<item name="x">')).toEqual([{}]);
    expect(await read('')).toEqual([{}]);
    expect(scope.logs.at(-1)?.message).toContain('is not XML and is read as {}');
  });
});
