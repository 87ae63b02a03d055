import { ConnectorError } from '../error/connector-error.ts';
import { fieldOf, toValue } from '../manifest/node.ts';
import { parseManifest } from '../manifest/parse.ts';
import { resolveReferences } from '../manifest/references.ts';
import type { ConnectorSpecification } from '../protocol/messages.ts';
import { toLine } from '../protocol/write.ts';
import { isObject, type JsonObject } from '../util/json.ts';
import type { CommandOptions, Environment } from './environment.ts';
import { readInputText } from './read-input.ts';

/** `spec`: the config a connector needs. Only this part of the manifest is looked at, so it answers at once. */
export async function spec(options: CommandOptions, environment: Environment): Promise<number> {
  const path = options.manifestPath ?? environment.bundledManifest;
  const text = await readInputText(path, 'manifest');
  const { node, diagnostics } = parseManifest({ name: path, text });
  if (node === undefined) {
    const [first] = diagnostics;
    throw new ConnectorError(first?.message ?? 'The manifest is empty.', {
      kind: 'config_error',
      nodes: first?.places ?? [],
    });
  }
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
