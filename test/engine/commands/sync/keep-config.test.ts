import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keepConfig } from '../../../../engine/commands/sync/keep-config.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'keep-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function keep(path: string): Promise<string> {
  let said = '';
  await keepConfig(path, '{"token":"new"}\n', (text) => {
    said += text;
  });
  return said.replaceAll(`${folder}/`, '');
}

const changed = 'was changed: it holds what the next sync needs, such as a renewed token.\n';

test('a config is replaced, and nobody else may read it', async () => {
  const path = join(folder, 'config.json');
  await writeFile(path, 'a longer text than the one that takes its place', { mode: 0o600 });
  expect(await keep(path)).toBe(`config.json ${changed}`);
  expect(await readFile(path, 'utf8')).toBe('{"token":"new"}\n');
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect(await readdir(folder)).toEqual(['config.json']);
});

test('a link to a config stays one', async () => {
  await mkdir(join(folder, 'secrets'));
  await writeFile(join(folder, 'secrets', 'c.json'), 'old');
  await symlink(join(folder, 'secrets', 'c.json'), join(folder, 'config.json'));
  expect(await keep(join(folder, 'config.json'))).toBe(`config.json ${changed}`);
  expect(await readFile(join(folder, 'secrets', 'c.json'), 'utf8')).toBe('{"token":"new"}\n');
});

test('a config that cannot be replaced at once is written over', async () => {
  await writeFile(join(folder, 'config.json'), 'old');
  await mkdir(join(folder, 'config.json.part'));
  expect(await keep(join(folder, 'config.json'))).toBe(`config.json ${changed}`);
  expect(await readFile(join(folder, 'config.json'), 'utf8')).toBe('{"token":"new"}\n');
});

test('a config that cannot be written costs its token, not the sync', async () => {
  await mkdir(join(folder, 'config.json'));
  expect(await keep(join(folder, 'config.json'))).toMatch(
    /^ERROR config\.json could not be changed \(.*\), so the token that was renewed is lost when this sync ends\./,
  );
});
