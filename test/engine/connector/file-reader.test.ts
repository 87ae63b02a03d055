import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileReader } from '../../../engine/connector/file-reader.ts';

let outer: string;
let folder: string;
beforeEach(async () => {
  outer = await mkdtemp(join(tmpdir(), 'reader-'));
  folder = join(outer, 'connector');
  await mkdir(join(folder, 'schemas'), { recursive: true });
  await writeFile(join(folder, 'schemas', 'users.json'), '{"users":1}');
  await writeFile(join(outer, 'secret.json'), '{"secret":1}');
});
afterEach(() => rm(outer, { recursive: true }));

test('reads files in the folder, by any path that stays inside', async () => {
  const read = fileReader([folder]);
  for (const path of [
    'schemas/users.json',
    './schemas/../schemas/users.json',
    join(folder, 'schemas/users.json'),
  ])
    expect(await read(path)).toBe('{"users":1}');
});

test('finds nothing outside of it', async () => {
  const read = fileReader([folder]);
  const paths = [
    '../secret.json',
    'schemas/../../secret.json',
    join(outer, 'secret.json'),
    `file://${join(outer, 'secret.json')}`,
    '/dev/zero',
    '/etc/passwd',
    `${folder}-other/secret.json`,
    'schemas/users.json\0',
    'schemas',
    '',
    '.',
  ];
  for (const path of paths) expect([path, await read(path)]).toEqual([path, undefined]);
});

test('refuses links out of it, to files and to folders', async () => {
  await symlink(join(outer, 'secret.json'), join(folder, 'linked.json'));
  await symlink(outer, join(folder, 'out'));
  const read = fileReader([folder]);
  await expect(read('linked.json')).rejects.toThrow(
    `The file "linked.json" is a link out of ${folder}; a manifest reads files beside it only.`,
  );
  await expect(read('out/secret.json')).rejects.toThrow('is a link out of');
});

test('follows links inside, also when the folder itself is reached by one', async () => {
  await symlink(join(folder, 'schemas', 'users.json'), join(folder, 'same.json'));
  await symlink(folder, join(outer, 'alias'));
  expect(await fileReader([folder])('same.json')).toBe('{"users":1}');
  expect(await fileReader([join(outer, 'alias')])('schemas/users.json')).toBe('{"users":1}');
});

test('does not wait for a pipe', async () => {
  execFileSync('mkfifo', [join(folder, 'pipe.json')]);
  expect(await fileReader([folder])('pipe.json')).toBeUndefined();
});

test('falls back to what is shipped', async () => {
  const shipped = async (path: string) => (path === 'schemas/shop/a.json' ? '{}' : undefined);
  expect(await fileReader([folder], shipped)('schemas/shop/a.json')).toBe('{}');
  expect(await fileReader([], shipped)('schemas/users.json')).toBeUndefined();
});
