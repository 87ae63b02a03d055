import { existsSync, readFileSync } from 'node:fs';
import type { JsonObject } from '../engine/util/json/json.ts';
import { findingsIn, readManifest } from './kit/read-manifest.ts';

const readme = readFileSync('README.md', 'utf8');

/** The first block of a language. */
function blockOf(language: string): string {
  const block = new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, 'ms').exec(readme)?.[1];
  if (block === undefined) throw new Error(`README has no block of ${language}.`);
  return block;
}

const todo = (id: number) => ({
  userId: Math.ceil(id / 20),
  id,
  title: `todo ${id}`,
  completed: id % 2 === 0,
});
const shown = blockOf('json')
  .trimEnd()
  .split('\n')
  .map((line): JsonObject => JSON.parse(line));

describe("README's first manifest", () => {
  const manifest = blockOf('yaml');

  it('has eleven lines, and nothing is wrong with it', () => {
    expect(manifest.trimEnd().split('\n')).toHaveLength(11);
    expect(findingsIn(manifest)).toEqual([]);
  });

  it('reads every page, and begins with the records that are shown', async () => {
    const all = [...shown, ...Array.from({ length: 23 }, (_, index) => todo(index + 3))];
    const read = await readManifest(manifest, ({ url }) => {
      const page = Number(url.searchParams.get('_page') ?? 1);
      return { body: all.slice(10 * (page - 1), 10 * page) };
    });
    expect(read.errors).toEqual([]);
    expect(read.records).toEqual(all);
    expect(read.asked).toEqual(['GET /todos', 'GET /todos?_page=2', 'GET /todos?_page=3']);
    const [first] = read.records;
    expect(JSON.stringify(first)).toBe(blockOf('json').split('\n')[0]);
  });
});

test('what README links to is there', () => {
  const links = [...readme.matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, path = '']) => path);
  expect(links).toContain('CONTRIBUTING.md');
  expect(links.filter((path) => !existsSync(path))).toEqual([]);
});
