import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { stringify } from 'yaml';
import { runProgram } from '../../bin/program.ts';
import { printThrown } from '../../engine/error/print-location.ts';
import { createRedactor } from '../../engine/http/wire/redact.ts';
import { errorTrace } from '../../engine/protocol/trace.ts';
import { toLine } from '../../engine/protocol/write.ts';
import { testEnvironment } from '../kit/environment.ts';
import { type FaultyApi, faultNames, manifestOf, startFaultyApi } from './faulty-api.ts';
import { everyWriting, leakIn, secrets, write, writingNames } from './writings.ts';

const started = process.cwd();
const manifold = resolve('dist/bin/manifold.js');

describe.each(Object.entries(secrets))('%s', (_field, secret) => {
  const redactor = createRedactor([secret]);
  test.each(writingNames)('is hidden as %s', (name) => {
    const written = `before ${write(name, secret)} after`;
    expect(leakIn(written)).toMatch(/^(?:in Base64: )?"before /);
    expect(leakIn(redactor.text(written))).toBeUndefined();
  });
  test('is hidden where it is cut', () => {
    for (let length = 4; length < secret.length; length++)
      expect(leakIn(redactor.text(`before ${secret.slice(0, length)}… after`))).toBeUndefined();
  });
});

let api: FaultyApi;
let folder: string;

beforeAll(async () => {
  api = await startFaultyApi();
  folder = await mkdtemp(join(tmpdir(), 'manifold-canary-'));
  const manifest = manifestOf(api.url);
  const streams = manifest.streams.map(({ name }) => ({
    stream: { name, json_schema: {}, supported_sync_modes: ['full_refresh', 'incremental'] },
    sync_mode: 'incremental',
    destination_sync_mode: 'append',
  }));
  await Promise.all([
    writeFile(join(folder, 'm.yaml'), stringify(manifest)),
    writeFile(join(folder, 'c.json'), JSON.stringify(secrets)),
    writeFile(join(folder, 'catalog.json'), JSON.stringify({ streams })),
    writeFile(join(folder, 'x.har'), JSON.stringify(browsed())),
  ]);
  process.chdir(folder);
});

/** What a browser saves of a page that asks with secrets in every place: path, parameters, headers, cookies, bodies. */
function browsed(): unknown {
  const token = secrets.api_key;
  const list = (name: string, body?: unknown) => ({
    request: {
      method: body === undefined ? 'GET' : 'POST',
      url: `https://api.test/v1/${name}?api_key=${encodeURIComponent(token)}&page=1`,
      headers: [
        { name: 'Authorization', value: `Bearer ${token}` },
        { name: 'Cookie', value: `session=${encodeURIComponent(token)}` },
        { name: 'X-Api-Key', value: token },
        { name: 'Content-Type', value: 'application/json' },
      ],
      queryString: [
        { name: 'api_key', value: token },
        { name: 'page', value: '1' },
      ],
      cookies: [{ name: 'session', value: token }],
      ...(body !== undefined && {
        postData: { mimeType: 'application/json', text: JSON.stringify(body) },
      }),
    },
    response: {
      status: 200,
      headers: [{ name: 'Set-Cookie', value: `session=${encodeURIComponent(token)}` }],
      content: {
        mimeType: 'application/json',
        text: JSON.stringify({
          data: [{ id: 1, token }],
          next: `/v1/${name}?api_key=${encodeURIComponent(token)}`,
        }),
      },
    },
  });
  return {
    log: {
      version: '1.2',
      entries: [
        list('items'),
        list('things/search', { password: secrets.password, api_key: token, filter: { a: 1 } }),
        list('graphql', { query: 'query { items { id } }', variables: { token } }),
      ],
    },
  };
}

afterAll(async () => {
  process.chdir(started);
  await api.close();
  await rm(folder, { recursive: true });
});

/** What a command says, on both ways, in a process of its own. */
async function saidAlone(args: readonly string[], input = ''): Promise<string> {
  const child = spawn(process.execPath, [manifold, ...args], { env: { ...process.env, ...variables() } });
  const said: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => said.push(chunk));
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  await new Promise((done) => child.once('close', done));
  return Buffer.concat(said).toString();
}

/** The config in each place that configs come from. */
const variables = () => ({
  MANIFOLD_CONFIG: join(folder, 'c.json'),
  XDG_CACHE_HOME: join(folder, 'cache'),
  CI: '',
});

/** The same in this process, where a start costs nothing and waits are short. */
async function saidBy(args: readonly string[]): Promise<string> {
  const environment = testEnvironment({ env: variables() });
  try {
    await runProgram(args, environment);
  } catch (error) {
    environment.writeError(`${printThrown(error)}\n${toLine(errorTrace(error, 0))}`);
  }
  return `${environment.written()}\n${environment.said()}`;
}

/** Data is what the API said, and stays as it is. */
const withoutRecords = (said: string) =>
  said
    .split('\n')
    .filter((line) => !/^\{"type":"(?:RECORD|STATE)"/.test(line))
    .join('\n');

const read = ['--manifest-path', 'm.yaml', '--config', 'c.json'];
const readAll = ['read', ...read, '--catalog', 'catalog.json'];

/** Each command with all that it could say a secret in. */
const commands: Readonly<Record<string, readonly string[]>> = {
  spec: ['spec', '--manifest-path', 'm.yaml'],
  validate: ['validate', 'm.yaml'],
  lsp: ['lsp'],
  check: ['check', ...read],
  'check --debug': ['check', ...read, '--debug'],
  discover: ['discover', ...read],
  read: readAll,
  'read --debug': [...readAll, '--debug'],
  'read --log-to': [...readAll, '--log-to', 'read.log'],
  replay: ['replay', 'read.log'],
  sync: ['sync', ...read, '--to', 'out'],
  'sync --json': ['sync', ...read, '--to', 'out2', '--json'],
  explain: ['explain', 'm.yaml', '-c', 'c.json'],
  estimate: ['estimate', 'm.yaml', '-c', 'c.json'],
  simulate: ['simulate', 'm.yaml', '-c', 'c.json', '--check'],
  diff: ['diff', 'm.yaml', 'm.yaml', '-c', 'c.json'],
  'eval, plain': [
    'eval',
    "{{ config['api_key'] }}",
    '--at',
    'forbidden.requester.path',
    '-m',
    'm.yaml',
    '-c',
    'c.json',
  ],
  'eval, all': ['eval', 'm.yaml', '{{ config }}', '--at', 'forbidden.requester.path', '-c', 'c.json'],
  'eval, Base64': [
    'eval',
    "{{ ('someone:' ~ config['password']) | base64encode }}",
    '--at',
    'forbidden.requester.path',
    '-m',
    'm.yaml',
    '-c',
    'c.json',
  ],
  ...Object.fromEntries(
    ['live_oauth', 'live_session', 'jwt'].flatMap((stream) => [
      [
        `eval, ${stream} that fails`,
        [
          'eval',
          'm.yaml',
          '{{ response }}',
          '--at',
          `${stream}.record_selector.extractor.field_path`,
          '-c',
          'c.json',
        ],
      ],
      [`preview --json of ${stream}`, ['preview', 'm.yaml', stream, '-c', 'c.json', '--json']],
      [`preview --record of ${stream}`, ['preview', 'm.yaml', stream, '-c', 'c.json', '--record', 'fx']],
      [`why ${stream}`, ['why', 'm.yaml', stream, 'id=1', '-c', 'c.json']],
    ]),
  ),
  why: ['why', 'm.yaml', 'bad_date', 'id=1', '-c', 'c.json'],
  init: [
    'init',
    'x',
    '--curl',
    `curl -H "Authorization: Bearer ${write('base64', secrets.api_key)}" ${'http://127.0.0.1:9/v1/items'}`,
    '--out',
    '-',
  ],
  'init --har': ['init', 'y', '--har', 'x.har', '--out', '-'],
};

/** What is said where a process begins and ends, and by threads. */
const alone = ['lsp', 'check --debug', 'read --debug', 'sync'];

test.each(Object.entries(commands))('%s says no secret', async (name, args) => {
  const said = await (alone.includes(name) ? saidAlone : saidBy)(args);
  expect(leakIn(withoutRecords(said))).toBeUndefined();
});

const previewed = [
  ...faultNames,
  'basic',
  'bearer',
  'oauth',
  'session',
  'live_oauth',
  'live_session',
  'jwt',
  'user_in_url',
  'in_path',
  'bad_template',
  'bad_number',
];

test.each(previewed)('preview of %s says no secret, nor does the test that it saves', async (stream) => {
  const args = ['preview', 'm.yaml', stream, '-c', 'c.json', '--save-test', 'a'];
  expect(leakIn(await saidBy(args))).toBeUndefined();
});

test.each([['--json'], ['--curl', '1'], ['--record', 'fixtures'], ['--select', '$..*']])(
  'preview %s says no secret',
  async (...args) => {
    const said = await saidBy(['preview', 'm.yaml', 'basic', '-c', 'c.json', ...args]);
    expect(said).not.toBe('');
    expect(leakIn(said)).toBeUndefined();
  },
);

test('a test that is made of a log says no secret', async () => {
  await saidBy([...readAll, '--log-to', 'again.log']);
  const args = ['replay', 'again.log', '--manifest-path', 'm.yaml', '--save-test', 'b', '--stream', 'basic'];
  expect(leakIn(withoutRecords(await saidBy(args)))).toBeUndefined();
});

test('test says no secret, and no file that was written holds one', async () => {
  const reports = [
    '--junit',
    'j.xml',
    '--json',
    't.json',
    '--sarif',
    's.sarif',
    '--lcov',
    'l.info',
    '--github',
  ];
  expect(leakIn(await saidAlone(['test', 'm.yaml', '--verbose', ...reports]))).toBeUndefined();
  expect(await saidAlone(['test', 'm.yaml'])).toContain('kept from an earlier run');
  expect(leakIn(await saidAlone(['test', 'm.yaml', '--mutate', '--budget', '1']))).toBeUndefined();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const name = relative(folder, path);
    if (!entry.isFile() || ['c.json', 'x.har'].includes(name) || name.startsWith('out')) continue;
    expect([name, leakIn(await readFile(path, 'utf8'))]).toEqual([name, undefined]);
  }
});

test('serve answers no secret', async () => {
  const server = spawn(process.execPath, [manifold, 'serve', '--port', '0'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  try {
    const url = await new Promise<string>((done) =>
      server.stderr.on('data', (chunk) => {
        said += chunk;
        const found = /http:\S+/.exec(said)?.[0];
        if (found !== undefined) done(found);
      }),
    );
    const manifest = manifestOf(api.url);
    const ask = async (path: string, body: object) => {
      const answer = await fetch(`${url}/v1/manifest/${path}`, {
        method: 'POST',
        body: JSON.stringify({ manifest, config: secrets, ...body }),
      });
      // Records are data.
      const said = JSON.stringify(await answer.json(), (name, value) => (name === 'records' ? [] : value));
      expect([path, leakIn(said)]).toEqual([path, undefined]);
    };
    for (const path of ['check', 'discover', 'resolve', 'full_resolve']) await ask(path, {});
    for (const { name } of manifest.streams) await ask('test_read', { stream_name: name });
    expect(leakIn(said)).toBeUndefined();
  } finally {
    server.kill();
    await new Promise((done) => server.once('close', done));
  }
});

test('what is looked for would be found', () => {
  expect(leakIn(everyWriting())).toMatch(/^"c4naK3y/);
});
