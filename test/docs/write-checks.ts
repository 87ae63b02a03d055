/** `npm run docs`: writes the list of built-in checks out of their own texts. */
import { writeFile } from 'node:fs/promises';
import { checksPage } from '../../engine/conformance/checks-page.ts';

await writeFile('docs/checks.md', checksPage());
