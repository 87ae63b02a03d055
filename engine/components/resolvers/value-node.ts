import type { Place } from '../../error/place.ts';
import type { ManifestNode, MappingEntry, ScalarNode } from '../../manifest/node.ts';
import { PyFloat, toJson } from '../../template/python-values.ts';

/** A value from a template as a part of the tree. All of it has the same place. */
export function valueNode(value: unknown, place: Place): ManifestNode {
  if (value instanceof PyFloat)
    return { kind: 'scalar', value: value.value, float: true, isResolved: true, place };
  return jsonNode(toJson(value), place);
}

function jsonNode(value: unknown, place: Place): ManifestNode {
  if (Array.isArray(value))
    return { kind: 'sequence', items: value.map((item) => jsonNode(item, place)), place };
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([name, item]) => entryOf(name, jsonNode(item, place), place));
    return { kind: 'mapping', entries: new Map(entries), place };
  }
  return { kind: 'scalar', value: value as ScalarNode['value'], isResolved: true, place };
}

function entryOf(name: string, value: ManifestNode, place: Place): [string, MappingEntry] {
  return [name, { key: { kind: 'scalar', value: name, place }, value }];
}
