import { type ChildProcessByStdio, spawn, spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { buildSync } from 'esbuild';
import type { Fault } from '../intercom-api/faults.ts';
import { type IntercomApi, startIntercomApi } from '../intercom-api/server.ts';
import { catalogOf } from './manifests.ts';
import { type ProtocolMessage, parseMessages } from './protocol-schema.ts';

jest.setTimeout(60_000);

const token = 'token-of-the-test';
/** An answer that nobody waits for any more keeps nobody. */
const sleep = (ms: number) => new Promise<void>((resolve) => void setTimeout(resolve, ms).unref());
let folder: string;
const apis: IntercomApi[] = [];

/** The binary as it is shipped, in a folder of its own. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'manifold-process-'));
  const hooks = (await readdir('manifests/intercom')).map((file) => `manifests/intercom/${file}`);
  buildSync({
    entryPoints: ['bin/manifold.ts', 'engine/index.ts', ...hooks],
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    outbase: '.',
    outdir: join(folder, 'dist'),
    logLevel: 'error',
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
    },
  });
  buildSync({
    entryPoints: ['bin/zod.ts'],
    bundle: true,
    format: 'esm',
    platform: 'node',
    outfile: join(folder, 'dist/bin/zod.js'),
    logLevel: 'error',
  });
  await writeFile(join(folder, 'package.json'), '{"type":"module"}');
  for (const name of ['manifests', 'schemas']) await symlink(join(process.cwd(), name), join(folder, name));
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

const slowSecondPage: readonly Fault[] = [
  { kind: 'slow', ms: 30_000, match: { path: '/contacts/search', nth: 2 } },
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
  '%s ends a read within two seconds, with whole lines and the exit code %d',
  async (signal, code) => {
    const running = await startRead(slowSecondPage, 'contacts', 'tags');
    await running.until((stdout) => stdout.includes('"stream":"contacts"') && stdout.includes('"COMPLETE"'));
    const since = Date.now();
    running.child.kill(signal);
    // As npm hands on what the terminal sent already.
    setTimeout(() => running.child.kill(signal), 20);
    expect(await running.ended).toBe(code);
    expect(Date.now() - since).toBeLessThan(2500);
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
    for (const [name, text] of Object.entries(files)) await writeFile(join(cwd, name), text);
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
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(words);
    expect(stderr).not.toMatch(/^ +at /m);
  });
});

test('hooks outside of any package import what runs them as "manifold", and zod', async () => {
  const { stdout } = await runWith(
    {
      'hooks.mjs': `import { defineHook } from 'manifold';
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
