import type { Manifest } from '../../../engine/index.ts';
import { toValue } from '../../../engine/manifest/node.ts';
import { isObject, type JsonObject } from '../../../engine/util/json/json.ts';

/** Each stream of a manifest with references resolved and parameters handed down, by name; '' is the manifest itself. */
export function streamTrees(manifest: Manifest): ReadonlyMap<string, JsonObject> {
  const root = toValue(manifest.root) as JsonObject;
  const trees = new Map<string, JsonObject>([['', root]]);
  const visit = (streams: unknown): void => {
    for (const stream of Array.isArray(streams) ? streams : []) {
      if (!isObject(stream)) continue;
      if (stream.streams !== undefined) visit(stream.streams);
      // Of streams for several versions the first one is the newest.
      else if (!trees.has(String(stream.name))) trees.set(String(stream.name), stream);
    }
  };
  visit(root.streams);
  return trees;
}
