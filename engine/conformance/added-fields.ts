import { fieldOf, type ManifestNode, type ScalarNode } from '../manifest/node.ts';
import { type ComponentAt, written } from '../validate/visit.ts';

/** A field that a transformation of a stream adds to its records. */
export interface AddedAt {
  readonly path: readonly string[];
  /** The last name of the path, where it is written. */
  readonly name: ScalarNode | undefined;
  /** The template of its value. */
  readonly node: ScalarNode;
  /** Where the field, its value and their settings are written. */
  readonly definition: ManifestNode;
  /** The transformation. */
  readonly by: ComponentAt;
}

/** The fields that transformations of a stream add, in their order. */
export function* addedFields(stream: ComponentAt): Generator<AddedAt> {
  for (const by of stream.children) {
    if (by.field !== 'transformations' || by.isHook) continue;
    const list = written(by, 'fields');
    for (const item of list?.kind === 'sequence' ? list.items : []) {
      const node = fieldOf(item, 'value');
      const path = fieldOf(item, 'path');
      if (node?.kind !== 'scalar') continue;
      const names = path?.kind === 'sequence' ? path.items.filter((name) => name.kind === 'scalar') : [];
      yield { path: names.map(({ value }) => String(value)), name: names.at(-1), node, definition: item, by };
    }
  }
}
