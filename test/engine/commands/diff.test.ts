import { execFileSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { diff } from '../../../engine/commands/diff.ts';
import { manifestPathOf } from '../../../engine/commands/given-manifest.ts';
import { testEnvironment } from '../../kit/environment.ts';

const manifest = (field: string) => `version: 6.0.0
type: DeclarativeSource
check: { type: CheckStream, stream_names: [items] }
streams:
  - type: DeclarativeStream
    name: items
    primary_key: id
    retriever:
      type: SimpleRetriever
      requester:
        type: HttpRequester
        url: https://shop.test/items
        request_parameters: { key: "{{ config['key'] }}", view: ${field} }
      record_selector: { type: RecordSelector, extractor: { type: DpathExtractor, field_path: [data] } }
    schema_loader: { type: InlineSchemaLoader, schema: { type: object, properties: { id: { type: string }, ${field}: { type: string } } } }
spec:
  type: Spec
  connection_specification:
    type: object
    properties: { key: { type: string, airbyte_secret: true } }
`;

let folder: string;
let path: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'manifold-diff-')));
  path = join(folder, 'shop.yaml');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function git(...args: readonly string[]): void {
  const who = ['-c', 'user.name=Ada', '-c', 'user.email=ada@shop.test', '-c', 'commit.gpgsign=false'];
  execFileSync('git', ['-C', folder, ...who, ...args], { stdio: 'ignore' });
}

function commit(text: string, tag: string): void {
  writeFileSync(path, text);
  git('add', '.');
  git('commit', '-m', tag);
  git('tag', tag);
}

async function compared(before: string, after: string, options = {}) {
  const environment = testEnvironment();
  const exitCode = await diff(before, after, options, environment);
  return { exitCode, out: environment.written() };
}

describe('in a repository', () => {
  beforeEach(() => {
    git('init');
    commit(manifest('size'), 'v1');
    commit(manifest('colour'), 'v2');
  });

  it('a commit is compared with the file as it is', async () => {
    const { exitCode, out } = await compared('git:v1', path);
    expect(exitCode).toBe(1);
    expect(out).toContain('✗ breaking  items  schema: the field "size" is gone');
    expect((await compared('git:v2', path)).out).toBe('= same      items\n\nNo difference.\n');
  });

  it('two commits are compared, once somebody says of which file', async () => {
    const { exitCode, out } = await compared(`git:v2:${path}`, 'git:v1');
    expect(exitCode).toBe(1);
    expect(out).toContain('✗ breaking  items  schema: the field "colour" is gone');
  });

  it('the only manifest of the folder is meant where nobody says which', async () => {
    writeFileSync(join(folder, 'other.yaml'), 'jobs: 1\n');
    writeFileSync(join(folder, 'shop.test.yaml'), 'streams:\n');
    expect(await manifestPathOf(['git:v1', 'git:HEAD'], folder)).toBe(path);
    writeFileSync(join(folder, 'second.yaml'), manifest('size'));
    await expect(manifestPathOf(['git:v1', 'git:HEAD'], folder)).rejects.toThrow(
      'Which manifest is meant? Write git:REF:PATH, as this folder has second.yaml, shop.yaml.',
    );
  });

  it('a file that was never there is not said to have come later', async () => {
    const missing = join(folder, 'nope.yaml');
    await expect(compared('git:v1', missing)).rejects.toThrow('no such file');
    await expect(compared(`git:v1:${missing}`, path)).rejects.toThrow(`There was no ${missing} at v1.`);
  });
});

it('shows no secret of the config', async () => {
  const other = join(folder, 'other.yaml');
  const config = join(folder, 'config.json');
  writeFileSync(path, manifest('size'));
  writeFileSync(other, manifest('size').replace('/items', '/articles'));
  writeFileSync(config, '{"key":"CANARY-5x81"}');
  const { exitCode, out } = await compared(path, other, { config });
  expect(exitCode).toBe(0);
  expect(out).toContain(
    'it asks elsewhere: it asked GET https://shop.test/items?key=****&view=size, and asks',
  );
  expect(out).not.toContain('CANARY');
});
