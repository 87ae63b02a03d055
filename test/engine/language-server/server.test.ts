import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { copyPackage } from '../../kit/copy-package.ts';
import { type LanguageClient, startLanguageClient } from '../../kit/language-client.ts';
import { manifestWith } from './marked.ts';

const uri = 'file:///shop.yaml';
const retriever = `type: SimpleRetriever
requester: { $ref: "#/definitions/base", path: "/orders" }
record_selector: { type: RecordSelector, extractor: { type: DpathExtractor, field_path: [] } }`;

let folder: string;
let client: LanguageClient;

beforeAll(async () => {
  folder = await copyPackage();
  client = await startLanguageClient([
    process.execPath,
    join(folder, 'dist/bin/manifold.js'),
    'lsp',
    '--stdio',
  ]);
});

afterAll(async () => {
  await client.close();
  await rm(folder, { recursive: true });
});

/** Line and character of a text in a document. */
function positionOf(document: string, text: string, further = 0) {
  const before = document.slice(0, document.indexOf(text) + further).split('\n');
  return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
}

test('a manifest without a mistake has no findings', async () => {
  expect(await client.open(uri, manifestWith(retriever))).toEqual([]);
});

test('mistakes come at their places, and go when they are mended', async () => {
  const text = manifestWith(retriever.replace('record_selector', 'record_selektor'));
  const found = await client.open(uri, text);
  expect(found.map(({ message }) => message)).toEqual(
    expect.arrayContaining([expect.stringContaining('"record_selektor"')]),
  );
  const misspelt = found.find(({ message }) => message.includes('"record_selektor"'));
  expect(misspelt?.range.start).toEqual(positionOf(text, 'record_selektor'));

  const actions = await client.request<readonly { title: string; edit: object }[]>(
    'textDocument/codeAction',
    {
      textDocument: { uri },
      range: misspelt?.range,
      context: { diagnostics: [misspelt] },
    },
  );
  expect(actions[0]?.title).toBe('Change to "record_selector"');

  const start = positionOf(text, 'record_selektor');
  const mended = client.nextFindings(uri);
  client.notify('textDocument/didChange', {
    textDocument: { uri, version: 2 },
    contentChanges: [
      {
        range: { start, end: { ...start, character: start.character + 'record_selektor'.length } },
        text: 'record_selector',
      },
    ],
  });
  expect(await mended).toEqual([]);
});

test('YAML that cannot be read is a finding too', async () => {
  const found = await client.open(uri, 'version: 6.0.0\nstreams: [\n');
  expect(found).toHaveLength(1);
});

test('a schema file that has come is seen as soon as the editor tells of it', async () => {
  const own = pathToFileURL(join(folder, 'own.yaml')).href;
  const inline = '{ type: InlineSchemaLoader, schema: {} }';
  const text = manifestWith(retriever).replace(
    inline,
    '{ type: JsonFileSchemaLoader, file_path: ./orders.json }',
  );
  const messages = (await client.open(own, text)).map(({ message }) => message);
  expect(messages).toContain('There is no schema file "orders.json".');
  await writeFile(join(folder, 'orders.json'), '{"type":"object"}');
  const next = client.nextFindings(own);
  client.notify('workspace/didChangeWatchedFiles', { changes: [] });
  expect(await next).toEqual([]);
});

test('completion, hover', async () => {
  expect(await client.complete(uri, manifestWith(`${retriever}\n|`))).toContain('paginator');
  expect(
    await client.hover(uri, manifestWith(retriever.replace('SimpleRetriever', 'Simple|Retriever'))),
  ).toContain('Reads a slice');
});

test('definition, references, rename', async () => {
  const text = manifestWith(retriever);
  await client.open(uri, text);
  const here = { textDocument: { uri }, position: positionOf(text, '#/definitions/base', 15) };
  expect(await client.request('textDocument/definition', here)).toMatchObject({
    range: { start: positionOf(text, 'base:') },
  });
  const references = await client.request<readonly object[]>('textDocument/references', {
    ...here,
    context: { includeDeclaration: true },
  });
  expect(references).toHaveLength(2);
  const renamed = await client.request<{ changes: Record<string, readonly { newText: string }[]> }>(
    'textDocument/rename',
    { ...here, newName: 'api' },
  );
  expect(renamed.changes[uri]).toHaveLength(2);
});

test('tokens and lenses', async () => {
  const text = manifestWith(retriever.replace('/orders', '/{{ config.api_key }}'));
  await client.open(uri, text);
  const tokens = await client.request<{ data: readonly number[] }>('textDocument/semanticTokens/full', {
    textDocument: { uri },
  });
  expect(tokens.data.length / 5).toBe(4);
  const lenses = await client.request<readonly { command: { arguments: readonly string[] } }[]>(
    'textDocument/codeLens',
    { textDocument: { uri } },
  );
  expect(lenses.map(({ command }) => command.arguments)).toEqual([
    [uri, 'orders'],
    [uri, 'orders'],
  ]);
});

test('inlay hints of the lines that are shown', async () => {
  const text = manifestWith(retriever);
  await client.open(uri, text);
  const hintsIn = (start: object, end: object) =>
    client.request<readonly object[]>('textDocument/inlayHint', {
      textDocument: { uri },
      range: { start, end },
    });
  const stream = positionOf(text, '- type: DeclarativeStream');
  const end = { line: stream.line + 1, character: 0 };
  expect(await hintsIn(stream, end)).toMatchObject([
    { label: 'a request', position: { line: stream.line, character: stream.character + 25 } },
  ]);
  expect(await hintsIn({ line: 0, character: 0 }, { line: 1, character: 0 })).toEqual([]);
});

test('a manifest of thousands of lines', async () => {
  const text = await readFile('manifests/intercom.yaml', 'utf8');
  const large = `file://${join(process.cwd(), 'manifests/intercom.yaml')}`;
  expect(await client.open(large, text)).toEqual([]);
  const typing = text.replace('\nstreams:\n', '\nsch\nstreams:\n');
  await client.open(large, typing);
  const list = await client.request<{ items: readonly { label: string }[] }>('textDocument/completion', {
    textDocument: { uri: large },
    position: positionOf(typing, '\nsch\n', 4),
  });
  expect(list.items.map(({ label }) => label)).toEqual(expect.arrayContaining(['api_budget', 'schemas']));
});
