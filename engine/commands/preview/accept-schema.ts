import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { ConnectorError } from '../../error/connector-error.ts';
import { fieldOf } from '../../manifest/node.ts';
import { parseManifest } from '../../manifest/parse.ts';
import { streamNode } from '../../manifest/written-streams.ts';
import type { Preview } from '../../preview/preview.ts';
import { schemaDifference } from '../../preview/schema-difference.ts';
import { extendedManifest, extendedSchemaFile } from '../../preview/schema-text.ts';
import type { Environment } from '../environment.ts';
import { readInputText } from '../read-input.ts';
import { replaceFile } from '../replace-file.ts';
import type { OpenedForPreview } from './open-preview.ts';

/** Writes the fields that records have and the schema does not declare into the schema: its file, or the manifest. */
export async function acceptSchema(
  { schema, schemaFile, records, stream }: Preview,
  { manifest }: OpenedForPreview,
  file: string,
  { writeError }: Environment,
): Promise<void> {
  const { undeclared } = schemaDifference(schema ?? {}, records);
  if (undeclared.length === 0) {
    writeError('The schema declares every field that was seen.\n');
    return;
  }
  const names = undeclared.map(({ path }) => path.join('.')).join(', ');
  const node = streamNode(manifest.root, stream);
  const loader = node && fieldOf(node, 'schema_loader');
  const inline = loader && fieldOf(loader, 'schema');
  if (inline !== undefined) {
    const text = extendedManifest(await readInputText(file, 'manifest'), inline, undeclared);
    const broken = parseManifest({ name: file, text }).node === undefined;
    if (broken) throw new ConnectorError(`The fields ${names} could not be written into ${file}.`);
    await replaceFile(file, text);
    writeError(`${file} declares ${names} now.\n`);
    return;
  }
  const path = schemaFile && pathOf(schemaFile, file);
  if (path === undefined) {
    throw new ConnectorError(
      `The schema of "${stream}" is neither inline nor in a file beside ${file}, so nothing was written.`,
      { kind: 'config_error' },
    );
  }
  await replaceFile(path, extendedSchemaFile(await readInputText(path, 'schema'), undeclared));
  writeError(`${path} declares ${names} now.\n`);
}

/** Beside the manifest, or beside its folder, as in the package of manifold itself. */
function pathOf(name: string, manifest: string): string | undefined {
  const folder = dirname(resolve(manifest));
  return [join(folder, name), join(folder, '..', name)].find(existsSync);
}
