import { emptyParts, type RequestParts } from '../../../../engine/contract/request-parts.ts';
import { outgoingRequest } from '../../../../engine/http/request/outgoing-request.ts';
import { PyFloat } from '../../../../engine/template/python-values.ts';

const url = 'https://api.test/items';

describe('serialising a request', () => {
  it('writes parameters and headers as Python text', () => {
    const request = outgoingRequest('GET', url, {
      ...emptyParts(),
      params: { a: true },
      headers: { 'X-N': 5, 'X-None': null },
    });
    expect(request.url.href).toBe('https://api.test/items?a=True');
    expect(request.headers).toEqual({ 'X-N': '5', 'X-None': 'None' });
    expect(request).not.toHaveProperty('body');
  });

  it('sends JSON with its content type unless the manifest sets one', () => {
    const parts = { ...emptyParts(), bodyJson: { id: 9007199254740993n, f: new PyFloat(1) } };
    const request = outgoingRequest('POST', url, parts);
    expect(request.body).toBe('{"id":9007199254740993,"f":1}');
    expect(request.headers).toEqual({ 'Content-Type': 'application/json' });
    const other = outgoingRequest('POST', url, { ...parts, headers: { Accept: '*/*' } });
    expect(other.headers).toEqual({ Accept: '*/*', 'Content-Type': 'application/json' });
    const own = outgoingRequest('POST', url, {
      ...parts,
      headers: { 'content-type': 'application/vnd.api+json' },
    });
    expect(own.headers).toEqual({ 'content-type': 'application/vnd.api+json' });
  });

  it('sends fields as a form and a text as it is', () => {
    const form = outgoingRequest('POST', url, { ...emptyParts(), bodyData: { a: '1 2' } });
    expect([form.body, form.headers]).toEqual([
      'a=1+2',
      { 'Content-Type': 'application/x-www-form-urlencoded' },
    ]);
    const text = outgoingRequest('POST', url, { ...emptyParts(), bodyData: 'plain' });
    expect([text.body, text.headers]).toEqual(['plain', {}]);
  });

  it('takes empty mappings for no body', () => {
    expect(outgoingRequest('POST', url, { ...emptyParts(), bodyData: {}, bodyJson: {} })).not.toHaveProperty(
      'body',
    );
  });

  it('refuses two bodies and an object as a parameter', () => {
    const both = { ...emptyParts(), bodyData: { a: 1 }, bodyJson: { b: 2 } };
    const error = (method: string, parts: RequestParts) => {
      try {
        return outgoingRequest(method, url, parts);
      } catch (thrown) {
        return thrown;
      }
    };
    expect(error('POST', both)).toMatchObject({
      kind: 'config_error',
      message: expect.stringContaining('at the same time'),
    });
    expect(error('GET', { ...emptyParts(), params: { f: { a: 1 } } })).toMatchObject({
      kind: 'config_error',
      message: 'The value of the request parameter "f" cannot be an object.',
    });
  });

  it.each([
    ['get', 'GET', '{"a":1}'],
    ['post', 'POST', '{"a":1}'],
    ['Put', 'PUT', '{"a":1}'],
    ['PATCH', 'PATCH', '{"a":1}'],
    ['DELETE', 'DELETE', undefined],
  ])('has a body where the method %s takes one', (method, sent, body) => {
    const request = outgoingRequest(method, url, { ...emptyParts(), bodyJson: { a: 1 } });
    expect([request.method, request.body]).toEqual([sent, body]);
    expect(request.headers['Content-Type']).toBe(body && 'application/json');
  });

  it('takes a text or a list for a body only where there is something in it', () => {
    const bodyOf = (parts: object) => outgoingRequest('POST', url, { ...emptyParts(), ...parts }).body;
    expect([bodyOf({ bodyData: '' }), bodyOf({ bodyJson: [] }), bodyOf({ bodyJson: [0] })]).toEqual([
      undefined,
      undefined,
      '[0]',
    ]);
    expect(bodyOf({ bodyData: '', bodyJson: { a: 1 } })).toBe('{"a":1}');
    expect(bodyOf({ bodyData: 'a', bodyJson: {} })).toBe('a');
  });
});
