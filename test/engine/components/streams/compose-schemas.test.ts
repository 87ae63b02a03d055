import { configure } from '../../../../engine/connector/connector.ts';
import { loadManifest } from '../../../../engine/connector/load-manifest.ts';
import { manifestOf } from '../../../kit/read-manifest.ts';

const stream = (schemas: string) => `
name: items
retriever:
  requester: { url: "https://api.test/items" }
  record_selector: { extractor: { field_path: [] } }
${schemas}
`;

async function schemaOf(yaml: string, files: Readonly<Record<string, string>> = {}) {
  const logs: string[] = [];
  const connector = configure(
    loadManifest({ name: 'x.yaml', text: manifestOf(yaml) }),
    {},
    {
      readFile: async (path) => files[path],
      log: (level, message) => void logs.push(`${level} ${message}`),
    },
  );
  const [definition] = await connector.streams();
  return { schema: await definition?.schema(), logs };
}

describe("a stream's schema", () => {
  it('of several loaders is that of the first that names a property', async () => {
    const { schema } = await schemaOf(
      stream(`schema_loader:
  - { type: InlineSchemaLoader, schema: { properties: { a: { type: string } } } }
  - { type: InlineSchemaLoader, schema: { properties: { a: { type: integer }, b: { type: integer } } } }`),
    );
    expect(schema).toEqual({
      $schema: 'http://json-schema.org/draft-07/schema#',
      type: ['null', 'object'],
      properties: { a: { type: 'string' }, b: { type: 'integer' } },
    });
  });

  it('without a loader is the file of its name', async () => {
    const files = { 'schemas/items.json': '{"type":"object"}', './schemas/items.json': '{"type":"object"}' };
    expect((await schemaOf(stream(''), files)).schema).toEqual({ type: 'object' });
  });

  it('without a loader and a file is open, which is said', async () => {
    const { schema, logs } = await schemaOf(stream(''));
    expect(schema).toEqual({});
    expect(logs).toEqual([expect.stringMatching(/^INFO Stream "items" has no schema/)]);
  });
});
