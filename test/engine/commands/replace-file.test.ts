import { chmod, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
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
