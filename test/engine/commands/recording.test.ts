import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { read } from '../../../engine/commands/read.ts';
import { replay } from '../../../engine/commands/recording/replay.ts';
import { test as runTests } from '../../../engine/commands/test/test.ts';
import { packageFiles } from '../../../engine/connector/package-files.ts';
import type { Fault } from '../../intercom-api/faults.ts';
import { defaultAccessToken } from '../../intercom-api/intercom.ts';
import { startIntercomApi } from '../../intercom-api/server.ts';
import { testEnvironment } from '../../kit/environment.ts';
import { type Answers, fakeClock, fakeTransport } from '../../kit/scope.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'manifold-recording-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const manifest = (path = '/items') => `version: 6.0.0
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
        url: https://api.test${path}
        request_parameters: { key: "{{ config['api_key'] }}", moment: "{{ now_utc().timestamp() | int }}" }
      record_selector: { type: RecordSelector, extractor: { type: DpathExtractor, field_path: [data] } }
      paginator:
        type: DefaultPaginator
        page_token_option: { type: RequestOption, inject_into: request_parameter, field_name: page }
        pagination_strategy: { type: PageIncrement, page_size: 1 }
      partition_router: { type: ListPartitionRouter, values: [a, b, c], cursor_field: letter }
spec:
  type: Spec
  connection_specification: { type: object, properties: { api_key: { type: string, airbyte_secret: true } } }
`;

function file(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

const catalogOf = (...names: string[]) => ({
  streams: names.map((name) => ({
    stream: { name, json_schema: {} },
    sync_mode: 'incremental',
    destination_sync_mode: 'append',
  })),
});

const canary = 'canary-s3cret/key';

async function logged(
  answers: Answers,
  written = manifest(),
  log = join(folder, 'sync.log'),
  signal?: AbortSignal,
) {
  const options = {
    config: file('config.json', { api_key: canary }),
    catalog: file('catalog.json', catalogOf('items')),
    manifestPath: file('manifest.yaml', written),
  };
  const environment = testEnvironment({
    transport: fakeTransport(answers),
    random: () => 0.3,
    clock: fakeClock(),
    ...(signal && { signal }),
  });
  const exitCode = await read({ ...options, logTo: log }, environment);
  const text = statSync(log).isFile() ? readFileSync(log, 'utf8') : '';
  return { log, options, exitCode, text, stdout: environment.written(), said: environment.said() };
}

/** Pages of one record, and a 500 once in the middle. */
function flaky(failures: number): Answers {
  let asked = 0;
  return () => {
    asked += 1;
    if (asked >= 4 && asked < 4 + failures) return { status: 500, body: { message: `no ${canary}` } };
    return { body: { data: asked > 8 ? [] : [{ id: asked, echo: canary }] } };
  };
}

test.each([
  ['that recovers', 2, 0],
  ['that fails', 100, 1],
])('a sync %s is replayed byte for byte, without its secret', async (_, failures, expected) => {
  const { log, text, stdout, exitCode } = await logged(flaky(failures));
  expect(exitCode).toBe(expected);
  expect(text).not.toContain(canary);
  expect(text).not.toContain(encodeURIComponent(canary));
  expect(text).not.toContain(Buffer.from(canary).toString('base64').slice(0, -2));
  expect(stdout).toContain('"RECORD"');
  const environment = testEnvironment();
  expect(await replay(log, {}, environment)).toBe(expected);
  // The API repeated the secret inside a record, which is the one thing that a log leaves out.
  expect(environment.written()).toBe(stdout.replaceAll(canary, '****'));
});

test('a replay tells of bytes that are the same', async () => {
  let asked = 0;
  const { log, stdout } = await logged(() => ({ body: { data: ++asked > 3 ? [] : [{ id: asked }] } }));
  const environment = testEnvironment();
  expect(await replay(log, {}, environment)).toBe(0);
  expect(environment.written()).toBe(stdout);
  expect(environment.said()).toBe(
    `The same ${Buffer.byteLength(stdout).toLocaleString('en')} bytes as then, exit code 0.\n`,
  );
});

test('a manifest that asks for something else is told what the log has', async () => {
  const { log } = await logged(() => ({ body: { data: [] } }));
  const environment = testEnvironment();
  const manifestPath = file('other.yaml', manifest('/things'));
  expect(await replay(log, { manifestPath }, environment)).toBe(1);
  expect(environment.written()).toContain('The log has no answer to GET https://api.test/things?');
  expect(environment.said()).toContain('Not as then');
});

test('a sync that failed becomes a test that passes', async () => {
  let asked = 0;
  // One request at a time, so that the waits before each, and with them its moment, are the same in the test.
  const { log, options } = await logged(
    () => (++asked > 2 ? { status: 500 } : { body: { data: [{ id: asked }] } }),
    `${manifest()}concurrency_level: { type: ConcurrencyLevel, default_concurrency: 1 }\n`,
  );
  const environment = testEnvironment();
  expect(await replay(log, { saveTest: 'fails midway' }, environment)).toBe(1);
  const file = join(folder, 'manifest.test.yaml');
  expect(environment.said()).toContain(`The test "fails midway" is in ${file}`);
  const text = readFileSync(file, 'utf8');
  expect(text).toContain('status: INCOMPLETE');
  expect(text).not.toContain(canary);
  const tested = testEnvironment();
  await runTests([options.manifestPath], {}, tested);
  expect(tested.written()).toContain('recorded   1 passed');
});

test('what is no log is told', async () => {
  const path = file('x.log', '{"kind":"begin"}\n');
  await expect(replay(path, {}, testEnvironment())).rejects.toThrow(/x\.log:1 is no line of a log/);
});

test('a log of a later format is told, and half a line only at its end', async () => {
  const begin = {
    kind: 'begin',
    format: 1,
    version: '9.9.9',
    config: {},
    catalog: { streams: [] },
    logLevel: 'INFO',
    isReadByPerson: false,
    now: 0,
    seed: 1,
  };
  const run = (text: string) =>
    replay(file('log', text), { manifestPath: file('m.yaml', manifest()) }, testEnvironment());
  await expect(run(JSON.stringify({ ...begin, format: 2 }))).rejects.toThrow(
    /has the format 2, as manifold 9\.9\.9 writes it, and this manifold reads format 1/,
  );
  await expect(
    run(`${JSON.stringify(begin)}\n{"kind":"exch\n{"kind":"sleep","now":1,"ms":1}\n`),
  ).rejects.toThrow(/log:2 is no line of a log/);
  expect(await run(`${JSON.stringify(begin)}\n{"kind":"exch`)).toBe(0);
});

test('Intercom with a failure in the middle, several streams at once', async () => {
  const faults: Fault[] = [
    { kind: 'status', code: 500, match: { path: /contacts\/search/, nth: 3 } },
    { kind: 'status', code: 500, match: { path: /companies/, nth: 1 } },
    { kind: 'status', code: 403, match: { path: '/tags' } },
  ];
  const api = await startIntercomApi({ log: false, faults });
  const files = packageFiles(process.cwd());
  const bundled = {
    bundledManifest: 'manifests/intercom.yaml',
    bundledHooks: files.hooks,
    bundledSchema: files.schema,
  };
  try {
    const log = join(folder, 'intercom.log');
    const config = file('config.json', {
      access_token: defaultAccessToken,
      start_date: '2025-06-01T00:00:00Z',
      base_url: api.url,
    });
    const catalog = file('catalog.json', catalogOf('contacts', 'tags', 'companies'));
    // Waits are skipped; everything else is the real thing, over HTTP.
    const now = Date.now();
    const clock = { now: () => now, sleep: async () => {} };
    const environment = testEnvironment({ ...bundled, clock });
    expect(await read({ config, catalog, logTo: log }, environment)).toBe(1);
    const again = testEnvironment(bundled);
    expect(await replay(log, {}, again)).toBe(1);
    expect(again.written()).toBe(environment.written());
    expect(again.said()).toContain('The same');
    expect(readFileSync(log, 'utf8')).not.toContain(defaultAccessToken);
  } finally {
    await api.close();
  }
});

test('a log that comes in, and one that is cut, of which no test can be made', async () => {
  let asked = 0;
  const { log, stdout, options } = await logged(() => ({
    body: { data: ++asked > 3 ? [] : [{ id: asked }] },
  }));
  const text = readFileSync(log, 'utf8');
  const environment = testEnvironment({ stdin: Readable.from([Buffer.from(text)]) });
  expect(await replay('-', {}, environment)).toBe(0);
  expect(environment.written()).toBe(stdout);
  const cut = file('cut.log', text.slice(0, text.length * 0.6));
  const saving = replay(cut, { saveTest: 'cut', manifestPath: options.manifestPath }, testEnvironment());
  await expect(saving).rejects.toThrow(
    'The test "cut" was not written: the log ends before its sync did, so nobody knows what the test should expect.',
  );
});

test.each([
  ['token', { session: { token: 'SESS-0123-abcdef' } }, ['session', 'token']],
  ['a name of its own', { ticket: 'SESS-0123-abcdef', refresh_token: 'SESS-9' }, ['ticket']],
])('what a login answers is not in the log, be it called %s, and page tokens are', async (_, body, path) => {
  const login = {
    type: 'SessionTokenAuthenticator',
    login_requester: { type: 'HttpRequester', url: 'https://api.test/login' },
    session_token_path: path,
    expiration_duration: 'P1D',
    request_authentication: {
      type: 'ApiKey',
      inject_into: { type: 'RequestOption', inject_into: 'request_parameter', field_name: 'session' },
    },
  };
  const written = manifest().replace(
    /\n +request_parameters.*/,
    `\n        authenticator: ${JSON.stringify(login)}`,
  );
  const { log, text, stdout, exitCode } = await logged(({ url }) => {
    if (url.pathname === '/login') return { body };
    const page = Number(url.searchParams.get('page') ?? 0);
    return {
      body: {
        data: page > 1 ? [] : [{ id: page }],
        next_page_token: 'page-token-77',
        token: 'page-token-88',
      },
    };
  }, written);
  expect(exitCode).toBe(0);
  expect(text).not.toContain('SESS');
  expect(text).toMatch(/page-token-77.*page-token-88/);
  const environment = testEnvironment();
  expect(await replay(log, {}, environment)).toBe(0);
  expect(environment.written()).toBe(stdout);
});

// A device whose every write fails as on a full disk.
(existsSync('/dev/full') ? test : test.skip)(
  'a sync goes on without a log that cannot be written',
  async () => {
    const { exitCode, stdout, said } = await logged(flaky(0), manifest(), '/dev/full');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('"COMPLETE"');
    expect(said).toMatch(/^The log \/dev\/full ends early: ENOSPC.* The sync went on without it\.$/m);
  },
);

test('only its owner reads a log, also one that was there', async () => {
  const path = file('sync.log', 'old');
  chmodSync(path, 0o644);
  const { text } = await logged(flaky(0), manifest(), path);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(text).toMatch(/^{"kind":"begin"/);
});

test('a sync that is stopped has a log without an end', async () => {
  const stop = new AbortController();
  let asked = 0;
  const stopping: Answers = () => {
    asked += 1;
    if (asked === 3) stop.abort();
    return { body: { data: [{ id: asked }] } };
  };
  const { text, log } = await logged(stopping, manifest(), undefined, stop.signal);
  expect(text).not.toContain('"kind":"end"');
  const environment = testEnvironment();
  await replay(log, {}, environment);
  expect(environment.said()).toContain(
    'The log has no end, so nobody knows what the sync would have written.',
  );
});
