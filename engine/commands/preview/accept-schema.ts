import { ConnectorError } from '../../error/connector-error.ts';
import { writing } from '../../error/writing.ts';
import { fieldOf, type ManifestNode } from '../../manifest/node.ts';
import { parseManifest } from '../../manifest/parse.ts';
import { streamNode } from '../../manifest/written-streams.ts';
import type { Preview } from '../../preview/preview.ts';
import { schemaDifference } from '../../preview/schema-difference.ts';
import { extendedManifest, extendedSchemaFile, newSchemaFile } from '../../preview/schema-text.ts';
import type { Environment } from '../environment.ts';
import { readInputText } from '../read-input.ts';
import { replaceFile } from '../replace-file.ts';
import type { OpenedForPreview } from './open-preview.ts';
import { putFile, schemaPlace } from './schema-place.ts';

/**
 * Writes the fields that records have and the schema does not declare into the schema: its file, which is made when there
 * is none, or the manifest.
 */
export async function acceptSchema(
  { schema, schemaFile, missingSchemaFile, records, stream }: Preview,
  { manifest, readFile }: OpenedForPreview,
  file: string,
  { writeError, bundledManifest }: Environment,
): Promise<void> {
  const { undeclared } = schemaDifference(schema ?? {}, records);
  const inline = inlineSchema(streamNode(manifest.root, stream));
  const isNew = inline === undefined && missingSchemaFile !== undefined;
  if (undeclared.length === 0 && !isNew) {
    writeError('The schema declares every field that was seen.\n');
    return;
  }
  const names = undeclared.map(({ path }) => path.join('.')).join(', ');
  if (inline !== undefined) {
    const text = extendedManifest(await readInputText(file, 'manifest'), inline, undeclared);
    const broken = parseManifest({ name: file, text }).node === undefined;
    if (broken) throw new ConnectorError(`The fields ${names} could not be written into ${file}.`);
    await writing(file, () => replaceFile(file, text));
    writeError(`${file} declares ${names} now.\n`);
    return;
  }
  const name = missingSchemaFile ?? schemaFile;
  if (name === undefined) {
    throw new ConnectorError(
      `The schema of "${stream}" is neither inline nor in a file beside ${file}, so nothing was written.`,
      { kind: 'config_error' },
    );
  }
  const path = await schemaPlace(name, file, bundledManifest);
  // One that comes with the package is copied, with more in it: what lies beside the manifest is looked at first.
  const before = isNew ? undefined : await readFile(name);
  await putFile(
    path,
    before === undefined ? newSchemaFile(undeclared) : extendedSchemaFile(before, undeclared),
  );
  writeError(
    isNew
      ? `${path} is new, and declares ${names || 'no field yet: no record was read'}.\n`
      : `${path} declares ${names} now.\n`,
  );
}

/** The schema that is written in the manifest itself, by the first loader that has one. */
function inlineSchema(stream: ManifestNode | undefined): ManifestNode | undefined {
  const loader = stream && fieldOf(stream, 'schema_loader');
  const loaders = loader?.kind === 'sequence' ? loader.items : loader === undefined ? [] : [loader];
  return loaders.flatMap((each) => fieldOf(each, 'schema') ?? [])[0];
}
