import { emptyParts } from '../../../../engine/contract/request-parts.ts';
import {
  addBodyData,
  addBodyJson,
  mergeFields,
  mergeParts,
} from '../../../../engine/http/request/merge-parts.ts';

describe('merging the parts of a request', () => {
  it('refuses a parameter with two values', () => {
    const target = { page: 1 };
    expect(() => mergeFields(target, { page: 2 }, 'request parameter')).toThrow(
      'The request parameter "page" is set twice.',
    );
  });

  it('refuses a parameter that two parties set, also to the same value', () => {
    expect(() => mergeFields({ page: 1 }, { page: 1, size: 5 }, 'request parameter')).toThrow('"page"');
  });

  it('takes the same value twice in a JSON body only', () => {
    const parts = emptyParts();
    addBodyJson(parts, { page: 1 });
    addBodyJson(parts, { page: 1, size: 5 });
    expect(parts.bodyJson).toEqual({ page: 1, size: 5 });
    addBodyData(parts, { page: 1 });
    expect(() => addBodyData(parts, { page: 1 })).toThrow('The form field "page" is set twice.');
  });

  it('merges nested fields of JSON bodies and names the path of a clash', () => {
    const parts = emptyParts();
    addBodyJson(parts, { query: { a: 1 } });
    addBodyJson(parts, { query: { b: 2 } });
    expect(parts.bodyJson).toEqual({ query: { a: 1, b: 2 } });
    expect(() => addBodyJson(parts, { query: { a: 3 } })).toThrow('"query.a"');
  });

  it('does not change what was handed in', () => {
    const own = { query: { a: 1 } };
    const parts = emptyParts();
    addBodyJson(parts, own);
    addBodyJson(parts, { query: { b: 2 } });
    expect(own).toEqual({ query: { a: 1 } });
  });

  it('refuses form fields beside a text body', () => {
    const parts = emptyParts();
    addBodyData(parts, 'text');
    addBodyData(parts, {});
    expect(() => addBodyData(parts, { a: 1 })).toThrow('A request body that is a text');
  });

  it('merges all four places', () => {
    const parts = emptyParts();
    mergeParts(parts, { params: { a: 1 }, headers: { b: 2 }, bodyData: undefined, bodyJson: { c: 3 } });
    expect(parts).toEqual({ params: { a: 1 }, headers: { b: 2 }, bodyData: undefined, bodyJson: { c: 3 } });
  });
});
