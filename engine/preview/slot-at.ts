import { ConnectorError } from '../error/connector-error.ts';
import type { ManifestNode } from '../manifest/node.ts';
import { nearestField, type Walked, walk } from '../manifest/walk.ts';
import { streamNode } from '../manifest/written-streams.ts';
import { didYouMean } from '../util/text/did-you-mean.ts';

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
    const next = nearestField(at, field, isParameters);
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

const isParameters = ({ name }: Walked) => name === '$parameters';

function* namesBelow(root: ManifestNode): Generator<string> {
  for (const { node } of walk(root, isParameters))
    if (node.kind === 'mapping')
      for (const name of node.entries.keys()) if (!name.startsWith('$')) yield name;
}
