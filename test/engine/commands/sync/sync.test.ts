import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type SyncOptions, sync } from '../../../../engine/commands/sync/sync.ts';
import { testEnvironment } from '../../../kit/environment.ts';
import { type Answers, fakeTransport } from '../../../kit/scope.ts';
import { answers, apiKey, manifest } from '../../../protocol/manifests.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sync-'));
  await writeFile(join(folder, 'config.json'), JSON.stringify({ api_key: apiKey }));
  await writeFile(join(folder, 'manifest.yaml'), JSON.stringify(manifest));
});
afterEach(() => rm(folder, { recursive: true }));

async function run(options: SyncOptions = {}, api: Answers = answers) {
  const transport = fakeTransport(api);
  const environment = testEnvironment({ transport });
  const exitCode = await sync(
    {
      config: join(folder, 'config.json'),
      manifestPath: join(folder, 'manifest.yaml'),
      out: join(folder, 'out'),
      ...options,
    },
    environment,
  );
  return {
    exitCode,
    table: environment.written(),
    said: environment.said(),
    requests: transport.requests.length,
  };
}

async function linesOf(stream: string): Promise<string[]> {
  return (await readFile(join(folder, 'out', `${stream}.jsonl`), 'utf8')).trimEnd().split('\n');
}

describe('sync', () => {
  it('says what it waits for', async () => {
    let refused = 0;
    const busy: Answers = async (request) => {
      const again = request.url.pathname === '/items' && refused++ === 0;
      return again ? { status: 503 } : typeof answers === 'function' ? answers(request) : {};
    };
    const { said, exitCode } = await run({ streams: ['items'] }, busy);
    expect(said).toMatch(
      /^INFO GET https:\/\/api\.test\/items\S* answered 503; trying again in \d+ seconds?\.$/m,
    );
    expect(exitCode).toBe(0);
  });

  it('needs no config of a manifest that asks for nothing', async () => {
    const text = `version: 7.0.0
check: { stream_names: [todos] }
streams:
  - name: todos
    retriever:
      requester: { url: https://api.test/todos }
      record_selector: { extractor: { field_path: [] } }
`;
    const path = join(folder, 'todos.yaml');
    const out = join(folder, 'out');
    async function synced(): Promise<number> {
      const environment = testEnvironment({ transport: fakeTransport(() => ({ body: [{ id: 1 }] })) });
      return sync({ manifestPath: path, out }, environment);
    }
    await writeFile(path, text);
    expect(await synced()).toBe(0);
    expect(await linesOf('todos')).toEqual(['{"id":1}']);
    // Whether this one does is not known.
    await writeFile(path, text.replace('https://api.test/todos', `"https://api.test/{{ config['what'] }}"`));
    await expect(synced()).rejects.toThrow(/^No config given\. /);
  });

  it('tells of every request when asked to', async () => {
    expect((await run({})).said).not.toContain('DEBUG');
    expect((await run({ debug: true })).said).toMatch(
      /^DEBUG GET https:\/\/api\.test\/\S+ answered 200 for stream "\w+"\.$/m,
    );
  });

  it('writes a file for each stream, and a table of what it did', async () => {
    const { exitCode, table } = await run({ streams: ['items', 'parents'] });
    expect(exitCode).toBe(0);
    expect(await linesOf('items')).toHaveLength(8);
    expect(await linesOf('parents')).toEqual(['{"id":1}', '{"id":2}', '{"id":3}']);
    expect((await readdir(join(folder, 'out'))).filter((name) => !name.startsWith('.')).sort()).toEqual([
      'items.jsonl',
      'parents.jsonl',
      'state.json',
    ]);
    expect(table).toMatch(/^items +8 +4 /m);
  });

  it('goes on where it ended, and appends', async () => {
    const first = await run({ streams: ['changes'] });
    const lines = await linesOf('changes');
    const second = await run({ streams: ['changes'] });
    expect([first.requests, second.requests]).toEqual([12, 8]);
    expect((await linesOf('changes')).slice(0, lines.length)).toEqual(lines);
  });

  it('says what failed, without secrets, and keeps what did not', async () => {
    const { exitCode, said } = await run({ streams: ['broken', 'items'] });
    expect(exitCode).toBe(1);
    expect(said).toMatch(/broken/);
    expect(said).toContain('It broke for ****');
    expect(await linesOf('items')).toHaveLength(8);
    expect(await readdir(join(folder, 'out'))).not.toContain('broken.jsonl');
  });

  it('reads nothing when one of the streams does not exist', async () => {
    await expect(run({ streams: ['items', 'itms'] })).rejects.toThrow(
      'There is no stream "itms". Did you mean "items"?',
    );
    await expect(readdir(join(folder, 'out'))).rejects.toThrow('ENOENT');
  });

  it('reads everything again when asked to', async () => {
    const first = await run({ streams: ['changes'] });
    const lines = await linesOf('changes');
    const again = await run({ streams: ['changes'], fullRefresh: true });
    expect(again.requests).toBe(first.requests);
    expect(again.said).toContain('Every stream is read from the beginning, as --full-refresh asks.');
    expect((await linesOf('changes')).sort()).toEqual(lines.sort());
  });

  it('refuses to replace everything by what came since a date', async () => {
    await expect(run({ since: '30d', fullRefresh: true })).rejects.toThrow(
      /^--full-refresh reads everything .* Give one of them\.$/,
    );
  });

  it('says which streams there are no more', async () => {
    await run({ streams: ['changes'] });
    const changed = JSON.stringify(manifest).replaceAll('"name":"changes"', '"name":"news"');
    await writeFile(join(folder, 'manifest.yaml'), changed);
    const { said } = await run({ streams: ['news'] });
    expect(said).toContain(
      'INFO The connector has no stream "changes" any more: what was read of it stays as it is.\n',
    );
    expect(await linesOf('changes')).not.toEqual([]);
  });

  it('keeps the records of two connections apart', async () => {
    await run({ streams: ['changes'] });
    await writeFile(join(folder, 'other.json'), JSON.stringify({ api_key: apiKey, region: 'eu' }));
    await expect(run({ streams: ['changes'], config: join(folder, 'other.json') })).rejects.toThrow(
      'holds what was read by the connector "manifest" with another config.',
    );
  });

  it('does not begin with a config that does not fit', async () => {
    await writeFile(join(folder, 'config.json'), '{}');
    await expect(run()).rejects.toThrow(/api_key/);
  });
});
