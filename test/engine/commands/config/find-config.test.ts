import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  askForConfig,
  findConfig,
  noConfig,
  withFlags,
} from '../../../../engine/commands/config/find-config.ts';
import { testEnvironment } from '../../../kit/environment.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'config-'));
});
afterEach(() => rm(folder, { recursive: true }));

const schema = {
  required: ['start_date', 'size'],
  properties: {
    size: { type: 'integer', title: 'Page size', order: 2, default: 10 },
    start_date: {
      type: 'string',
      pattern: '^\\d{4}-\\d{2}-\\d{2}$',
      order: 1,
      description: 'From <b>when</b> on.',
    },
    notes: { type: 'string' },
    credentials: {
      title: 'Sign in',
      order: 0,
      oneOf: [
        {
          title: 'Key',
          required: ['key'],
          properties: { kind: { const: 'key' }, key: { type: 'string', airbyte_secret: true } },
        },
        { title: 'Nobody', properties: { kind: { const: 'none' } } },
      ],
    },
  },
};

/** Answers questions in order; what is said and asked, with hidden ones marked. */
function answering(...answers: readonly string[]) {
  const left = [...answers];
  const heard: string[] = [];
  return {
    heard,
    ask: async (question: string, { hidden = false } = {}) => {
      heard.push(`${hidden ? '(hidden) ' : ''}${question}`);
      return left.shift() ?? '';
    },
    say: (text: string) => void heard.push(text),
  };
}

test('asks for what is required and for how to sign in, and keeps the answers to itself', async () => {
  const path = join(folder, 'mine.json');
  const asking = answering('7', '1', 's3cret', 'soon', '2024-01-01', 'x', '25', path);
  const found = await askForConfig(schema, asking);
  const config = { credentials: { kind: 'key', key: 's3cret' }, start_date: '2024-01-01', size: 25 };
  expect(found).toEqual({ config, path });
  expect(JSON.parse(await readFile(path, 'utf8'))).toEqual(config);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect(asking.heard).toEqual(
    expect.arrayContaining([
      'Sign in:\n  1  Key\n  2  Nobody\n',
      'Give a number from 1 to 2.\n',
      '(hidden) key: ',
      'From when on.\n',
      'It must look like ^\\d{4}-\\d{2}-\\d{2}$.\n',
      'Page size [10]: ',
      'It must be integer, written as in JSON.\n',
    ]),
  );
  expect(asking.heard.join('')).not.toContain('notes');
});

test('a config that is there is never written over', async () => {
  const path = join(folder, 'mine.json');
  await writeFile(path, '{"of": "others"}');
  const asking = answering('2', '2024-01-01', '', path);
  expect(await askForConfig(schema, asking)).toEqual({
    config: { credentials: { kind: 'none' }, start_date: '2024-01-01', size: 10 },
    path: undefined,
  });
  expect(await readFile(path, 'utf8')).toBe('{"of": "others"}');
});

test('a config comes from a file, from the environment, or from flags', async () => {
  const path = join(folder, 'c.json');
  await writeFile(path, '{"a": 1}');
  const of = (env: Record<string, string>, flags = {}) => findConfig(flags, testEnvironment({ env }));
  expect(await of({}, { config: path })).toEqual({ config: { a: 1 }, path });
  expect(await of({ MANIFOLD_CONFIG: path })).toEqual({ config: { a: 1 }, path });
  expect(await of({ MANIFOLD_CONFIG: ' {"b": 2}' })).toEqual({ config: { b: 2 }, path: undefined });
  expect(await of({})).toBeUndefined();
  await expect(of({ MANIFOLD_CONFIG: '{"key": s3cret}' })).rejects.toThrow(
    /^MANIFOLD_CONFIG is not JSON\. [^3]*$/,
  );
  expect(withFlags({ a: 1 }, ['size=7', 'credentials.key=12', 'start_date=2024-01-01'], schema)).toEqual({
    a: 1,
    size: 7,
    credentials: { key: '12' },
    start_date: '2024-01-01',
  });
  expect(() => withFlags({}, ['size=many'], schema)).toThrow(
    'The value of --set size does not fit. It must be integer, written as in JSON.',
  );
  expect(() => withFlags({}, ['size'], schema)).toThrow('--set takes NAME=VALUE');
  expect(noConfig(schema).message).toContain(
    'It needs credentials, start_date, size; "manifold spec" shows all of it.',
  );
});
