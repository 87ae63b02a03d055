import { manifestRegex } from '../../../../engine/http/request/manifest-regex.ts';
import { withProperties } from '../../../../engine/http/request/request-context.ts';
import { iterable, pythonText } from '../../../../engine/http/request/request-text.ts';
import { responseTemplateContext } from '../../../../engine/http/request/response-context.ts';
import { PySet, PyTuple } from '../../../../engine/template/python-values.ts';
import { testResponse } from '../../../kit/response.ts';

describe('what an error handler sees of a response', () => {
  it.each([
    ['https://me:secret@api.test:8443/items/5?token=1#top', 'https://api.test:8443/items/5'],
    ['nonsense', ''],
  ])('is its URL without what may be secret: %s', async (url, shown) => {
    expect((await responseTemplateContext(testResponse({ url }))).request_url).toBe(shown);
  });

  it('is its JSON, or nothing', async () => {
    expect((await responseTemplateContext(testResponse({ body: { a: 1 } }))).response).toEqual({ a: 1 });
    expect((await responseTemplateContext(testResponse({ body: '<html>' }))).response).toEqual({});
  });
});

describe('the slice of a request', () => {
  it('has the properties that it asks for', () => {
    const slice = { partition: { id: 7 }, cursor: { at: 1 }, extraFields: { colour: 'red' } };
    expect(withProperties(slice, undefined)).toBe(slice);
    expect(withProperties(slice, ['a'])).toEqual({
      partition: { id: 7 },
      cursor: { at: 1 },
      extraFields: { colour: 'red', query_properties: ['a'] },
    });
    expect(withProperties(undefined, ['a'])).toEqual({
      partition: {},
      cursor: {},
      extraFields: { query_properties: ['a'] },
    });
  });
});

test('values of parameters are Python texts, of all that Python would iterate over', () => {
  expect([true, null, undefined, 1.5, 'a'].map(pythonText)).toEqual(['True', 'None', 'None', '1.5', 'a']);
  expect([[1], new PyTuple([1, 2]), new PySet(new Map([['three', 3]])), { a: 1 }].map(iterable)).toEqual([
    [1],
    [1, 2],
    [3],
    ['a'],
  ]);
  expect(['text', null, 5, undefined, new Date()].map(iterable)).toEqual(Array(5).fill(undefined));
});

test('a pattern that cannot be read is named, with why', () => {
  expect(() => manifestRegex('(a', 'search')).toThrow(
    expect.objectContaining({
      kind: 'config_error',
      message: expect.stringMatching(/^"\(a" is not a regular expression: .+\.$/),
    }),
  );
});
