import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ShopApi {
  readonly url: string;
  /** The paths that were asked for. */
  readonly asked: string[];
  close(): Promise<void>;
}

const perPage = 20;

/** An API of a shop that repeats in its answers what it was shown: secrets come back, as with some real ones. */
export async function startShopApi(): Promise<ShopApi> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    void answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://shop');
  const page = Number(searchParams.get('page') ?? 1);
  const you = request.headers.authorization;
  if (pathname === '/slow') await new Promise((resolve) => setTimeout(resolve, 60));
  response.setHeader('content-type', 'application/json');
  response.setHeader('x-ratelimit-limit', '100');
  response.setHeader('x-ratelimit-reset', '10');
  response.end(JSON.stringify({ you, data: recordsOf(pathname, page) }));
}

function recordsOf(path: string, page: number): readonly object[] {
  const from = (page - 1) * perPage;
  const many = (count: number, make: (index: number) => object) =>
    Array.from({ length: count }, (_, index) => make(index));
  if (path === '/orders')
    return many(page < 3 ? perPage : page === 3 ? 7 : 0, (index) => ({
      id: from + index + 1,
      status: index % 5 === 4 ? 'void' : 'paid',
      total: (from + index) * 1.5,
      updated_at: `2026-01-${String(1 + ((from + index) % 28)).padStart(2, '0')}T00:00:00Z`,
      note: 'not declared',
    }));
  if (path === '/big') return many(5000, (index) => ({ id: index + 1, name: `thing ${index + 1}` }));
  if (path === '/slow') return many(perPage, (index) => ({ id: from + index + 1 }));
  return many(2, (index) => ({ id: `${path}/${index}` }));
}

/** The manifest of the shop. */
export function shopManifest(url: string): string {
  return `version: 6.0.0
type: DeclarativeSource
check: { type: CheckStream, stream_names: [orders] }
definitions:
  requester:
    type: HttpRequester
    url_base: ${url}
    http_method: GET
    authenticator: { type: BearerAuthenticator, api_token: "{{ config['token'] }}" }
  selector:
    type: RecordSelector
    extractor: { type: DpathExtractor, field_path: [data] }
  paginator:
    type: DefaultPaginator
    page_token_option: { type: RequestOption, inject_into: request_parameter, field_name: page }
    pagination_strategy: { type: PageIncrement, page_size: 20, start_from_page: 1 }
streams:
  - type: DeclarativeStream
    name: orders
    primary_key: id
    retriever:
      type: SimpleRetriever
      requester: { $ref: "#/definitions/requester", path: /orders }
      record_selector:
        $ref: "#/definitions/selector"
        record_filter: { type: RecordFilter, condition: "{{ record['status'] != 'void' }}" }
      paginator: { $ref: "#/definitions/paginator" }
    schema_loader:
      type: InlineSchemaLoader
      schema:
        type: object
        properties:
          id: { type: [integer, "null"] }
          status: { type: [string, "null"] }
          total: { type: [number, "null"] }
          updated_at: { type: [string, "null"] }
  - type: DeclarativeStream
    name: order_items
    primary_key: id
    retriever:
      type: SimpleRetriever
      requester: { $ref: "#/definitions/requester", path: "/orders/{{ stream_partition.order_id }}/items" }
      record_selector: { $ref: "#/definitions/selector" }
      partition_router:
        type: SubstreamPartitionRouter
        parent_stream_configs:
          - type: ParentStreamConfig
            parent_key: id
            partition_field: order_id
            stream: { $ref: "#/streams/0" }
    schema_loader: { type: InlineSchemaLoader, schema: { type: object, properties: { id: { type: string } } } }
  - type: DeclarativeStream
    name: big
    primary_key: id
    retriever:
      type: SimpleRetriever
      requester: { $ref: "#/definitions/requester", path: /big }
      record_selector: { $ref: "#/definitions/selector" }
    schema_loader: { type: InlineSchemaLoader, schema: { type: object, properties: { id: { type: integer }, name: { type: string } } } }
  - type: DeclarativeStream
    name: slow
    primary_key: id
    retriever:
      type: SimpleRetriever
      requester: { $ref: "#/definitions/requester", path: /slow }
      record_selector: { $ref: "#/definitions/selector" }
      paginator: { $ref: "#/definitions/paginator" }
    schema_loader: { type: InlineSchemaLoader, schema: { type: object, properties: { id: { type: integer } } } }
spec:
  type: Spec
  connection_specification:
    type: object
    required: [token]
    properties:
      token: { type: string, airbyte_secret: true }
`;
}
