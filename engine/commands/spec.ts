import { ConnectorError } from '../error/connector-error.ts';
import type { Source } from '../error/place.ts';
import { cutField } from '../manifest/cut-field.ts';
import { fieldOf, type ManifestNode } from '../manifest/node.ts';
import { resolveReferences, resolveWhenNeeded } from '../manifest/references.ts';
import { readSnapshot } from '../manifest/snapshot.ts';
import { specificationIn } from '../protocol/specification.ts';
import { toLine } from '../protocol/write.ts';
import type { CommandOptions, Environment } from './environment.ts';
import { readInputText } from './read-input.ts';

/** `spec`: the config that a connector needs. Only this part of the manifest is read, so it answers at once. */
export async function spec(options: CommandOptions, environment: Environment): Promise<number> {
  const path = options.manifestPath ?? environment.bundledManifest;
  const text = await readInputText(path, 'manifest');
  const resolved = await readTree({ name: path, text }, environment);
  const spec = resolved.kind === 'mapping' ? specificationIn(resolved) : undefined;
  if (spec === undefined) {
    throw new ConnectorError('The manifest has no "spec", which says what config it needs.', {
      kind: 'config_error',
      nodes: [resolved.place],
    });
  }
  if (environment.isReadByPerson) {
    const { specText } = await import('./spec-text.ts');
    await environment.write(specText(spec));
  } else {
    await environment.write(toLine({ type: 'SPEC', spec }));
  }
  return 0;
}

/** A tree, with references resolved, that contains the spec; the rest of the manifest may be missing. */
async function readTree(
  source: Source & { readonly text: string },
  environment: Environment,
): Promise<ManifestNode> {
  const snapshot = await environment.bundledSnapshot?.(source.name);
  const known = snapshot && readSnapshot(snapshot, source);
  if (known !== undefined) return resolveWhenNeeded(known.root);
  const { parseManifest } = await import('../manifest/parse.ts');
  const lines = cutField(source.text, 'spec');
  const part = lines === undefined ? undefined : parseManifest({ ...source, text: lines }).node;
  if (part !== undefined && fieldOf(part, 'spec')?.kind === 'mapping') return resolveReferences(part).node;
  const { node, diagnostics } = parseManifest(source);
  if (node !== undefined) return resolveReferences(node).node;
  const [first] = diagnostics;
  throw new ConnectorError(first?.message ?? 'The manifest is empty.', {
    kind: 'config_error',
    nodes: first?.places ?? [],
  });
}
