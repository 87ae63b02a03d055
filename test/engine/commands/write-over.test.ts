import { mkdtemp, open, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeOver } from '../../../engine/commands/write-over.ts';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'write-over-'));
  path = join(folder, 'config.json');
  await writeFile(path, '{"old": "and long"}');
});
afterEach(async () => {
  jest.restoreAllMocks();
  await rm(folder, { recursive: true });
});

test.each(['{}', '{"new": "and very much longer than the old one"}', '{"new": "and big"}'])(
  'the same file holds %s',
  async (text) => {
    const { ino } = await stat(path);
    await writeOver(path, text);
    expect(await readFile(path, 'utf8')).toBe(text);
    expect((await stat(path)).ino).toBe(ino);
  },
);

/** What the file holds after each step of the writing, as somebody would find it who is killed there. */
async function moments(work: () => Promise<void>): Promise<readonly string[]> {
  const found: string[] = [];
  const handle = await open(path);
  const { prototype } = { prototype: Object.getPrototypeOf(handle) };
  await handle.close();
  for (const step of ['write', 'truncate'] as const) {
    const real = prototype[step];
    jest.spyOn(prototype, step).mockImplementation(async function (this: unknown, ...args: unknown[]) {
      const result = await real.apply(this, args);
      found.push(await readFile(path, 'utf8'));
      return result;
    });
  }
  await work();
  return found;
}

test.each(['{}', '{"new": "and very much longer than the old one"}'])(
  'at each moment of writing %s the file is JSON, the old or the new one',
  async (text) => {
    const texts = await moments(() => writeOver(path, text));
    expect(texts.length).toBeGreaterThan(1);
    for (const each of texts)
      expect([{ old: 'and long' }, JSON.parse(text)]).toContainEqual(JSON.parse(each));
  },
);

test('where there is no room the old text stays', async () => {
  const handle = await open(path);
  const prototype = Object.getPrototypeOf(handle);
  await handle.close();
  jest.spyOn(prototype, 'write').mockResolvedValue({ bytesWritten: 3, buffer: Buffer.alloc(0) });
  await expect(writeOver(path, '{"new": "and very much longer than the old one"}')).rejects.toThrow('ENOSPC');
  expect(await readFile(path, 'utf8')).toBe('{"old": "and long"}');
});
