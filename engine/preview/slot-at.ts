import { ConnectorError } from '../error/connector-error.ts';
import { fieldOf, type ManifestNode } from '../manifest/node.ts';
import { didYouMean } from '../util/text/did-you-mean.ts';
import { streamNode } from './count-slices.ts';

/**
 * The part of a manifest at a path such as `contacts.paginator.cursor_value`: the stream, then fields, of which those in
 * between may be left out. Throws ConnectorError with the fields that there are.
 */
export function slotAt(
  root: ManifestNode,
  path: string,
): { readonly stream: string; readonly node: ManifestNode } {
  const [stream = '', ...fields] = path.split('.');
  const start = streamNode(root, stream);
  if (start === undefined)
    throw new ConnectorError(
      `"${path}" begins with the name of a stream, and there is no stream "${stream}".`,
      {
        kind: 'config_error',
      },
    );
  let at: ManifestNode = start;
  for (const field of fields) {
    const next = below(at, field);
    if (next === undefined) {
      const names = [...namesBelow(at)];
      const hint = didYouMean(field, names) || ` There: ${[...new Set(names)].slice(0, 12).join(', ')}.`;
      throw new ConnectorError(`Nothing of stream "${stream}" is called "${field}" there.${hint}`, {
        kind: 'config_error',
        nodes: [at.place],
      });
    }
    at = next;
  }
  return { stream, node: at };
}

/** The nearest field of that name, by levels. */
function below(node: ManifestNode, name: string): ManifestNode | undefined {
  let level: readonly ManifestNode[] = [node];
  while (level.length > 0) {
    for (const one of level) {
      const found = fieldOf(one, name);
      if (found !== undefined) return found;
    }
    level = level.flatMap(childrenOf);
  }
  return undefined;
}

function childrenOf(node: ManifestNode): readonly ManifestNode[] {
  if (node.kind === 'sequence') return node.items;
  if (node.kind !== 'mapping') return [];
  return [...node.entries].filter(([name]) => name !== '$parameters').map(([, { value }]) => value);
}

function* namesBelow(node: ManifestNode): Generator<string> {
  if (node.kind === 'mapping') for (const name of node.entries.keys()) if (!name.startsWith('$')) yield name;
  for (const child of childrenOf(node)) yield* namesBelow(child);
}
