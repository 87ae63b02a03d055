import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openOutputFolder } from '../../../../engine/commands/sync/output-folder.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'output-'));
});
afterEach(() => rm(folder, { recursive: true }));

const text = (name: string) => readFile(join(folder, name), 'utf8');

test('appends to streams with a cursor, and knows their states next time', async () => {
  for (const id of [1, 2]) {
    const output = await openOutputFolder(folder);
    await output.open('users', 'append');
    await output.write('users', [{ id }]);
    await output.checkpoint('users', { updated_at: id });
    await output.complete('users');
    await output.close();
  }
  expect(await text('users.jsonl')).toBe('{"id":1}\n{"id":2}\n');
  expect((await openOutputFolder(folder)).states.get('users')).toEqual({ updated_at: 2 });
});

test('replaces the others only when they are complete', async () => {
  await writeFile(join(folder, 'tags.jsonl'), 'old\n');
  const broken = await openOutputFolder(folder);
  await broken.open('tags', 'replace');
  await broken.write('tags', [{ id: 1 }]);
  await broken.close();
  expect(await text('tags.jsonl')).toBe('old\n');
  const whole = await openOutputFolder(folder);
  await whole.open('tags', 'replace');
  await whole.write('tags', [{ id: 1 }]);
  await whole.complete('tags');
  await whole.close();
  expect(await text('tags.jsonl')).toBe('{"id":1}\n');
  expect(await readdir(folder)).toEqual(['tags.jsonl']);
});

test('an unreadable state file is named, and what to do with it', async () => {
  await writeFile(join(folder, 'state.json'), '{');
  await expect(openOutputFolder(folder)).rejects.toThrow('Fix it, or remove it to start from the beginning.');
});

test('half a line that a killed run left is dropped', async () => {
  const long = JSON.stringify({ id: 2, text: 'x'.repeat(100_000) });
  for (const left of ['{"id":1}\n{"id":', `{"id":1}\n${long}`, '{"id":1}\n']) {
    await writeFile(join(folder, 'users.jsonl'), left);
    const output = await openOutputFolder(folder);
    await output.open('users', 'append');
    await output.write('users', [{ id: 3 }]);
    await output.close();
    expect(await text('users.jsonl')).toBe('{"id":1}\n{"id":3}\n');
  }
});

test('a file where the folder should be is named', async () => {
  await writeFile(join(folder, 'taken'), '');
  await expect(openOutputFolder(join(folder, 'taken'))).rejects.toThrow(
    /taken cannot be written to: there is a file/,
  );
});

test('what cannot be written is named, and why', async () => {
  await mkdir(join(folder, 'users.jsonl'));
  const output = await openOutputFolder(folder);
  await expect(output.open('users', 'append')).rejects.toThrow(
    /users\.jsonl cannot be written to: there is a folder of that name\.$/,
  );
  await output.close();
});

test('no state is kept of records whose file was removed meanwhile', async () => {
  const output = await openOutputFolder(folder);
  await output.open('users', 'append');
  await output.open('tags', 'append');
  await output.write('users', [{ id: 1 }]);
  await rm(join(folder, 'users.jsonl'));
  const message = /users\.jsonl was removed while it was written to\./;
  await expect(output.checkpoint('users', { updated_at: 1 })).rejects.toThrow(message);
  await expect(output.checkpoint('tags', { updated_at: 1 })).rejects.toThrow(message);
  await expect(output.complete('users')).rejects.toThrow(message);
  await output.close();
  expect(await readdir(folder)).toEqual(['tags.jsonl']);
});

test('streams have files of their own on every system', async () => {
  const output = await openOutputFolder(folder);
  for (const stream of ['a/b', 'nul', 'tab\tbed']) await output.open(stream, 'append');
  await expect(output.open('A:b', 'append')).rejects.toThrow(
    'The streams "a/b" and "A:b" would both be written to A_b.jsonl.',
  );
  await output.close();
  expect((await readdir(folder)).sort()).toEqual(['a_b.jsonl', 'nul_.jsonl', 'tab_bed.jsonl']);
});
