import { dataResponse } from '../../../../engine/http/wire/data-response.ts';

describe('dataResponse', () => {
  it('reads as an answer of the API with the data', async () => {
    const data = { id: 12345678901234567890n };
    const response = dataResponse(data);
    expect(await response.json()).toBe(data);
    expect(await response.text()).toBe('{"id":12345678901234567890}');
    expect(new TextDecoder().decode(await response.bytes())).toBe('{"id":12345678901234567890}');
    expect([response.status, response.ignored, response.headers.get('link')]).toEqual([
      200,
      false,
      undefined,
    ]);
  });

  it('can hand out copies', async () => {
    const data = { tags: ['a'] };
    const response = dataResponse(data, () => structuredClone(data));
    ((await response.json()) as typeof data).tags.push('b');
    expect(data).toEqual({ tags: ['a'] });
  });
});
