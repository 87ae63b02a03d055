import { mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keptFiles } from '../../../../../engine/commands/test/kept/kept-files.ts';

let folder: string;

beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'manifold-kept-files-')), 'test');
});

afterEach(() => rmSync(join(folder, '..'), { recursive: true, force: true }));

const noon = Date.UTC(2026, 0, 15, 12);
const hour = 3_600_000;

function used(name: string, time: number): void {
  utimesSync(join(folder, name), time / 1000, time / 1000);
}

describe('kept files', () => {
  it('give back what was written last, and are for nobody else', async () => {
    const files = keptFiles(folder, () => noon);
    await files.write('a', 'one\ntwo');
    await files.write('a', 'three\n\nfour');
    expect(await files.read('a')).toBe('three\n\nfour');
    expect(await files.read('b')).toBeUndefined();
    expect(statSync(join(folder, 'a.result')).mode & 0o777).toBe(0o600);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
  });

  it('leave when nobody has used them for long, or when there are too many of them', async () => {
    const files = keptFiles(folder, () => noon, { bytes: 250, age: 24 * hour });
    for (const name of ['old', 'first', 'second', 'third']) await files.write(name, 'x'.repeat(60));
    used('old.result', noon - 25 * hour);
    used('first.result', noon - 3 * hour);
    used('second.result', noon - 2 * hour);
    used('third.result', noon - hour);
    // What is read is used.
    await files.read('first');
    await files.tidy();
    expect(readdirSync(folder).sort()).toEqual(['first.result', 'third.result']);
  });

  it('clear away what a killed process left, and nothing that is not theirs', async () => {
    const files = keptFiles(folder, () => noon);
    await files.write('a', 'text');
    for (const name of ['b.1.0.part', 'c.2.0.part', 'notes.txt']) writeFileSync(join(folder, name), '');
    used('a.result', noon);
    used('b.1.0.part', noon - hour);
    used('c.2.0.part', noon - 1000);
    used('notes.txt', noon - 10_000 * hour);
    await files.tidy();
    expect(readdirSync(folder).sort()).toEqual(['a.result', 'c.2.0.part', 'notes.txt']);
  });
});
