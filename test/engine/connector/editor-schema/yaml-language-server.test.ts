import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type LanguageClient, startLanguageClient } from '../../../kit/language-client.ts';

// What people see who install nothing but the YAML extension of their editor.

let client: LanguageClient;

beforeAll(async () => {
  const schema = pathToFileURL(resolve('schemas/manifest.schema.json')).href;
  client = await startLanguageClient(
    [process.execPath, 'node_modules/yaml-language-server/bin/yaml-language-server', '--stdio'],
    {
      yaml: {
        validate: true,
        hover: true,
        completion: true,
        schemaStore: { enable: false },
        schemas: { [schema]: '*' },
      },
    },
  );
});

afterAll(() => client.close());

let documents = 0;
function uri(): string {
  documents += 1;
  return `file:///manifest-${documents}.yaml`;
}

async function findings(text: string): Promise<readonly string[]> {
  const found = await client.open(uri(), text);
  return found.map(({ message, range }) => `${range.start.line + 1}: ${message}`);
}

/** A manifest with one stream, whose retriever begins at line 7. */
function withRetriever(retriever: string): string {
  return `version: 7.0.0
type: DeclarativeSource
check: { type: CheckStream, stream_names: [users] }
streams:
  - type: DeclarativeStream
    name: users
    retriever:
${retriever}`;
}

const requester = 'requester: { type: HttpRequester, url_base: "https://api.test" }';
const selector =
  'record_selector: { type: RecordSelector, extractor: { type: DpathExtractor, field_path: [] } }';

describe('an editor with the YAML language server', () => {
  it('is content with a right manifest', async () => {
    expect(
      await findings(withRetriever(`      type: SimpleRetriever\n      ${requester}\n      ${selector}\n`)),
    ).toEqual([]);
  });

  it('shows misspelt fields and types where they stand', async () => {
    const misspelt = `      type: SimpleRetriever\n      ${requester}\n      record_selecter: {}\n      ${selector}\n`;
    expect(await findings(withRetriever(misspelt))).toEqual(['10: Property record_selecter is not allowed.']);
    expect(await findings(withRetriever('      type: SimpleRetreiver\n'))).toEqual([
      '8: Value is not accepted. Valid values: "AsyncRetriever", "SimpleRetriever", "CustomRetriever".',
    ]);
  });

  it('misses fields that are needed', async () => {
    expect(await findings(withRetriever(`      type: SimpleRetriever\n      ${requester}\n`))).toEqual([
      '7: Missing property "record_selector".',
    ]);
  });

  it('completes the types of a slot and the fields of a type', async () => {
    expect(await client.complete(uri(), withRetriever('      type: |\n'))).toEqual([
      'AsyncRetriever',
      'SimpleRetriever',
      'CustomRetriever',
    ]);
    const fields = await client.complete(uri(), withRetriever('      type: SimpleRetriever\n      |\n'));
    expect(fields).toEqual(expect.arrayContaining(['requester', 'record_selector', 'paginator']));
    expect(fields).not.toContain('polling_requester');
  });

  it('says what a component does', async () => {
    const hovered = `      type: SimpleRetriever\n      record_sel|ector: { type: RecordSelector }\n`;
    expect(await client.hover(uri(), withRetriever(hovered))).toContain(
      'Turns a response into records: extracts, filters, transforms and casts them.',
    );
  });

  it('knows parts under "definitions" by their type, in folders too', async () => {
    const definitions = (part: string) => `version: 7.0.0\ndefinitions:\n  parts:\n    one:\n${part}`;
    expect(await client.complete(uri(), definitions('      type: HttpReque|\n'))).toContain('HttpRequester');
    expect(await client.complete(uri(), definitions('      type: HttpRequester\n      |\n'))).toContain(
      'url_base',
    );
    expect(await findings(definitions('      type: HttpRequester\n      url_bsae: x\n'))).toContain(
      '6: Property url_bsae is not allowed.',
    );
  });
});
