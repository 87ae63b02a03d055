/** `npm run docs`: writes the table of faults into docs/faults.md. */
import { readFile, writeFile } from 'node:fs/promises';
import { withTable } from '../manifests/intercom/with-table.ts';
import { faultTable } from './fault-table.ts';
import { faults } from './faults.ts';

const page = 'docs/faults.md';
await writeFile(page, withTable(await readFile(page, 'utf8'), faultTable(faults)));
