/** `npm run schema`: writes the manifest language's schema for editors. */
import { writeFile } from 'node:fs/promises';
import { manifestSchema } from '../../engine/connector/editor-schema/manifest-schema.ts';

await writeFile('schemas/manifest.schema.json', `${JSON.stringify(manifestSchema(), null, 2)}\n`);
