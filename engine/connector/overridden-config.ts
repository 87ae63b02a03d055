import { ConnectorError } from '../error/connector-error.ts';
import { fieldOf, type ManifestNode, type MappingNode, typeOf } from '../manifest/node.ts';
import type { JsonObject } from '../util/json/json.ts';
import { quotedList } from '../util/text/quoted-list.ts';

/**
 * The config with the values that a manifest wants for checks only. Throws ConnectorError where they could do harm.
 */
export function overriddenConfig(
  config: () => JsonObject,
  overrides: JsonObject,
  manifest: MappingNode,
): () => JsonObject {
  refuseUnsafe(overrides, manifest);
  return () => ({ ...config(), ...overrides });
}

function refuseUnsafe(overrides: JsonObject, manifest: MappingNode): void {
  const reserved = Object.keys(overrides).filter((name) => name.startsWith('__airbyte'));
  if (reserved.length > 0) {
    throw new ConnectorError(
      `"config_overrides" of the check sets ${quotedList(reserved)}; names with "__airbyte" belong to the platform.`,
      { kind: 'system_error', nodes: [manifest.place] },
    );
  }
  const updater = configWriter(manifest);
  if (updater === undefined) return;
  throw new ConnectorError(
    'A manifest with a "refresh_token_updater" cannot have "config_overrides" in its check: a refreshed token is stored with the whole config, and the values meant for the check would be stored with it.',
    { kind: 'system_error', nodes: [updater.place] },
  );
}

const writers = ['OAuthAuthenticator', 'CustomAuthenticator'];

/** The first component that sends its config back to the platform. */
function configWriter(node: ManifestNode): ManifestNode | undefined {
  if (node.kind === 'scalar') return undefined;
  const updater = fieldOf(node, 'refresh_token_updater');
  const isNull = updater?.kind === 'scalar' && updater.value === null;
  if (updater !== undefined && !isNull && writers.includes(typeOf(node) ?? '')) return updater;
  const children =
    node.kind === 'sequence' ? node.items : [...node.entries.values()].map(({ value }) => value);
  for (const child of children) {
    const found = configWriter(child);
    if (found !== undefined) return found;
  }
  return undefined;
}
