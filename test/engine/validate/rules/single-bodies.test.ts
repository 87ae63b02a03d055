import { singleBodies } from '../../../../engine/validate/rules/single-bodies.ts';
import { harness, withRetriever } from '../harness.ts';

const { expectValid, expectErrors } = harness(singleBodies);

const requester = (bodies: string) =>
  withRetriever(`requester: { url: https://a.b, http_method: POST, ${bodies} }`);
const message = (one: string, other: string) =>
  `"${one}" and "${other}" cannot be in one request: its body is JSON, or a form or text.`;

describe('singleBodies', () => {
  it('are JSON, or a form or text', () => {
    expectValid(requester('request_body_json: { a: 1 }, request_body_data: {}'));
    expectValid(
      requester(
        'request_body: { type: RequestBodyJsonObject, value: { a: 1 } }, request_body_json: { b: 1 }',
      ),
    );
    expectErrors(requester('request_body_json: { a: 1 }, request_body_data: { b: "2" }'), [
      { message: message('request_body_json', 'request_body_data'), at: '{ b: "2" }' },
    ]);
    expectErrors(
      requester('request_body: { type: RequestBodyPlainText, value: text }, request_body_json: { a: 1 }'),
      [{ message: message('request_body', 'request_body_json'), at: '{ a: 1 }' }],
    );
  });

  it('are what options go into', () => {
    const paged = (own: string, place: string) =>
      withRetriever(`
requester: { url: https://a.b, http_method: POST, ${own} }
paginator:
  type: DefaultPaginator
  page_token_option: { type: RequestOption, inject_into: ${place}, field_name: page }
  pagination_strategy: { type: PageIncrement, page_size: 2 }`);
    const inside = (place: string, field: string) =>
      `This goes into "${place}" and the requester has a "${field}": a request has one body, JSON, or a form or text.`;
    expectValid(paged('request_body_json: { a: 1 }', 'body_json'));
    expectValid(paged('request_body_json: {}', 'body_data'));
    expectErrors(paged('request_body_json: { a: 1 }', 'body_data'), [
      { message: inside('body_data', 'request_body_json'), at: 'page }' },
    ]);
    expectErrors(paged('request_body_data: "{{ config.form }}"', 'body_json'), [
      { message: inside('body_json', 'request_body_data'), at: 'page }', severity: 'warning' },
    ]);
  });

  it('may be one after all where a template comes to nothing', () => {
    expectErrors(requester('request_body_json: { a: 1 }, request_body_data: "{{ config.form }}"'), [
      {
        severity: 'warning',
        message: message('request_body_json', 'request_body_data'),
        at: '"{{ config.form }}"',
      },
    ]);
  });
});
