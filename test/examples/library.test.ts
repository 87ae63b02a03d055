import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { buildSync } from 'esbuild';
import { defaultAccessToken } from '../intercom-api/intercom.ts';
import { type IntercomApi, startIntercomApi } from '../intercom-api/server.ts';

/** A program of its own, which has the package as it was built: connectors that come with it bring hooks from there. */
const program = `
  import { changedContacts } from './changed-contacts.ts';
  import { tagNames } from './read-tags.ts';

  const config = JSON.parse(process.env.CONFIG ?? '');
  const names = await tagNames(config);
  const stopped = await tagNames(config, AbortSignal.abort(new Error('enough'))).catch((error) => error.message);
  const first = await changedContacts(config, undefined, { limit: 5 });
  const all = await changedContacts(config, undefined, { limit: 100 });
  const again = await changedContacts(config, all.state, { limit: 100 });
  const wrong = await changedContacts({ ...config, access_token: 'wrong' }, undefined, { limit: 5 }).catch(
    (error) => error.message,
  );
  const idsOf = ({ contacts }) => contacts.map(({ id }) => id);
  console.log(JSON.stringify({ names, stopped, first: idsOf(first), all: idsOf(all), again: idsOf(again), wrong }));
`;

let api: IntercomApi;
let folder: string;
beforeAll(async () => {
  api = await startIntercomApi({ log: false, sizes: { contacts: 12 } });
  folder = mkdtempSync(join(tmpdir(), 'manifold-library-'));
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(resolve('.'), join(folder, 'node_modules/manifold-connectors'));
  buildSync({
    stdin: { contents: program, resolveDir: resolve('examples/library'), loader: 'ts' },
    outfile: join(folder, 'program.mjs'),
    bundle: true,
    external: ['manifold-connectors'],
    // It maps the package's name to its sources.
    tsconfigRaw: {},
    platform: 'node',
    format: 'esm',
    target: 'node20',
  });
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
});
afterAll(async () => {
  await api.close();
  rmSync(folder, { recursive: true, force: true });
});

test('the examples of the library read what they say', async () => {
  const config = {
    access_token: defaultAccessToken,
    start_date: '2020-01-01T00:00:00Z',
    base_url: api.url,
  };
  const { stdout } = await promisify(execFile)(process.execPath, ['program.mjs'], {
    cwd: folder,
    env: { ...process.env, CONFIG: JSON.stringify(config) },
  });
  const { names, stopped, first, all, again, wrong } = JSON.parse(stdout);
  expect(new Set(names).size).toBe(8);
  expect(stopped).toBe('enough');
  expect(first).toHaveLength(5);
  expect(new Set(all).size).toBe(12);
  expect(all).toEqual(expect.arrayContaining(first));
  // Searches reach back a little: what comes again has been there before.
  expect(all).toEqual(expect.arrayContaining(again));
  expect(again.length).toBeLessThan(12);
  expect(wrong).toMatch(/^The config does not work: /);
});
