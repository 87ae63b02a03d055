/** `npm run schema`: writes the schemas for editors, of the manifest language and of test files. */
import { writeFile } from 'node:fs/promises';
import { testFileSchema } from '../../engine/conformance/test-file/test-file-schema.ts';
import { manifestSchema } from '../../engine/connector/editor-schema/manifest-schema.ts';

await writeFile('schemas/manifest.schema.json', `${JSON.stringify(manifestSchema(), null, 2)}\n`);
await writeFile('schemas/test-file.schema.json', `${JSON.stringify(testFileSchema(), null, 2)}\n`);
