import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const folder = 'dist/studio';
const files = readdirSync(folder).map((name) => readFileSync(join(folder, name)));

// 256 kB and 760 kB when this was written, nearly all of it the editor.
test('the page of the studio is small', () => {
  const sum = (sizes: readonly number[]) => sizes.reduce((all, size) => all + size, 0);
  expect(sum(files.map((bytes) => gzipSync(bytes).length))).toBeLessThan(300_000);
  expect(sum(files.map(({ length }) => length))).toBeLessThan(1_000_000);
});

test('it names no other place to load anything from', () => {
  const text = Buffer.concat(files).toString();
  const loads = text.match(/(?:import\(|fetch\(|src=|url\()\s*["'`]?https?:/g) ?? [];
  expect(loads).toEqual([]);
});
