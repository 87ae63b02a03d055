import { chmod, mkdtemp, readdir, readFile, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { replaceFile } from '../../../engine/commands/replace-file.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'replace-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('gives a file a new text at once, with the rights it had and nothing beside it', async () => {
  const path = join(folder, 'config.json');
  await writeFile(path, 'old', { mode: 0o600 });
  await chmod(path, 0o600);
  const { ino } = await stat(path);
  await replaceFile(path, 'new');
  expect(await readFile(path, 'utf8')).toBe('new');
  const after = await stat(path);
  expect(after.mode & 0o777).toBe(0o600);
  // Another file has taken its place: the old text was whole until then.
  expect(after.ino).not.toBe(ino);
  expect(await readdir(folder)).toEqual(['config.json']);
});

test('leaves a link a link', async () => {
  await writeFile(join(folder, 'real.json'), 'old');
  await symlink(join(folder, 'real.json'), join(folder, 'config.json'));
  await replaceFile(join(folder, 'config.json'), 'new');
  expect(await readFile(join(folder, 'real.json'), 'utf8')).toBe('new');
  expect((await readdir(folder)).sort()).toEqual(['config.json', 'real.json']);
});

test('is not hindered by what a killed process left', async () => {
  const path = join(folder, 'config.json');
  await writeFile(path, 'old');
  await writeFile(`${path}.${process.pid}.part`, 'half');
  await replaceFile(path, 'new');
  expect(await readFile(path, 'utf8')).toBe('new');
});

test('keeps the rights that a mask of the process would take', async () => {
  const path = join(folder, 'config.json');
  await writeFile(path, 'old');
  await chmod(path, 0o666);
  await replaceFile(path, 'new');
  expect((await stat(path)).mode & 0o777).toBe(0o666);
});

test('removes what killed processes left long ago, and nothing else', async () => {
  const path = join(folder, 'config.json');
  const names = ['config.json.1.part', 'config.json.2.part', 'config.json.x.part', 'other.json.1.part'];
  for (const name of ['config.json', ...names]) await writeFile(join(folder, name), 'old');
  for (const name of names) if (!name.includes('.2.')) await utimes(join(folder, name), 1, 1);
  await replaceFile(path, 'new');
  const left = ['config.json', 'config.json.2.part', 'config.json.x.part', 'other.json.1.part'];
  expect((await readdir(folder)).sort()).toEqual(left);
});
