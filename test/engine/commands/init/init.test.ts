import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type InitOptions, init } from '../../../../engine/commands/init/init.ts';
import { testEnvironment } from '../../../kit/environment.ts';
import { findingsIn, readManifest } from '../../../kit/read-manifest.ts';
import { type Answers, fakeTransport } from '../../../kit/scope.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'manifold-init-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function run(options: InitOptions, files: Readonly<Record<string, string>> = {}, answers?: Answers) {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const at = (path: string | undefined) => (path === undefined ? {} : join(folder, path));
  const environment = testEnvironment(answers === undefined ? {} : { transport: fakeTransport(answers) });
  const code = await init(
    'shop',
    {
      ...options,
      out: '-',
      ...(options.openapi !== undefined && { openapi: String(at(options.openapi)) }),
      ...(options.har !== undefined && { har: String(at(options.har)) }),
      ...(options.config !== undefined && { config: String(at(options.config)) }),
    },
    environment,
  );
  return { code, yaml: environment.written(), said: environment.said() };
}

const shop = `openapi: 3.0.3
info: { title: Shop }
servers: [{ url: "https://{region}.shop.test/v1/", variables: { region: { default: eu } } }]
components:
  securitySchemes: { key: { type: apiKey, in: header, name: X-Shop-Key } }
  schemas:
    Base: { type: object, properties: { id: { type: string }, updated_at: { type: string, format: date-time } } }
    Order:
      allOf:
        - $ref: "#/components/schemas/Base"
        - { type: object, properties: { total: { type: number, nullable: true }, parent: { $ref: "#/components/schemas/Order" } } }
    Orders: { type: object, properties: { data: { type: array, items: { $ref: "#/components/schemas/Order" } }, next_cursor: { type: string } } }
paths:
  /orders:
    get:
      parameters:
        - { name: cursor, in: query, schema: { type: string } }
        - { name: limit, in: query, schema: { type: integer, maximum: 250 } }
        - { name: updated_since, in: query, schema: { type: string } }
      responses:
        "200": { content: { application/json: { schema: { $ref: "#/components/schemas/Orders" } } } }
        "429": { headers: { Retry-After: { schema: { type: integer } } } }
  /orders/{order_id}:
    get: { responses: { "200": { content: { application/json: { schema: { $ref: "#/components/schemas/Order" } } } } } }
  /orders/{order_id}/items:
    get:
      parameters: [{ name: order_id, in: path, required: true, schema: { type: string } }, { name: page, in: query, schema: { type: integer } }]
      responses:
        "200": { content: { application/json: { schema: { type: array, items: { type: object, properties: { item_id: { type: string } } } } } } }
  /tenants/{tenant}/rates:
    get:
      parameters: [{ name: tenant, in: path, required: true, schema: { type: string } }, { name: kind, in: query, required: true, schema: { type: string, enum: [day, week] } }]
      responses:
        "200": { content: { application/json: { schema: { type: object, properties: { rates: { type: array, items: { type: object, properties: { code: { type: string } } } } } } } } }
`;

describe('manifold init', () => {
  it('makes streams, keys, paging, cursors, parents and logins out of an OpenAPI description', async () => {
    const { code, yaml, said } = await run({ openapi: 'shop.yaml' }, { 'shop.yaml': shop });
    expect(code).toBe(0);
    expect(said).toBe(`3 streams, each guess marked with how sure it is
  orders        records data · key id · pages token · since updated_since
  order_items   records (the answer) · key item_id · pages page · of orders
  tenant_rates  records rates · key code · pages ?
`);
    const findings = findingsIn(yaml);
    expect(findings.filter((text) => text.startsWith('error'))).toEqual([]);
    expect(findings.every((text) => /A guess \([\d.]+\) that nobody has reviewed/.test(text))).toBe(true);
    expect(findings.length).toBeGreaterThan(10);
  });

  it('writes what runs: pages, windows, children', async () => {
    const { yaml } = await run({ openapi: 'shop.yaml' }, { 'shop.yaml': shop });
    const read = await readManifest(
      yaml,
      ({ url: { pathname, searchParams } }) => {
        if (pathname.endsWith('/items')) return { body: searchParams.has('page') ? [] : [{ item_id: 'i1' }] };
        return searchParams.has('cursor')
          ? { body: { data: [{ id: 'o2', updated_at: '2023-01-03T00:00:00Z' }] } }
          : { body: { data: [{ id: 'o1', updated_at: '2023-01-02T00:00:00Z' }], next_cursor: 'c2' } };
      },
      {
        streams: ['orders', 'order_items'],
        config: { api_key: 'k', tenant: 't', start_date: '2023-01-01T00:00:00Z' },
      },
    );
    expect(read.errors).toEqual([]);
    expect(read.records.map(({ id, item_id }) => id ?? item_id).sort()).toEqual(['i1', 'i1', 'o1', 'o2']);
    expect(read.asked).toContain('GET /v1/orders?limit=250&updated_since=2023-01-01T00%3A00%3A00Z');
    expect(read.requests[0]?.headers['X-Shop-Key']).toBe('k');
  });

  it('takes only the streams that are asked for, with the parents that they need', async () => {
    const { said } = await run({ openapi: 'shop.yaml', streams: ['order_items'] }, { 'shop.yaml': shop });
    expect(said).toMatch(/^2 streams/);
    await expect(run({ openapi: 'shop.yaml', streams: ['order_item'] })).rejects.toThrow(
      'Did you mean "order_items"?',
    );
  });

  it('reads Swagger 2', async () => {
    const swagger = `{"swagger": "2.0", "host": "api.test", "basePath": "/v2", "securityDefinitions": {"b": {"type": "basic"}},
      "definitions": {"Pet": {"type": "object", "properties": {"id": {"type": "integer"}}}},
      "paths": {"/pets": {"get": {"parameters": [{"name": "offset", "in": "query", "type": "integer"}, {"name": "limit", "in": "query", "type": "integer", "maximum": 50}],
        "responses": {"200": {"schema": {"type": "array", "items": {"$ref": "#/definitions/Pet"}}}}}}}}`;
    const { yaml } = await run({ openapi: 'pets.json' }, { 'pets.json': swagger });
    expect(yaml).toContain('url_base: "https://api.test/v2"');
    expect(yaml).toContain('type: BasicHttpAuthenticator');
    expect(yaml).toMatch(/type: OffsetIncrement\n *page_size: 50\n/);
    expect(findingsIn(yaml).filter((text) => text.startsWith('error'))).toEqual([]);
  });

  it('reads what a browser has recorded, and keeps none of its values', async () => {
    const entry = (url: string, body: unknown) => ({
      request: { method: 'GET', url, headers: [{ name: 'Authorization', value: 'Bearer secret-of-mine' }] },
      response: {
        status: 200,
        headers: [],
        content: { mimeType: 'application/json', text: JSON.stringify(body) },
      },
    });
    const har = {
      log: {
        entries: [
          entry('https://api.test/teams?page=1&per_page=20', { teams: [{ id: 1, name: 'Very private' }] }),
          entry('https://api.test/teams/42/members', { members: [{ id: 7 }] }),
          {
            request: { method: 'GET', url: 'https://cdn.test/app.js', headers: [] },
            response: { status: 200, content: { text: 'x' } },
          },
        ],
      },
    };
    const { yaml, said } = await run({ har: 'x.har' }, { 'x.har': JSON.stringify(har) });
    expect(said).toContain('teams         records teams · key id · pages page');
    expect(said).toContain('team_members  records members · key id · pages ? · of teams');
    expect(yaml).toContain('type: BearerAuthenticator');
    expect(yaml).not.toMatch(/secret-of-mine|Very private/);
    expect(findingsIn(yaml).filter((text) => text.startsWith('error'))).toEqual([]);
  });

  it('reads a line of curl, of which it knows no answer', async () => {
    const curl = `curl -X GET 'https://api.test/v1/invoices?limit=10&starting_after=x' \\\n  -H "Authorization: Bearer $TOKEN"`;
    const { yaml, said } = await run({ curl });
    expect(said).toContain('invoices  records data');
    expect(yaml).toContain('field_path: ["data"] # guess 0.3'.replace(' #', '  #'));
    expect(yaml).toContain('path: "/v1/invoices"');
    expect(yaml).not.toContain('$TOKEN');
    await expect(run({ curl: 'curl -v' })).rejects.toThrow('The curl line has no URL.');
  });

  it('asks the API whether its guesses hold', async () => {
    const files = {
      'shop.yaml': shop,
      'c.json': JSON.stringify({ api_key: 'k', tenant: 't', start_date: '2023-01-01T00:00:00Z' }),
    };
    const options = { openapi: 'shop.yaml', streams: ['orders'], verify: true, config: 'c.json' };
    const good: Answers = ({ url }) =>
      url.searchParams.has('cursor')
        ? { body: { data: [{ id: 'o2', updated_at: '2023-01-03T00:00:00Z' }] } }
        : { body: { data: [{ id: 'o1', updated_at: '2023-01-02T00:00:00Z' }], next_cursor: 'c2' } };
    const fine = await run(options, files, good);
    expect(fine.said).toContain(`orders: asked the API
  yes field_path ["data"]: 1 records on the first page
  yes primary_key id: 2 values in 2 records
  yes paginator token: the second page is another
  yes cursor_field updated_at: in 2 of 2 records
`);
    expect(fine.code).toBe(0);
    const elsewhere = await run(options, files, () => ({ body: { orders: [{ id: 'o1' }] } }));
    expect(elsewhere.said).toContain('no  field_path ["data"]: no records');
    expect(elsewhere.code).toBe(1);
  });

  it('says what it needs', async () => {
    await expect(run({})).rejects.toThrow('one of --openapi FILE, --har FILE, --curl LINE');
    await expect(run({ openapi: 'x.yaml' }, { 'x.yaml': 'openapi: 3.0.0\npaths: {}' })).rejects.toThrow(
      'nothing to make streams of',
    );
  });

  it('replaces no file unless it is told to', async () => {
    writeFileSync(join(folder, 'out.yaml'), 'mine');
    writeFileSync(join(folder, 'shop.yaml'), shop);
    const options = { openapi: join(folder, 'shop.yaml'), out: join(folder, 'out.yaml') };
    await expect(init('shop', options, testEnvironment())).rejects.toThrow(
      'there is such a file already; --force replaces it',
    );
    expect(readFileSync(join(folder, 'out.yaml'), 'utf8')).toBe('mine');
    expect(await init('shop', { ...options, force: true }, testEnvironment())).toBe(0);
  });
});

test.each([
  [
    'openapi',
    'type: DeclarativeSource',
    'is not a description by OpenAPI: it has no version under "openapi"',
  ],
  ['har', '{"swagger": "2.0"}', 'is not a HAR file: it has no list of requests at log.entries'],
  [
    'openapi',
    'openapi: 3.0.0\npaths: { /a: { get: { responses: { "200": { content: { application/json: { schema: { $ref: "other.yaml#/A" } } } } } } } }',
    'References to other documents, such as "other.yaml#/A", are not followed: bundle them into one first.',
  ],
] as const)('says of a document by --%s what it lacks', async (option, text, expected) => {
  await expect(run({ [option]: 'x.yaml' }, { 'x.yaml': text })).rejects.toThrow(expected);
});
