import { ConnectorError } from '../error/connector-error.ts';
import type { Source } from '../error/place.ts';
import { cutField } from '../manifest/cut-field.ts';
import { fieldOf, type MappingNode, toValue } from '../manifest/node.ts';
import { resolveReferences } from '../manifest/references.ts';
import { readSnapshot } from '../manifest/snapshot.ts';
import type { ConnectorSpecification } from '../protocol/messages.ts';
import { toLine } from '../protocol/write.ts';
import { isObject, type JsonObject } from '../util/json/json.ts';
import type { CommandOptions, Environment } from './environment.ts';
import { readInputText } from './read-input.ts';

/** `spec`: the config that a connector needs. Only this part of the manifest is read, so it answers at once. */
export async function spec(options: CommandOptions, environment: Environment): Promise<number> {
  const path = options.manifestPath ?? environment.bundledManifest;
  const text = await readInputText(path, 'manifest');
  const node = await readTree({ name: path, text }, environment);
  const specNode = fieldOf(resolveReferences(node).node, 'spec');
  const value = specNode === undefined ? undefined : toValue(specNode);
  if (!isObject(value)) {
    throw new ConnectorError('The manifest has no "spec", which says what config it needs.', {
      kind: 'config_error',
      nodes: [node.place],
    });
  }
  await environment.write(toLine({ type: 'SPEC', spec: toSpecification(value) }));
  return 0;
}

/** A tree that contains the spec; the rest of the manifest may be missing. */
async function readTree(
  source: Source & { readonly text: string },
  environment: Environment,
): Promise<MappingNode> {
  const snapshot = await environment.bundledSnapshot?.(source.name);
  const known = snapshot && readSnapshot(snapshot, source);
  if (known !== undefined) return known;
  const { parseManifest } = await import('../manifest/parse.ts');
  const lines = cutField(source.text, 'spec');
  const part = lines === undefined ? undefined : parseManifest({ ...source, text: lines }).node;
  if (part !== undefined && fieldOf(part, 'spec')?.kind === 'mapping') return part;
  const { node, diagnostics } = parseManifest(source);
  if (node !== undefined) return node;
  const [first] = diagnostics;
  throw new ConnectorError(first?.message ?? 'The manifest is empty.', {
    kind: 'config_error',
    nodes: first?.places ?? [],
  });
}

function toSpecification({
  connection_specification,
  documentation_url,
  advanced_auth,
}: JsonObject): ConnectorSpecification {
  return {
    connectionSpecification: isObject(connection_specification) ? connection_specification : {},
    ...(typeof documentation_url === 'string' && { documentationUrl: documentation_url }),
    ...(isObject(advanced_auth) && { advanced_auth }),
    supportsNormalization: false,
    supportsDBT: false,
  };
}
