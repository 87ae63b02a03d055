import { isPlainObject, type JsonObject } from './json.ts';

/** The object without some of the lists in it, wherever they are. What has none of them in it is shared. */
export function withoutLists(root: JsonObject, lists: ReadonlySet<unknown>): JsonObject {
  function cut(node: unknown): unknown {
    if (Array.isArray(node)) {
      const items = node.filter((item) => !lists.has(item)).map(cut);
      const isSame = items.length === node.length && items.every((item, index) => item === node[index]);
      return isSame ? node : items;
    }
    return isPlainObject(node) ? cutFields(node) : node;
  }

  function cutFields(object: JsonObject): JsonObject {
    const all = Object.entries(object);
    const entries = all
      .filter(([, value]) => !lists.has(value))
      .map(([name, value]) => [name, cut(value)] as const);
    const isSame = entries.length === all.length && entries.every(([name, value]) => value === object[name]);
    return isSame ? object : Object.fromEntries(entries);
  }

  return cutFields(root);
}
