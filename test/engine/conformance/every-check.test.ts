import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { specifiedChecks } from '../../../engine/conformance/specified-checks.ts';
import { bugs } from './seeded/bugs.ts';

const folder = 'test/engine/conformance/checks';

/** The ids of checks that a test makes fail: by a bug that is seeded, or in a file of their own, which runs the check. */
function broken(): Set<string> {
  const inFiles = readdirSync(folder).flatMap((name) => {
    const text = readFileSync(`${folder}/${name}`, 'utf8');
    return /expectViolations\(\s*[^)]/.test(text) ? [...text.matchAll(/checks\/([a-z-]+)\.ts'/g)] : [];
  });
  return new Set([...inFiles.map(([, id]) => id ?? ''), ...bugs.map(({ by }) => by), ...inSharedFiles()]);
}

/** Checks that share a file with another one are tested by the name that is exported. */
function inSharedFiles(): string[] {
  const text = readdirSync(folder)
    .map((name) => readFileSync(`${folder}/${name}`, 'utf8'))
    .join('\n');
  return specifiedChecks
    .map(({ id }) => id)
    .filter((id) => {
      const name = id.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
      return !existsSync(`engine/conformance/checks/${id}.ts`) && text.includes(`harness(${name})`);
    });
}

test('every check is seen to fail', () => {
  const known = broken();
  expect(specifiedChecks.map(({ id }) => id).filter((id) => !known.has(id))).toEqual([]);
});

test('no two checks have one id, and each says when it passes', () => {
  const ids = specifiedChecks.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { doc } of specifiedChecks) expect(doc).toMatch(/^[^A-Z].{20}/);
});
