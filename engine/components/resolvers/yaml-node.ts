import type { Place } from '../../error/place.ts';
import type { ManifestNode, MappingEntry } from '../../manifest/node.ts';
import { parseValue } from '../../manifest/parse.ts';

/** A text that is YAML means what it says; any other text is itself. */
export function yamlNode(text: string, place: Place): ManifestNode {
  const parsed = parseValue({ name: place.source.name, text });
  return parsed === undefined ? { kind: 'scalar', value: text, place } : relocate(parsed, place);
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
