import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/** A target of `exports`: a file, or one per condition. */
type Target = string | { readonly [condition: string]: Target };

interface PackageJson {
  readonly name: string;
  readonly version: string;
  readonly files: readonly string[];
  readonly bin: Readonly<Record<string, string>>;
  readonly exports: Readonly<Record<string, Target>>;
  readonly dependencies: Readonly<Record<string, string>>;
}

interface Packed {
  readonly filename: string;
  /** Bytes of the archive, and of what comes out of it. */
  readonly size: number;
  readonly unpackedSize: number;
  readonly files: readonly { readonly path: string }[];
}

const { name, version, files, bin, exports, dependencies }: PackageJson = JSON.parse(
  readFileSync('package.json', 'utf8'),
);

let folder: string;
let packed: Packed;
/** A project that has installed the archive. */
let project: string;

function run(command: string, ...args: string[]): string {
  return execFileSync(command, args, { cwd: project, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

/** What a command prints, whether or not it succeeds. */
function output(command: string, ...args: string[]): string {
  return spawnSync(command, args, { cwd: project, encoding: 'utf8' }).stdout;
}

/** What `npm publish` would send, installed without a registry: what it depends on is linked. */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'manifold-package-'));
  const stage = join(folder, 'stage');
  mkdirSync(stage);
  // What begins with a mark is left out of the package, not part of it.
  for (const file of [...files, 'package.json'].filter((one) => one !== 'dist' && !one.startsWith('!')))
    cpSync(file, join(stage, file), { recursive: true });
  execFileSync(process.execPath, ['build.mjs', '--production', '--types', '--outdir', join(stage, 'dist')]);
  const report = execFileSync('npm', ['pack', '--ignore-scripts', '--offline', '--json'], {
    cwd: stage,
    encoding: 'utf8',
  });
  // npm 11 lists the packages, npm 12 names them.
  packed = Object.values<Packed>(JSON.parse(report))[0] as Packed;
  project = join(folder, 'project');
  const installed = join(project, 'node_modules', name);
  mkdirSync(installed, { recursive: true });
  execFileSync('tar', ['-xzf', join(stage, packed.filename), '-C', installed, '--strip-components=1']);
  for (const dependency of [...Object.keys(dependencies), '@types/node']) {
    const link = join(project, 'node_modules', dependency);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(resolve('node_modules', dependency), link);
  }
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function filesOf(target: Target): string[] {
  return typeof target === 'string' ? [target] : Object.values(target).flatMap(filesOf);
}

/** The packed files that a target names; `*` stands for any part of a path. */
function matching(target: string): string[] {
  const [before = '', after] = target.replace(/^\.\//, '').split('*');
  const paths = packed.files.map(({ path }) => path);
  if (after === undefined) return paths.filter((path) => path === before);
  return paths.filter((path) => path.startsWith(before) && path.endsWith(after));
}

const targets = Object.entries(exports).flatMap(([subpath, target]) =>
  filesOf(target).map((file) => [subpath, file] as const),
);

test.each([...targets, ...Object.entries(bin)])('%s is there: %s', (_name, file) => {
  expect(matching(file)).not.toEqual([]);
});

test('it holds what runs, and neither sources nor tests', () => {
  const folders = new Set(packed.files.map(({ path }) => path.split('/').slice(0, 2).join('/')));
  expect(folders).toContain('dist/bin');
  expect(folders).not.toContain('dist/test');
  const sources = packed.files.filter(
    ({ path }) => path.endsWith('.ts') && !path.endsWith('.d.ts') && !path.startsWith('manifests/'),
  );
  expect(sources).toEqual([]);
});

// 1.9 MB, and 7.3 MB unpacked, when this was written, of which the studio's page is 0.26 and 0.76; what makes it grow further is
// worth a look.
test('it is small', () => {
  expect(packed.size).toBeGreaterThan(100_000);
  expect(packed.size).toBeLessThan(2_300_000);
  expect(packed.unpackedSize).toBeLessThan(8_500_000);
});

test('the command runs where it is installed', () => {
  const [command = ''] = Object.values(bin);
  expect(run(process.execPath, join('node_modules', name, command), '--version')).toBe(`${version}\n`);
});

test('every export loads, and leads to the same file from ES modules and from CommonJS', async () => {
  const specifiers = Object.entries(exports).flatMap(([subpath, target]) => {
    const [file = ''] = filesOf(target).toReversed();
    const [before = '', after = ''] = file.replace(/^\.\//, '').split('*');
    return matching(file).map((path) => {
      const part = path.slice(before.length, path.length - after.length);
      return join(name, subpath.replace('*', part));
    });
  });
  expect(specifiers).toContain(name);
  await writeFile(
    join(project, 'load.mjs'),
    `import { createRequire } from 'node:module';
    const require = createRequire(import.meta.url);
    for (const specifier of ${JSON.stringify(specifiers)}) {
      const file = require.resolve(specifier);
      if (new URL(import.meta.resolve(specifier)).pathname !== file) throw new Error(specifier);
      if (file.endsWith('.json')) require(specifier);
      if (file.endsWith('.js')) console.log(specifier, Object.keys(await import(specifier)).join());
    }`,
  );
  const loaded = run(process.execPath, 'load.mjs');
  expect(loaded).toMatch(new RegExp(`^${name} .*\\bconnect\\b.*\\bdefineHook\\b`));
});

describe('its declarations', () => {
  beforeAll(async () => {
    await writeFile(join(project, 'package.json'), '{ "type": "module" }');
    await writeFile(
      join(project, 'use.ts'),
      `import { connect, defineHook, type SyncEvent } from '${name}';
      import * as z from 'zod';

      export const UntilHeader = defineHook('BackoffStrategy', {
        name: 'UntilHeader',
        fields: () => ({ header: z.string() }),
        make: ({ header }, { sync: { clock } }) => ({
          backoff: (outcome) =>
            'response' in outcome ? Number(outcome.response.headers.get(header)) - clock.now() : undefined,
        }),
      });

      export async function* read(text: string): AsyncGenerator<SyncEvent> {
        const connector = await connect({ text }, { token: '' });
        yield* connector.read({ streams: [{ name: 'a' }] });
        // @ts-expect-error: a text is not a list of streams. Were everything \`any\`, nothing would be wrong here.
        connector.read({ streams: 'a' });
      }
      `,
    );
  });

  test.each([
    ['node16', 'node16'],
    ['esnext', 'bundler'],
  ])('are found and sound with modules %s resolved by %s', (module, moduleResolution) => {
    const compiler = resolve('node_modules/typescript/bin/tsc');
    const options = {
      module,
      moduleResolution,
      target: 'es2022',
      lib: 'es2023,esnext.disposable',
      types: 'node',
    };
    const flags = Object.entries(options).flatMap(([option, value]) => [`--${option}`, value]);
    expect(output(process.execPath, compiler, '--noEmit', '--strict', ...flags, 'use.ts')).toBe('');
  });
});

describe('a program that uses it', () => {
  /** As somebody would write it who has read the documentation: strict, an ES module, compiled and run. */
  const program = `
    import { createServer } from 'node:http';
    import { type AddressInfo } from 'node:net';
    import { connect, ConnectorError, defineHook, open, systemClock, type Clock, type JsonObject } from '${name}';
    import * as z from 'zod';

    const asked: string[] = [];
    const api = createServer((request, response) => {
      asked.push(\`\${request.headers['x-who']} \${request.url}\`);
      const page = Number(new URL(request.url ?? '', 'http://x').searchParams.get('page') ?? 1);
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify([{ id: page * 2 - 1 }, { id: page * 2 }]));
    }).listen(0, '127.0.0.1', async () => {
      const url = \`http://127.0.0.1:\${(api.address() as AddressInfo).port}/users\`;
      const Twice = defineHook('Transformation', {
        name: 'Twice',
        fields: () => ({ field: z.string() }),
        make: ({ field }) => ({ transform: (record) => void (record[field] = Number(record[field]) * 2) }),
      });
      const value: JsonObject = {
        version: '7.0.0',
        check: { stream_names: ['users'] },
        streams: [{
          name: 'users',
          retriever: {
            requester: { url, request_headers: { 'x-who': '{{ config["who"] }}' } },
            record_selector: { extractor: { field_path: [] } },
            paginator: {
              type: 'DefaultPaginator',
              page_token_option: { inject_into: 'request_parameter', field_name: 'page' },
              pagination_strategy: { type: 'PageIncrement', page_size: 2, start_from_page: 1 },
            },
          },
          transformations: [{ type: 'CustomTransformation', class_name: 'a.Twice', field: 'id' }],
          schema_loader: { type: 'InlineSchemaLoader', schema: { properties: { id: { type: 'integer' } } } },
        }],
      };
      const said: string[] = [];
      const clock: Clock = { ...systemClock, now: () => 0 };
      const source = await open({ value }, { hooks: [Twice] });
      await using one = source.configure({ who: 'one' }, { clock, log: (level, text) => void said.push(level + text) });
      await using two = await connect({ value }, { who: 'two' }, { hooks: [Twice] });
      console.log('check', (await one.check()).succeeded);
      console.log('streams', (await two.discover()).map((stream) => stream.name).join());

      asked.length = 0;
      const ids: unknown[] = [];
      for await (const { id } of one.records('users')) if (ids.push(id) === 3) break;
      // Of the endless pages only those were asked for whose records were taken.
      console.log('taken', ids.join(), asked.join());

      const stop = new AbortController();
      asked.length = 0;
      try {
        for await (const _ of two.records('users', { signal: stop.signal })) stop.abort(new Error('enough'));
      } catch (error) {
        console.log('stopped', (error as Error).message, asked.every((line) => line.startsWith('two ')));
      }
      try {
        for await (const _ of one.records('others')) break;
      } catch (error) {
        console.log('unknown', error instanceof ConnectorError && error.kind);
      }
      api.close();
      api.closeAllConnections();
    });
  `;

  test('compiles under strict rules, reads as far as it takes, and its connectors know nothing of each other', async () => {
    await writeFile(join(project, 'package.json'), '{ "type": "module" }');
    await writeFile(join(project, 'program.ts'), program);
    const compiler = resolve('node_modules/typescript/bin/tsc');
    const flags = ['--strict', '--noUncheckedIndexedAccess', '--module', 'nodenext', '--target', 'es2022'];
    const libraries = ['--lib', 'es2023,esnext.disposable', '--types', 'node'];
    expect(output(process.execPath, compiler, ...flags, ...libraries, 'program.ts')).toBe('');
    expect(run(process.execPath, 'program.js').split('\n')).toEqual([
      'check true',
      'streams users',
      expect.stringMatching(/^taken 2,4,6 one \/users,one \/users\?page=2(,one \/users\?page=3)?$/),
      'stopped enough true',
      'unknown config_error',
      '',
    ]);
  });
});

test('the folder of declarations holds nothing else', () => {
  const types = join(project, 'node_modules', name, 'dist/types');
  expect(existsSync(types)).toBe(true);
  const names = readdirSync(types, { recursive: true, encoding: 'utf8' });
  expect(names.filter((file) => /\.\w+$/.test(file) && !file.endsWith('.d.ts'))).toEqual([]);
});

test('it says what it is made of', () => {
  const file = join(project, 'node_modules', name, 'dist/sbom.cdx.json');
  const { bomFormat, metadata, components } = JSON.parse(readFileSync(file, 'utf8'));
  expect([bomFormat, metadata.component.name]).toEqual(['CycloneDX', name]);
  const listed = components.map((component: { readonly name: string }) => component.name);
  expect(listed).toEqual(expect.arrayContaining(Object.keys(dependencies)));
  expect(listed).not.toContain('jest');
});
