import { apiErrorMessage } from '../../../../engine/http/send/error-message.ts';
import { charsetOf } from '../../../../engine/http/wire/charset.ts';
import { createResponse, ignoredResponse, responseHeaders } from '../../../../engine/http/wire/response.ts';
import { testResponse } from '../../../kit/response.ts';

function response(body: Uint8Array | AsyncIterable<Uint8Array>, contentType = 'application/json') {
  return createResponse({
    url: 'https://api.test/',
    status: 200,
    headers: responseHeaders([['Content-Type', contentType]]),
    body,
  });
}

async function* chunks(...texts: string[]) {
  for (const text of texts) yield new TextEncoder().encode(text);
}

describe('a response', () => {
  it('reads its body once, however often it is asked for', async () => {
    const read = response(chunks('{"a":', '1}'));
    expect(await read.json()).toBe(await read.json());
    expect([await read.text(), (await read.bytes()).length]).toEqual(['{"a":1}', 7]);
  });

  it('streams from the wire, or again from what has been read', async () => {
    const read = response(chunks('a', 'b'));
    const seen: string[] = [];
    for await (const chunk of read.stream()) seen.push(Buffer.from(chunk).toString());
    expect(seen).toEqual(['a', 'b']);
    await expect(read.bytes()).rejects.toThrow('has been read already');
    const whole = response(chunks('a', 'b'));
    await whole.bytes();
    for await (const chunk of whole.stream()) expect(Buffer.from(chunk).toString()).toBe('ab');
  });

  it('shares its body with its ignored copy', async () => {
    const ignored = ignoredResponse(response(chunks('[1]')));
    expect([ignored.ignored, await ignored.json()]).toEqual([true, [1]]);
  });

  it.each([
    ['application/json', 'é', 'utf8'],
    ['text/plain; charset=ISO-8859-1', 'é', 'latin1'],
    ['text/plain', 'é', 'latin1'],
    ['text/csv; charset="utf-8"', 'é', 'utf8'],
    ['application/octet-stream', 'é', 'utf8'],
    ['application/octet-stream', 'é', 'latin1'],
    ['application/x; charset=unheard-of', 'é', 'utf8'],
  ] as const)('decodes %s', async (contentType, text, encoding) => {
    expect(await response(Buffer.from(text, encoding), contentType).text()).toBe(text);
  });

  it('knows no charset without a content type', () => {
    expect(charsetOf(undefined)).toBeUndefined();
  });
});

describe("the API's own message", () => {
  it.each([
    [{ message: 'a' }, 'a'],
    [{ error: { message: 'a' } }, 'a'],
    [{ errors: [{ msg: 'a' }, 'b', 5] }, 'a, b'],
    [{ message: '', detail: 'a' }, 'a'],
    [['a', { reason: 'b' }], 'a, b'],
    [{ code: 5 }, undefined],
    ['plain words', 'plain words'],
  ])('is found in %j', async (body, expected) => {
    expect(await apiErrorMessage(testResponse({ body }))).toBe(expected);
  });
});
