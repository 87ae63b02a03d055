import { distinctOptions } from '../../../../engine/validate/rules/distinct-options.ts';
import { harness, withRetriever } from '../harness.ts';

const { expectValid, expectErrors } = harness(distinctOptions);

const retriever = (token: string, parameters = '{ sort: id }') =>
  withRetriever(`
requester: { url: https://a.b, request_parameters: ${parameters} }
paginator:
  type: DefaultPaginator
  page_size_option: { inject_into: request_parameter, field_name: limit }
  page_token_option: { inject_into: ${token} }
  pagination_strategy: { type: PageIncrement, page_size: 2 }`);

describe('distinctOptions', () => {
  it('are in different places, or have different names', () => {
    expectValid(retriever('request_parameter, field_name: page'));
    expectValid(retriever('header, field_name: limit'));
  });

  it('are not set twice', () => {
    const message = 'The request parameter "limit" is set twice. Every name must come from one place only.';
    expectErrors(retriever('request_parameter, field_name: limit'), [{ message, at: 'limit }' }]);
    expectErrors(retriever('header, field_name: x', '{ limit: "3" }'), [{ message, at: 'limit }' }]);
  });

  it('are not inside of one another in a JSON body', () => {
    const body = (size: string, token: string) =>
      withRetriever(`
requester: { url: https://a.b, http_method: POST, request_body_json: { page: { size: 2 } } }
paginator:
  type: DefaultPaginator
  page_size_option: { inject_into: body_json, field_path: ${size} }
  page_token_option: { type: RequestOption, inject_into: body_json, field_path: ${token} }
  pagination_strategy: { type: PageIncrement, page_size: 2 }`);
    expectValid(body('[page, size]', '[page, number]'));
    expectValid(body('[page, "{{ config.size }}"]', '[page]'));
    expectErrors(body('[page, size]', '[page]'), [
      {
        message: 'The body field "page" is set twice. Every name must come from one place only.',
        at: '[page]',
      },
    ]);
  });

  describe('where the pages after the first one leave out what names the slice', () => {
    const option = '{ type: RequestOption, inject_into: request_parameter, field_name: since }';
    const since = retriever('request_parameter, field_name: since').replace(
      'paginator:',
      `partition_router: { type: ListPartitionRouter, values: [a], cursor_field: kind, request_option: ${option} }\n      $&`,
    );
    const ignoring = (yaml: string) =>
      yaml.replace(
        'partition_router',
        'ignore_stream_slicer_parameters_on_paginated_requests: true\n      $&',
      );
    const message = (name: string) =>
      `The request parameter "${name}" is set twice. Every name must come from one place only.`;

    it('may be those of the page token', () => {
      expectErrors(since, [{ message: message('since'), at: 'since }' }]);
      expectValid(ignoring(since));
    });

    it('are not those of a token that is in the first request, too', () => {
      expectErrors(ignoring(since).replace('page_size: 2', 'page_size: 2, inject_on_first_request: true'), [
        { message: message('since'), at: 'since }' },
      ]);
    });

    it('are told of once, whatever requests they are in', () => {
      expectErrors(ignoring(since).replace('sort: id', 'limit: "3"'), [
        { message: message('limit'), at: 'limit }' },
      ]);
    });
  });

  describe('of an authenticator', () => {
    const requester = (own: string, authenticator: string) =>
      withRetriever(`requester: { url: https://a.b, ${own}, authenticator: { ${authenticator} } }`);
    const twice = (what: string) => `The ${what} is set twice. Every name must come from one place only.`;
    const bearer = 'type: BearerAuthenticator, api_token: a';
    const session = (how: string, login = '') =>
      `type: SessionTokenAuthenticator, session_token_path: [a], request_authentication: { ${how} }, login_requester: { url: https://a.b${login} }`;

    it('are not those of its requester', () => {
      expectValid(requester('request_headers: { X-Key: a }', bearer));
      const headers = 'request_headers: { Authorization: a, X-Key: b }';
      for (const [authenticator, what] of [
        [bearer, 'header "Authorization"'],
        ['type: BasicHttpAuthenticator, username: a', 'header "Authorization"'],
        ['type: JwtAuthenticator, secret_key: a, algorithm: HS256', 'header "Authorization"'],
        [session('type: Bearer'), 'header "Authorization"'],
        ['type: ApiKeyAuthenticator, api_token: a, header: X-Key', 'header "X-Key"'],
      ] as const)
        expectErrors(requester(headers, authenticator), [{ message: twice(what), at: '{ type: ' }]);
    });

    it('are named by its request option', () => {
      const key = (name: string) =>
        `type: ApiKeyAuthenticator, api_token: a, inject_into: { inject_into: request_parameter, field_name: ${name} }`;
      const parameters = 'request_parameters: { key: a }';
      expectValid(requester(parameters, key('token')));
      expectValid(requester(parameters, key('"{{ config.name }}"')));
      expectErrors(requester(parameters, key('key')), [
        { message: twice('request parameter "key"'), at: 'key } }' },
      ]);
    });

    it('may be the same in several of which one is chosen, but not the requester’s', () => {
      const both = `type: SelectiveAuthenticator, authenticator_selection_path: [how], authenticators: { a: { ${bearer} }, b: { ${session('type: Bearer')} } }`;
      expectValid(requester('request_headers: { X-Key: a }', both));
      expectErrors(requester('request_headers: { Authorization: a }', both), [
        { message: twice('header "Authorization"'), at: '{ type: BearerAuthenticator' },
        { message: twice('header "Authorization"'), at: '{ type: Bearer }' },
      ]);
    });

    it('are its own in the request that it makes itself', () => {
      const own = ', request_headers: { Authorization: a }';
      expectValid(requester('request_headers: { X-Key: a }', session('type: Bearer', own)));
      expectErrors(
        requester(
          'request_headers: { X-Key: a }',
          session('type: Bearer', `${own}, authenticator: { ${bearer} }`),
        ),
        [{ message: twice('header "Authorization"'), at: '{ type: BearerAuthenticator' }],
      );
    });
  });
});
