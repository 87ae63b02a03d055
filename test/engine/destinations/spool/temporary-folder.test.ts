import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { createTemporaryFolder } from '../../../../engine/destinations/spool/temporary-folder.ts';

let parent: string;
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'temporary-folder-'));
});
afterEach(() => rmSync(parent, { recursive: true }));

/** The process of which has ended. */
const { pid: gone } = spawnSync(process.execPath, ['-e', '0']);

function makeFolder(name: string): string {
  mkdirSync(join(parent, name));
  writeFileSync(join(parent, name, '1-rows-1.jsonl'), '{"id":1}\n');
  return name;
}

it('removes what processes have left that were killed', async () => {
  makeFolder(`manifold-spool-${gone}-${hostname()}-AbC123`);
  const folder = await createTemporaryFolder(parent);
  expect(readdirSync(parent)).toEqual([basename(folder)]);
});

it('leaves what may be in use, and what is not its own', async () => {
  const others = [
    makeFolder(`manifold-spool-${process.pid}-${hostname()}-AbC123`),
    makeFolder(`manifold-spool-${gone}-another.example-AbC123`),
    makeFolder(`other-spool--${gone}-${hostname()}-AbC123`),
    makeFolder('manifold-spool-notes'),
  ];
  const file = `manifold-spool-${gone}-${hostname()}-file00`;
  writeFileSync(join(parent, file), '');
  const folder = await createTemporaryFolder(parent);
  expect(readdirSync(parent).sort()).toEqual([...others, file, basename(folder)].sort());
});

it('makes one folder for each that asks', async () => {
  const [first, second] = [await createTemporaryFolder(parent), await createTemporaryFolder(parent)];
  expect(readdirSync(parent).sort()).toEqual([basename(first), basename(second)].sort());
  expect(first).not.toBe(second);
});
