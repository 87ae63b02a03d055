import { RequestOption } from '../../../../engine/components/request-options/request-option.ts';
import { RequestPath } from '../../../../engine/components/request-options/request-path.ts';
import { emptyParts } from '../../../../engine/contract/request-parts.ts';
import type { JsonObject } from '../../../../engine/util/json/json.ts';
import { makeComponent, testScope } from '../../../kit/scope.ts';

function inject(definition: JsonObject, value: unknown, parts = emptyParts()) {
  const scope = testScope({ config: { field: 'cursor' }, parameters: { field: 'page' } });
  makeComponent(RequestOption, { type: 'RequestOption', ...definition }, scope).inject(value, parts);
  return parts;
}

describe('RequestOption', () => {
  it.each([
    ['request_parameter', { params: { page: 2 } }],
    ['header', { headers: { page: 2 } }],
    ['body_data', { bodyData: { page: 2 } }],
    ['body_json', { bodyJson: { page: 2 } }],
  ])('puts a value into %s', (inject_into, expected) => {
    expect(inject({ inject_into, field_name: 'page' }, 2)).toEqual({ ...emptyParts(), ...expected });
  });

  it('reads templates in its name and its path', () => {
    expect(inject({ inject_into: 'header', field_name: "{{ parameters['field'] }}" }, 1).headers).toEqual({
      page: 1,
    });
    expect(
      inject({ inject_into: 'body_json', field_path: ['query', "{{ config['field'] }}"] }, 1).bodyJson,
    ).toEqual({
      query: { cursor: 1 },
    });
  });

  it('adds a nested field to the body that is there', () => {
    const parts = { ...emptyParts(), bodyJson: { query: { size: 5 } } };
    expect(inject({ inject_into: 'body_json', field_path: ['query', 'page'] }, 2, parts).bodyJson).toEqual({
      query: { size: 5, page: 2 },
    });
  });

  it('replaces what the same component set before', () => {
    const parts = { ...emptyParts(), params: { page: 1 }, bodyJson: { a: { b: 1, c: 2 } } };
    inject({ inject_into: 'request_parameter', field_name: 'page' }, 2, parts);
    inject({ inject_into: 'body_json', field_path: ['a', 'b'] }, 3, parts);
    expect([parts.params, parts.bodyJson]).toEqual([{ page: 2 }, { a: { b: 3, c: 2 } }]);
  });

  it.each([
    [{ inject_into: 'header' }, 'needs a "field_name" or a "field_path"'],
    [{ inject_into: 'body_json', field_name: 'a', field_path: ['a'] }, 'not both'],
    [{ inject_into: 'header', field_path: ['a'] }, 'is for a JSON body'],
  ])('refuses %j', (definition, message) => {
    expect(() => inject(definition, 1)).toThrow(message);
  });
});

describe('RequestPath', () => {
  it('says that the token is the path', () => {
    expect(makeComponent(RequestPath, { type: 'RequestPath' }).isPath).toBe(true);
  });
});
