import { ConnectorError } from '../error/connector-error.ts';
import { readComplete } from '../language/compile.ts';
import { fieldOf } from '../manifest/node.ts';
import type { Manifest } from './load-manifest.ts';

/**
 * Throws ConnectorError (config_error) when a manifest cannot be used with any config: a broken reference leaves
 * something out anywhere below it, so no stream can be trusted, and nothing works without the root and the spec.
 */
export function requireUsable({ root, registry, diagnostics }: Manifest): void {
  const error = diagnostics.find(({ severity }) => severity === 'error');
  if (error !== undefined)
    throw new ConnectorError(error.message, { kind: 'config_error', nodes: error.places });
  readComplete(root, 'Source', registry);
  const spec = fieldOf(root, 'spec');
  if (spec?.kind === 'mapping') readComplete(spec, 'Spec', registry);
}
