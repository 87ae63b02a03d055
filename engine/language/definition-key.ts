import type { ManifestNode } from '../manifest/node.ts';
import { isObject } from '../util/json/json.ts';
import { toJsonText } from '../util/json/to-json-text.ts';
import { plain } from './plain.ts';

/** Every component of a stream gets these by `$parameters`; they do not matter for how a token is fetched. */
const ofTheStream = new Set(['$parameters', 'name', 'primary_key']);

/**
 * The same for components that are written alike, in whichever stream, so that they can share a token. Parameters count
 * only where a template may read them.
 */
export function definitionKey(node: ManifestNode, parameters: unknown): string {
  const text = JSON.stringify(plain(node), (name, value: unknown) => {
    if (ofTheStream.has(name)) return undefined;
    return typeof value === 'bigint' ? String(value) : value;
  });
  return /\b(parameters|options)\b/.test(text) ? text + JSON.stringify(parameters) : text;
}

/**
 * The same for components that send the same credentials. The parameters of a stream are found in all of its components;
 * only a template among them can be a credential.
 */
export function credentialKey(node: ManifestNode, parameters: unknown): string {
  const values = plain(node);
  if (!isObject(values)) return definitionKey(node, parameters);
  const inherited = isObject(values.$parameters) ? values.$parameters : {};
  const own = Object.entries(values).filter(
    ([name, value]) =>
      !ofTheStream.has(name) && (!Object.hasOwn(inherited, name) || toJsonText(value).includes('{{')),
  );
  const text = JSON.stringify(own, (name, value: unknown) => {
    if (ofTheStream.has(name)) return undefined;
    return typeof value === 'bigint' ? String(value) : value;
  });
  return /\b(parameters|options)\b/.test(text) ? text + JSON.stringify(parameters) : text;
}
