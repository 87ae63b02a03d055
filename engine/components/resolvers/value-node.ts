import type { Place } from '../../error/place.ts';
import type { ManifestNode, MappingEntry, ScalarNode } from '../../manifest/node.ts';
import { parseValue } from '../../manifest/parse.ts';
import { PyFloat, toJson } from '../../template/python-values.ts';

/** A value from a template as a part of the tree. All of it has the same place. */
export function valueNode(value: unknown, place: Place): ManifestNode {
  if (value instanceof PyFloat)
    return { kind: 'scalar', value: value.value, float: true, isResolved: true, place };
  return jsonNode(toJson(value), place);
}

/** A text that is YAML means what it says; any other text is itself. */
export function yamlNode(text: string, place: Place): ManifestNode {
  const parsed = parseValue({ name: place.source.name, text });
  return parsed === undefined ? { kind: 'scalar', value: text, place } : relocate(parsed, place);
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

function relocate(node: ManifestNode, place: Place): ManifestNode {
  switch (node.kind) {
    case 'scalar':
      return { ...node, isResolved: true, place };
    case 'sequence':
      return { kind: 'sequence', items: node.items.map((item) => relocate(item, place)), place };
    case 'mapping': {
      const entries = [...node.entries].map(([name, { key, value }]) => {
        const entry: MappingEntry = { key: { ...key, place }, value: relocate(value, place) };
        return [name, entry] as const;
      });
      return { kind: 'mapping', entries: new Map(entries), place };
    }
  }
}

function entryOf(name: string, value: ManifestNode, place: Place): [string, MappingEntry] {
  return [name, { key: { kind: 'scalar', value: name, place }, value }];
}
