import { emptyParts } from '../../../../engine/contract/request-parts.ts';
import { bodyTemplate } from '../../../../engine/http/request/body-template.ts';
import { PyDict } from '../../../../engine/template/python-values.ts';

function bodyOf(kind: 'data' | 'json', value: unknown) {
  const parts = emptyParts();
  bodyTemplate(kind, () => value).addTo(parts, {});
  return kind === 'data' ? parts.bodyData : parts.bodyJson;
}
const numbered = new PyDict();
numbered.byHash.set('one', [1, 'a']).set('none', [null, 'b']);

describe('a body that a template computes', () => {
  it.each<[string, unknown, unknown]>([
    ['a text', 'a=1', 'a=1'],
    ['no text', '', undefined],
    ['fields, without those that are nothing', { a: 1, b: null, c: undefined, d: false }, { a: 1, d: false }],
    ['fields with other names than texts', numbered, { 1: 'a', null: 'b' }],
    ['a list', [1], undefined],
    ['a number', 5, undefined],
  ])('sends %s as a form', (_, value, body) => {
    expect(bodyOf('data', value)).toEqual(body);
  });

  it.each<[string, unknown, unknown]>([
    ['fields, with those that are nothing', { a: 1, b: null }, { a: 1, b: null }],
    ['fields with other names than texts', numbered, { 1: 'a', null: 'b' }],
    ['a list', [1, { a: 2 }], [1, { a: 2 }]],
    ['no text', '', undefined],
    ['a number', 5, undefined],
  ])('sends %s as JSON', (_, value, body) => {
    expect(bodyOf('json', value)).toEqual(body);
  });

  it('cannot be a text where JSON is sent', () => {
    expect(() => bodyOf('json', 'say "hi"')).toThrow(
      expect.objectContaining({
        kind: 'config_error',
        message: 'The JSON body of a request must be an object, not the text "say \\"hi\\"".',
      }),
    );
  });

  it('sees the slice and the token', () => {
    const parts = emptyParts();
    const slice = { partition: { id: 7 }, cursor: {}, extraFields: { colour: 'red' } };
    let seen: unknown;
    const body = bodyTemplate('json', (context) => {
      seen = [Object.keys(context ?? {}), context?.colour, context?.next_page_token];
      return {};
    });
    body.addTo(parts, { slice, token: { next_page_token: 2 } });
    expect(seen).toEqual([
      expect.arrayContaining(['colour', 'stream_slice', 'next_page_token']),
      'red',
      { next_page_token: 2 },
    ]);
    body.addTo(parts, {});
    expect(seen).toEqual([['stream_slice', 'next_page_token'], undefined, null]);
  });
});
