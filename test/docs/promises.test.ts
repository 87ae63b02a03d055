import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const page = readFileSync('docs/promises.md', 'utf8');
const rows = page.split('\n').filter((line) => line.startsWith('| ') && !/^\| (?:promise|---)/.test(line));
const { scripts }: { readonly scripts: Readonly<Record<string, string>> } = JSON.parse(
  readFileSync('package.json', 'utf8'),
);

test.each(rows.map((row) => row.split(' | ') as [string, string]))(
  '%s: a test holds it',
  (_promise, held) => {
    const links = [...held.matchAll(/\]\(([^)]+)\)/g)].map(([, path = '']) => join('docs', path));
    expect(links.some((path) => path.endsWith('.test.ts'))).toBe(true);
    for (const path of links) expect([path, existsSync(path)]).toEqual([path, true]);
    for (const [, script = ''] of held.matchAll(/npm run (\w+)/g)) expect(scripts).toHaveProperty(script);
  },
);
