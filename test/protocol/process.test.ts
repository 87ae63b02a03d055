import { type ChildProcessByStdio, spawn, spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import type { Fault } from '../intercom-api/faults.ts';
import { type IntercomApi, startIntercomApi } from '../intercom-api/server.ts';
import { copyPackage } from '../kit/copy-package.ts';
import { catalogOf } from './manifests.ts';
import { type ProtocolMessage, parseMessages } from './protocol-schema.ts';

const token = 'token-of-the-test';
/** An answer that nobody waits for any more keeps nobody. */
const sleep = (ms: number) => new Promise<void>((resolve) => void setTimeout(resolve, ms).unref());
let folder: string;
const apis: IntercomApi[] = [];

beforeAll(async () => {
  folder = await copyPackage();
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

afterEach(async () => {
  await Promise.all(apis.splice(0).map((api) => api.close()));
});

interface Running {
  readonly child: ChildProcessByStdio<null, Readable, Readable>;
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** Resolves when the output so far makes it true. */
  until(isEnough: (stdout: string) => boolean): Promise<void>;
  readonly ended: Promise<number | null>;
}

async function startRead(faults: readonly Fault[], ...streams: string[]): Promise<Running> {
  const api = await startIntercomApi({ accessTokens: [token], sizes: { contacts: 400 }, faults, sleep });
  apis.push(api);
  const config = join(folder, 'config.json');
  const catalog = join(folder, 'catalog.json');
  await writeFile(
    config,
    JSON.stringify({ access_token: token, start_date: '2015-01-01T00:00:00Z', base_url: api.url }),
  );
  await writeFile(catalog, JSON.stringify(catalogOf(...streams)));
  const child = spawn(
    process.execPath,
    [join(folder, 'dist/bin/manifold.js'), 'read', '--config', config, '--catalog', catalog],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  return {
    child,
    stdout: () => stdout,
    stderr: () => stderr,
    ended,
    async until(isEnough) {
      while (!isEnough(stdout)) {
        if (child.exitCode !== null) throw new Error(`It ended too early.\n${stdout}\n${stderr}`);
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    },
  };
}

/** The answer comes when nobody can wait for it any more. */
const slowSecondPage: readonly Fault[] = [
  { kind: 'slow', ms: 3_600_000, match: { path: '/contacts/search', nth: 2 } },
];

function statusesOf(messages: readonly ProtocolMessage[], stream: string): string[] {
  return messages.flatMap((message) =>
    message.type === 'TRACE' &&
    message.trace.type === 'STREAM_STATUS' &&
    message.trace.stream_status.stream_descriptor.name === stream
      ? [message.trace.stream_status.status]
      : [],
  );
}

test.each([
  ['SIGTERM', 143],
  ['SIGINT', 130],
] as const)(
  '%s ends a read that waits for an answer, with whole lines and the exit code %d',
  async (signal, code) => {
    const running = await startRead(slowSecondPage, 'contacts', 'tags');
    await running.until((stdout) => stdout.includes('"stream":"contacts"') && stdout.includes('"COMPLETE"'));
    running.child.kill(signal);
    // As npm hands on what the terminal sent already.
    setImmediate(() => running.child.kill(signal));
    expect(await running.ended).toBe(code);
    expect(running.stdout().endsWith('\n')).toBe(true);
    const messages = parseMessages(running.stdout());
    expect(statusesOf(messages, 'tags')).toEqual(['STARTED', 'RUNNING', 'COMPLETE']);
    expect(statusesOf(messages, 'contacts')).toEqual(['STARTED', 'RUNNING', 'INCOMPLETE']);
    expect(messages.filter((message) => message.type === 'TRACE' && message.trace.type === 'ERROR')).toEqual(
      [],
    );
    expect(running.stderr()).toBe('');
  },
);

test('a read whose reader goes away ends without a word', async () => {
  const running = await startRead([], 'contacts');
  running.child.stdout.once('data', () => running.child.stdout.destroy());
  expect(await running.ended).toBe(141);
  expect(running.stderr()).toBe('');
});

test('a package with a manifest of its own runs that one, as images derived from it do', async () => {
  const own = join(folder, 'source_declarative_manifest');
  await mkdir(own);
  try {
    const spec = { type: 'Spec', connection_specification: { type: 'object', title: 'Its own' } };
    await writeFile(
      join(own, 'manifest.yaml'),
      JSON.stringify({ version: '7.0.0', type: 'DeclarativeSource', streams: [], spec }),
    );
    const { stdout } = spawnSync(process.execPath, [join(folder, 'dist/bin/manifold.js'), 'spec'], {
      encoding: 'utf8',
    });
    expect(parseMessages(stdout)).toMatchObject([
      { type: 'SPEC', spec: { connectionSpecification: { title: 'Its own' } } },
    ]);
  } finally {
    await rm(own, { recursive: true });
  }
});

/** Runs a command on files in a folder of its own. */
async function runWith(files: Readonly<Record<string, string>>, ...args: string[]) {
  const cwd = await mkdtemp(join(tmpdir(), 'manifold-input-'));
  try {
    for (const [name, text] of Object.entries(files)) {
      await mkdir(dirname(join(cwd, name)), { recursive: true });
      await writeFile(join(cwd, name), text);
    }
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [join(folder, 'dist/bin/manifold.js'), ...args],
      { cwd, encoding: 'utf8' },
    );
    return { status, stdout, stderr };
  } finally {
    await rm(cwd, { recursive: true });
  }
}

/** Runs a module, while this process answers it. */
async function runScript(program: string): Promise<{ readonly stdout: string; readonly stderr: string }> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [stdout, stderr] = await Promise.all(
    [child.stdout, child.stderr].map(async (stream) => Buffer.concat(await stream.toArray()).toString()),
  );
  return { stdout: stdout ?? '', stderr: stderr ?? '' };
}

describe('wrong input', () => {
  const secret = 'a-secret-of-the-config';

  test('a config that is no JSON is told by its place, and never quoted', async () => {
    const { status, stdout } = await runWith(
      { 'c.json': `{\n  "token": ${secret}\n}` },
      'check',
      '--config',
      'c.json',
    );
    expect(status).toBe(1);
    expect(parseMessages(stdout)).toMatchObject([
      { type: 'TRACE', trace: { type: 'ERROR', error: { failure_type: 'config_error' } } },
    ]);
    expect(stdout).toContain('The config c.json:2:12 is not JSON');
    expect(stdout).not.toContain(secret);
  });

  test.each([
    [['check'], /required option '--config <file>' not specified/],
    [['chekc'], /unknown command 'chekc'\n.*check/],
    [['check', '--config', 'c.json', '--nope'], /unknown option '--nope'/],
    [
      ['sync', '--config', 'none.json'],
      /^The config none\.json could not be read: there is no such file\.\n$/,
    ],
    [
      ['validate', 'm.yaml', '--hooks', 'none.js'],
      /^The hooks of none\.js were not loaded: there is no such file/,
    ],
    [['validate', 'm.yaml', '--hooks', 'broken.mjs'], /broken\.mjs were not loaded: .*broken\.mjs:2/],
    [
      ['validate', 'm.yaml', '--hooks', 'throws.cjs'],
      /throws\.cjs were not loaded: boom \(.*throws\.cjs:2:7\)/,
    ],
    [['validate', 'm.yaml', '--hooks', 'empty.mjs'], /empty\.mjs were not loaded: it exports none/],
  ])('%j fails in plain words on stderr', async (args, words) => {
    const files = {
      'c.json': '{}',
      'm.yaml': '',
      'broken.mjs': '\nexport const x = ;',
      'empty.mjs': '',
      'throws.cjs': '\nthrow new Error("boom.")',
    };
    const { status, stdout, stderr } = await runWith(files, ...args);
    // What is no command line of it ends as with Python's argparse.
    expect([status, stdout]).toEqual([/option|unknown command/.test(words.source) ? 2 : 1, '']);
    expect(stderr).toMatch(words);
    expect(stderr).not.toMatch(/^ +at /m);
  });
});

test('hooks outside of any package import what runs them, and zod', async () => {
  const { stdout } = await runWith(
    {
      'hooks.mjs': `import { defineHook } from 'manifold-connectors';
        import * as z from 'zod';
        export const Extract = defineHook('RecordExtractor', {
          name: 'Extract', fields: () => ({ path: z.string().default('data') }), make: () => ({}),
        });`,
      'm.yaml': `version: 6.0.0
check: { type: CheckStream, stream_names: [a] }
streams:
  - type: DeclarativeStream
    name: a
    retriever:
      requester: { url: https://a.test }
      record_selector: { extractor: { type: CustomRecordExtractor, class_name: my.Extract } }
spec: { connection_specification: { type: object } }
`,
    },
    'validate',
    'm.yaml',
    '--hooks',
    'hooks.mjs',
  );
  expect(stdout).toBe('m.yaml: valid\n');
});

describe('hooks', () => {
  const hook = (name: string) => `import { defineHook } from 'manifold-connectors';
    export const ${name} = defineHook('RecordFilter', { name: '${name}', fields: () => ({}), make: () => ({ keeps: () => true }) });`;
  const manifest = (...filters: readonly string[]) => `version: 6.0.0
check: { type: CheckStream, stream_names: [${filters[0]}] }
spec: { connection_specification: { type: object } }
streams:
${filters
  .map(
    (name) => `  - name: ${name}
    retriever:
      requester: { url: https://a.test }
      record_selector: { extractor: { field_path: [] }, record_filter: { type: CustomRecordFilter, class_name: my.${name} } }
`,
  )
  .join('')}`;

  test('come from several modules and folders, of which some export none, and never take the next argument', async () => {
    const files = {
      'one.mjs': hook('One'),
      'more/two.mjs': `import { help } from './helper.mjs'; help(); ${hook('Two')}`,
      'more/helper.mjs': 'export const help = () => {};',
      'more/two.d.ts': 'export declare const Two: unknown;',
      'm.yaml': manifest('One', 'Two'),
    };
    const { stdout } = await runWith(files, 'validate', '--hooks', 'one.mjs', '--hooks', 'more', 'm.yaml');
    expect(stdout).toBe('m.yaml: valid\n');
  });

  test('that a folder has not are missed', async () => {
    const files = { 'none/helper.mjs': 'export const x = 1;', 'm.yaml': manifest('One') };
    const { stderr, status } = await runWith(files, 'validate', '--hooks', 'none', 'm.yaml');
    expect([status, stderr]).toEqual([1, expect.stringContaining('none of its modules exports one')]);
  });

  test('print to stderr, since stdout is for programs', async () => {
    const files = {
      'prints.mjs': `console.log('loaded');\n${hook('Prints').replace('keeps: () => true', "keeps: () => { console.log('kept'); return true; }")}`,
      'm.yaml': manifest('Prints'),
    };
    const { stdout, stderr } = await runWith(
      files,
      ...['test', 'm.yaml', '--hooks', 'prints.mjs', '--checks', 'records-schema', '--json', '-'],
    );
    expect(JSON.parse(stdout)).toMatchObject({ subjects: [{ file: 'm.yaml' }] });
    expect(stderr).toMatch(/^loaded\nkept\n/);
  });

  test('of a bundled connector are found by a copy of its manifest', async () => {
    const copy = await readFile('manifests/intercom.yaml', 'utf8');
    const { stdout } = await runWith({ 'copy.yaml': copy }, 'validate', 'copy.yaml');
    expect(stdout).toBe('copy.yaml: valid\n');
  });
});

test('the library opens the bundled connector, with its hooks and schemas', async () => {
  const api = await startIntercomApi({ accessTokens: [token], sizes: { contacts: 30 }, sleep });
  apis.push(api);
  const program = `
    import { bundled, connect, open } from ${JSON.stringify(pathToFileURL(join(folder, 'dist/engine/index.js')).href)};
    const config = { access_token: '${token}', start_date: '2015-01-01T00:00:00Z', base_url: '${api.url}' };
    const connector = await connect(bundled('intercom'), config);
    const streams = await connector.discover();
    let count = 0;
    for await (const contact of connector.records('contacts')) count += typeof contact.id === 'string' ? 1 : 0;
    await connector.close();
    const { spec } = await open(bundled('intercom'));
    let refusal;
    try { bundled('intercon'); } catch (error) { refusal = error.message; }
    console.log(JSON.stringify([streams.find(({ name }) => name === 'contacts').json_schema.type, count, typeof spec, refusal]));`;
  const { stdout, stderr } = await runScript(program);
  expect(stderr).toBe('');
  expect(JSON.parse(stdout)).toEqual([
    expect.anything(),
    30,
    'object',
    'No connector "intercon" comes with this package. Did you mean "intercom"?',
  ]);
});

test('serve runs the bundled manifest and those of its hooks, also as YAML text', async () => {
  const cwd = await mkdtemp(join(tmpdir(), 'manifold-serve-'));
  const own = `import { defineHook } from 'manifold-connectors';
    export const None = defineHook('RecordFilter', { name: 'None', fields: () => ({}), make: () => ({ keeps: () => false }) });`;
  await writeFile(join(cwd, 'none.mjs'), own);
  const server = spawn(
    process.execPath,
    [join(folder, 'dist/bin/manifold.js'), 'serve', '--port', '0', '--hooks', join(cwd, 'none.mjs')],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  try {
    let said = '';
    for await (const chunk of server.stderr) {
      said += chunk;
      if (said.includes('\n')) break;
    }
    const url = /http:\S+/.exec(said)?.[0];
    const ask = async (path: string, body: unknown) =>
      (await fetch(`${url}/v1/manifest/${path}`, { method: 'POST', body: JSON.stringify(body) })).json();
    const intercom = await readFile('manifests/intercom.yaml', 'utf8');
    const config = { access_token: 'x', start_date: '2024-01-01T00:00:00Z' };
    const { catalog } = (await ask('discover', { manifest: intercom, config })) as {
      catalog: { streams: { name: string }[] };
    };
    expect(catalog.streams.map(({ name }) => name)).toContain('contacts');
    const custom = `version: 6.0.0
check: { type: CheckStream, stream_names: [a] }
streams:
  - name: a
    retriever:
      requester: { url: https://a.test }
      record_selector: { extractor: { field_path: [] }, record_filter: { type: CustomRecordFilter, class_name: my.None } }
`;
    expect(await ask('discover', { manifest: custom, config: {} })).toMatchObject({
      catalog: { streams: [{ name: 'a' }] },
    });
    const wrong = custom.replace('retriever:', 'retriver:');
    expect(await ask('discover', { manifest: wrong, config: {} })).toMatchObject({
      detail: expect.stringMatching(/^Error discovering streams: .*\n\nmanifest:4:/s),
    });
  } finally {
    server.kill();
    await new Promise((resolve) => server.once('close', resolve));
    await rm(cwd, { recursive: true });
  }
});
