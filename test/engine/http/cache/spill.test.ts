import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSpill } from '../../../../engine/http/cache/spill.ts';

let parent: string;
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'spill-'));
});
afterEach(() => rmSync(parent, { recursive: true, force: true }));

const bytes = (text: string) => new TextEncoder().encode(text);

function spill(folder = parent) {
  const warnings: string[] = [];
  return { warnings, ...createSpill({ parent: folder, warn: (message) => warnings.push(message) }) };
}

describe('bytes laid aside', () => {
  it('come back, each from a file of its own', async () => {
    const { write, read, warnings } = spill();
    const files = [await write(bytes('one')), await write(bytes('two')), await write(bytes('three'))];
    expect(new Set(files).size).toBe(3);
    const texts = await Promise.all(
      files.map(async (file) => Buffer.from((await read(String(file))) ?? []).toString()),
    );
    expect(texts).toEqual(['one', 'two', 'three']);
    expect(warnings).toEqual([]);
  });

  it('are for nobody else to read', async () => {
    const { write } = spill();
    const file = String(await write(bytes('secret')));
    expect(readFileSync(file, 'utf8')).toBe('secret');
    expect((statSync(file).mode & 0o777).toString(8)).toBe('600');
    expect((statSync(join(file, '..')).mode & 0o777).toString(8)).toBe('700');
  });

  it('lie in one folder, which is made when it is needed and removed at the end', async () => {
    const { write, close } = spill();
    expect(readdirSync(parent)).toEqual([]);
    await Promise.all([write(bytes('a')), write(bytes('b'))]);
    expect(readdirSync(parent)).toEqual([expect.stringMatching(/^manifold-/)]);
    await close();
    expect(readdirSync(parent)).toEqual([]);
    await close();
  });
});

describe('where there is no room', () => {
  it('nothing is laid aside, and that is told once', async () => {
    const { write, close, warnings } = spill(join(parent, 'not', 'there'));
    expect(await write(bytes('a'))).toBeUndefined();
    expect(await write(bytes('b'))).toBeUndefined();
    expect(warnings).toEqual([
      expect.stringMatching(
        /^Answers that do not fit into memory cannot be kept in a temporary file, so requests are repeated: .*ENOENT.*\.$/,
      ),
    ]);
    await close();
  });

  it('a file that is gone reads as nothing, and no other is written', async () => {
    const { write, read, warnings } = spill();
    const file = String(await write(bytes('a')));
    rmSync(file);
    expect(await read(file)).toBeUndefined();
    expect(await read(file)).toBeUndefined();
    expect(await write(bytes('b'))).toBeUndefined();
    expect(warnings).toHaveLength(1);
  });
});
