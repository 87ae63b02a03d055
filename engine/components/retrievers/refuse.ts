import { ConnectorError } from '../../error/connector-error.ts';
import type { ManifestNode } from '../../manifest/node.ts';

/** Throws an error of the manifest that points at the node. */
export function refuse(message: string, { place }: ManifestNode): never {
  throw new ConnectorError(message, { kind: 'config_error', nodes: [place] });
}
