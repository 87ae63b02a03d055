import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { specifiedChecks } from '../../engine/conformance/specified-checks.ts';

const page = readFileSync('docs/peers.md', 'utf8');
const rows = page
  .split('\n')
  .filter((line) => line.startsWith('| ') && !/^\| (?:theirs?|their test|---) /.test(line))
  .map((line) => line.split(' | ') as [string, string, string]);
const known = new Map(
  specifiedChecks.map(({ id }) => [id, id.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())]),
);

test.each(rows)('%s: a test shows it', (_theirs, here, shown) => {
  const files = [...shown.matchAll(/\]\(([^)]+)\)/g)].map(([, path = '']) => join('docs', path));
  const texts = files.map((path) => readFileSync(path, 'utf8'));
  expect(files.some((path) => /\.test\.ts$|seeded\/bugs\.ts$/.test(path))).toBe(true);
  for (const text of texts) expect(text).not.toBe('');
  // A name in lower case with hyphens is that of a check, and one of the tests has to run it.
  for (const [, name = ''] of here.matchAll(/`([a-z]+(?:-[a-z]+)+|catalog|hosts|boundary|statuses)`/g)) {
    expect([...known.keys()]).toContain(name);
    const called = known.get(name) ?? name;
    const isRun = texts.some((text) => text.includes(`harness(${called})`) || text.includes(`by: '${name}'`));
    expect([name, isRun]).toEqual([name, true]);
  }
});

const counted = [44, 16, 8, 7];

test('the kits of others have as many tests as were counted', () => {
  const counts = page
    .split('\n## ')
    .slice(1)
    .map((section) => section.split('\n').filter((line) => line.startsWith('| ')).length - 2);
  expect(counts).toHaveLength(counted.length);
  for (const [index, count] of counts.entries()) expect(count).toBeGreaterThanOrEqual(counted[index] ?? 0);
});
