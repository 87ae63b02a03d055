import { plain } from '../../language/plain.ts';
import type { ManifestNode } from '../../manifest/node.ts';

/** Handed down to every component of a stream by `$parameters`, and without meaning for how a token is fetched. */
const ofTheStream = new Set(['$parameters', 'name', 'primary_key']);

/**
 * Equal for components written alike, whichever stream they stand in, so that these can share a token. Parameters count
 * only where a template may read them.
 */
export function definitionKey(node: ManifestNode, parameters: unknown): string {
  const text = JSON.stringify(plain(node), (name, value: unknown) => {
    if (ofTheStream.has(name)) return undefined;
    return typeof value === 'bigint' ? String(value) : value;
  });
  return /\b(parameters|options)\b/.test(text) ? text + JSON.stringify(parameters) : text;
}
