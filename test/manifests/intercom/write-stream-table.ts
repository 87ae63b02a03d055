/** `npm run docs`: writes the table of streams into docs/intercom.md. */
import { readFile, writeFile } from 'node:fs/promises';
import { streamTable } from './stream-table.ts';
import { streamTrees } from './stream-trees.ts';
import { connectIntercom, intercomManifest } from './sync-intercom.ts';
import { withTable } from './with-table.ts';

const page = 'docs/intercom.md';
const connector = await connectIntercom({ access_token: 'x', start_date: '2024-01-01T00:00:00Z' });
const table = await streamTable(connector, streamTrees(await intercomManifest()));
await connector.close();
await writeFile(page, withTable(await readFile(page, 'utf8'), table));
