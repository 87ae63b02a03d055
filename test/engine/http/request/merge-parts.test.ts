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
    expect(() => addBodyData(parts, { a: 1 })).toThrow(
      expect.objectContaining({
        kind: 'config_error',
        message: 'A request body that is a text cannot be combined with other body fields.',
      }),
    );
  });

  it('merges all four places', () => {
    const parts = emptyParts();
    mergeParts(parts, { params: { a: 1 }, headers: { b: 2 }, bodyData: undefined, bodyJson: { c: 3 } });
    expect(parts).toEqual({ params: { a: 1 }, headers: { b: 2 }, bodyData: undefined, bodyJson: { c: 3 } });
  });

  it('says where a name is set twice, and that the values differ only where they may be the same', () => {
    const parts = emptyParts();
    addBodyJson(parts, { query: { filter: { a: 1 } }, list: [1] });
    expect(() => addBodyJson(parts, { query: { filter: { a: 2 } } })).toThrow(
      'The body field "query.filter.a" is set twice, with different values. Every name must come from one place only.',
    );
    expect(() => addBodyJson(parts, { list: [2] })).toThrow('"list"');
    addBodyJson(parts, { list: [1] });
    expect(() => mergeFields({ a: { b: 1 } }, { a: { c: 1 } }, 'header')).toThrow(
      expect.objectContaining({
        kind: 'config_error',
        message: 'The header "a" is set twice. Every name must come from one place only.',
      }),
    );
  });

  it('takes names that every object has for fields like others', () => {
    const target: Record<string, unknown> = {};
    mergeFields(target, { constructor: 1, toString: 2 }, 'request parameter');
    mergeFields(target, JSON.parse('{"__proto__": 3}'), 'request parameter');
    expect(Object.entries(target)).toEqual([
      ['constructor', 1],
      ['toString', 2],
      ['__proto__', 3],
    ]);
  });

  it('keeps form fields and a text apart from what was handed in', () => {
    const [parts, own] = [emptyParts(), { a: 1 }];
    addBodyData(parts, own);
    addBodyData(parts, { b: 2 });
    expect([parts.bodyData, own]).toEqual([{ a: 1, b: 2 }, { a: 1 }]);
    expect(() => addBodyData(parts, 'text')).toThrow('A request body that is a text');
    const empty = emptyParts();
    addBodyData(empty, {});
    expect(empty.bodyData).toBeUndefined();
    empty.bodyData = {};
    addBodyData(empty, 'text');
    expect(empty.bodyData).toBe('text');
  });

  it('combines a list with nothing but an empty list', () => {
    const list = () => ({ ...emptyParts(), bodyJson: [1] });
    expect(() => addBodyJson(list(), { a: 1 })).toThrow(
      expect.objectContaining({
        kind: 'config_error',
        message: 'A request body that is a JSON list cannot be combined with other body fields.',
      }),
    );
    expect(() => addBodyJson(list(), [2])).toThrow('a JSON list cannot be combined');
    expect(() => addBodyJson({ ...emptyParts(), bodyJson: { a: 1 } }, [2])).toThrow('cannot be combined');
    const parts = list();
    addBodyJson(parts, []);
    expect(parts.bodyJson).toEqual([1]);
    const fresh = emptyParts();
    const items = [{ a: [1] }];
    addBodyJson(fresh, items);
    expect(fresh.bodyJson).toEqual(items);
    expect((fresh.bodyJson as unknown[])[0]).not.toBe(items[0]);
  });

  it('merges bodies of both kinds, and adds to what is there', () => {
    const parts = { params: { a: 1 }, headers: { b: 2 }, bodyData: { c: 3 }, bodyJson: { d: 4 } };
    mergeParts(parts, { params: { e: 5 }, headers: { f: 6 }, bodyData: { g: 7 }, bodyJson: { h: 8 } });
    expect(parts).toEqual({
      params: { a: 1, e: 5 },
      headers: { b: 2, f: 6 },
      bodyData: { c: 3, g: 7 },
      bodyJson: { d: 4, h: 8 },
    });
    expect(() => mergeParts(parts, { ...emptyParts(), headers: { b: 2 } })).toThrow('The header "b"');
    expect(() => mergeParts(parts, { ...emptyParts(), params: { a: 1 } })).toThrow(
      'The request parameter "a"',
    );
  });
});
