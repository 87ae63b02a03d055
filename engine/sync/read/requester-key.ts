import { fieldOf, type ManifestNode, type MappingNode, toValue } from '../../manifest/node.ts';
import { isObject } from '../../util/json/json.ts';

const parameter = /\bparameters(?:\[\s*['"](\w+)['"]\s*\]|\.(?!get\b)(\w+)|\.get\(\s*['"](\w+)['"])/g;
const onlyParameter = /\{\{\s*parameters(?:\[\s*['"](\w+)['"]\s*\]|\.(\w+))\s*\}\}/g;

/**
 * Where requests go, as it is written, with the parameters that it is written with: the same text for requesters that ask
 * at the same place.
 */
export function requesterKey(requester: MappingNode): string {
  const known = keys.get(requester) ?? keyOf(requester);
  keys.set(requester, known);
  return known;
}

/** Each request asks for it. */
const keys = new WeakMap<MappingNode, string>();

function keyOf(requester: MappingNode): string {
  const given = fieldOf(requester, '$parameters');
  const value = given && toValue(given);
  const parameters = isObject(value) ? value : {};
  const parts = ['url', 'url_base', 'path'].map((name) => textOf(fieldOf(requester, name)));
  const url = parts
    .map((text) =>
      text.replace(onlyParameter, (all, bracketed: string | undefined, dotted: string | undefined) => {
        const known = parameters[bracketed ?? dotted ?? ''];
        return known === undefined ? all : String(known);
      }),
    )
    .map((text) => text.trim().replace(/^\/+|\/+$/g, ''))
    .filter((text) => text !== '')
    .join('/');
  const named = [...url.matchAll(parameter)].map(
    ([, ...names]) => names.find((name) => name !== undefined) ?? '',
  );
  return JSON.stringify([url, ...named.map((name) => parameters[name] ?? null)]);
}

function textOf(node: ManifestNode | undefined): string {
  return node?.kind === 'scalar' && node.value !== null ? String(node.value) : '';
}
