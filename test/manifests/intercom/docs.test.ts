import { readFile } from 'node:fs/promises';
import type { JsonSchema } from '../../../engine/util/json/json.ts';
import { streamTable, suggestedIn } from './stream-table.ts';
import { streamTrees } from './stream-trees.ts';
import { connectIntercom, intercomManifest } from './sync-intercom.ts';
import { withTable } from './with-table.ts';

const config = { access_token: 'x', start_date: '2024-01-01T00:00:00Z' };

describe('docs/intercom.md', () => {
  it('has the table of streams that the manifest makes (npm run docs writes it)', async () => {
    const page = await readFile('docs/intercom.md', 'utf8');
    const connector = await connectIntercom(config);
    const table = await streamTable(connector, streamTrees(await intercomManifest()));
    await connector.close();
    expect(page).toBe(withTable(page, table));
  });

  it('shows how a stream was added as it stands in the manifest, in no more than twelve lines', async () => {
    const page = await readFile('docs/intercom.md', 'utf8');
    const manifest = await readFile('manifests/intercom.yaml', 'utf8');
    const [, diff = ''] = /```diff\n([^`]*)```/.exec(page) ?? [];
    const added = diff.split('\n').filter((line) => line.startsWith('+'));
    expect(added.length).toBeGreaterThan(3);
    expect(added.length).toBeLessThanOrEqual(12);
    for (const line of added) expect(manifest).toContain(`${line.slice(1)}\n`);
  });
});

describe('streams that cost a request for each of many parents', () => {
  it('say so in the catalog and are not suggested; all others are', async () => {
    const trees = streamTrees(await intercomManifest());
    const suggested = suggestedIn(trees.get('') ?? {});
    const connector = await connectIntercom(config);
    const streams = await connector.streams();
    const schemas = await Promise.all(
      streams.map(async ({ name, schema }): Promise<readonly [string, JsonSchema]> => [name, await schema()]),
    );
    await connector.close();
    const expensive = schemas.filter(([, { description }]) => String(description).startsWith('Costs'));
    expect(expensive.length).toBeGreaterThan(10);
    const names = streams.map(({ name }) => name);
    const cheap = names.filter((name) => !expensive.some(([one]) => one === name));
    expect([...suggested].sort()).toEqual(cheap.sort());
  });
});
