import { readStream } from '../../kit/read-manifest.ts';

interface Parts {
  readonly requester?: string;
  readonly retriever?: string;
}

const stream = ({ requester = '', retriever = '' }: Parts) => `
name: items
retriever:
  requester:
    url: https://api.test/items
    ${requester}
  record_selector: { extractor: { field_path: [] } }
  ${retriever}
`;
const token = 'type: ApiKeyAuthenticator, api_token: secret';
const paging = `paginator:
    type: DefaultPaginator
    page_size_option: { inject_into: request_parameter, field_name: size }
    pagination_strategy: { type: PageIncrement, page_size: 2 }
    page_token_option: { inject_into: request_parameter, field_name: page }`;
const list = (field: string, value: string) =>
  `{ type: ListPartitionRouter, values: [${value}], cursor_field: ${field}, request_option: { inject_into: request_parameter, field_name: kind } }`;

describe('a name that two components set in a request', () => {
  it.each<[string, Parts]>([
    [
      'the header "Authorization"',
      {
        requester:
          'request_headers: { Authorization: own }\n    authenticator: { type: BearerAuthenticator, api_token: secret }',
      },
    ],
    [
      'the header "X-Key"',
      {
        requester: `request_headers: { X-Key: secret }\n    authenticator: { ${token}, header: X-Key }`,
      },
    ],
    [
      'the request parameter "key"',
      {
        requester: `request_parameters: { key: secret }\n    authenticator: { ${token}, inject_into: { inject_into: request_parameter, field_name: key } }`,
      },
    ],
    ['the request parameter "size"', { requester: 'request_parameters: { size: "2" }', retriever: paging }],
    [
      'the request parameter "kind"',
      {
        requester: 'request_parameters: { kind: a }',
        retriever: `partition_router: ${list('kind', 'a')}`,
      },
    ],
  ])('fails the stream: %s', async (name, parts) => {
    const { errors, asked } = await readStream(stream(parts), [{ body: [{ id: 1 }] }]);
    expect(errors[0]?.message.toLowerCase()).toContain(`${name.toLowerCase()} is set twice`);
    expect(asked).toEqual([]);
  });

  it('is the first router’s where routers are combined', async () => {
    const { asked } = await readStream(
      stream({ retriever: `partition_router: [${list('a', 'one')}, ${list('b', 'two')}]` }),
      [{ body: [] }],
    );
    expect(asked).toEqual(['GET /items?kind=one']);
  });

  it('is refused within a paginator', async () => {
    const { errors } = await readStream(
      stream({ retriever: paging.replace('field_name: size', 'field_name: page') }),
      [{ body: [] }],
    );
    expect(errors[0]?.message).toContain('"page" is set twice');
  });
});

describe('what a request cannot carry', () => {
  it('a text for a JSON body fails the stream', async () => {
    const { errors } = await readStream(
      stream({ requester: 'http_method: POST\n    request_body_json: "{ not an object"' }),
      [{ body: [] }],
    );
    expect(errors[0]?.message).toContain('not the text "{ not an object"');
  });

  it('a text for all parameters is left out', async () => {
    const { asked } = await readStream(stream({ requester: 'request_parameters: a=1' }), [{ body: [] }]);
    expect(asked).toEqual(['GET /items']);
  });
});
