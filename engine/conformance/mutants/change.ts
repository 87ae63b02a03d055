import type {
  ManifestNode,
  MappingEntry,
  MappingNode,
  ScalarNode,
  SequenceNode,
} from '../../manifest/node.ts';

/** What a change touches, by where it is written: an entry of a mapping, or an item of a list. */
export type Target =
  | { readonly kind: 'entry'; readonly entry: MappingEntry }
  | { readonly kind: 'item'; readonly list: SequenceNode; readonly index: number };

/** What is written elsewhere or is gone. */
export interface Edit {
  readonly target: Target;
  /** What takes its place; undefined when it is gone. */
  readonly node: ManifestNode | undefined;
}

/** One decision made differently. */
export interface Change extends Edit {
  /** As the excuse of a survivor names it: `drop`, `negate`, `one-more`. */
  readonly id: string;
  /** Half a sentence, after the place: "is gone". */
  readonly says: string;
  /** What else has to be different for it. */
  readonly also?: readonly Edit[];
}

/** The ways in which the value of a field may be wrong, given the component that it is of. */
export type Alteration = (entry: MappingEntry, component?: MappingNode) => Iterable<Change>;

export function changed(entry: MappingEntry, id: string, says: string, node?: ManifestNode): Change {
  return { id, says, target: { kind: 'entry', entry }, node };
}

export function scalar(node: ScalarNode, value: ScalarNode['value']): ScalarNode {
  return { kind: 'scalar', value, place: node.place };
}

/** A value as a sentence shows it. */
export function shownValue(node: ManifestNode | undefined): string {
  if (node?.kind !== 'scalar') return 'this';
  const text = String(node.value).replace(/\s+/g, ' ');
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
