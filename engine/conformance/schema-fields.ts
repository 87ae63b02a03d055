import { placeKey } from '../error/place.ts';
import { fieldOf, type ManifestNode } from '../manifest/node.ts';
import { once } from './once.ts';
import { listOf, schemasIn } from './schema-walk.ts';
import type { Subject } from './subject.ts';
import { isMadeSo, isOfChoice } from './type-excuses.ts';
import { type Kind, kindOf } from './value-kinds.ts';
import { wordsOf } from './words.ts';

/** What has fields or items of its own. */
export function hasParts(node: ManifestNode): boolean {
  return fieldOf(node, 'properties') !== undefined || fieldOf(node, 'items') !== undefined;
}

/** Where a schema says its type: of a list with null in it, the other one. */
export function typeNode(node: ManifestNode): ManifestNode {
  const types = listOf(fieldOf(node, 'type'));
  return types.find((type) => type.kind === 'scalar' && type.value !== 'null') ?? types[0] ?? node;
}

/** A field of a record, at whatever depth. */
export interface SchemaField {
  readonly node: ManifestNode;
  readonly kind: Kind;
  readonly stream: string;
  readonly name: string;
  /** The words of its name, a space between two. */
  readonly words: string;
  readonly path: readonly string[];
  /** The schema of the object that it is a field of. */
  readonly object: ManifestNode | undefined;
  /** Whether something else than its name says of what kind it is. */
  readonly isExplained: boolean;
}

/** Tells objects of schemas apart by where they are written. */
export function placeOf(object: ManifestNode | undefined): string {
  return object === undefined ? '' : placeKey(object.place);
}

/** The fields of one kind in the schemas of all streams, each once, where it is written. */
export async function fieldsIn(subject: Subject): Promise<readonly SchemaField[]> {
  const isNew = once();
  const found: SchemaField[] = [];
  for (const { name: stream, schema, at } of await subject.streams())
    for (const each of schemasIn((await schema())?.node)) {
      const { node, path, parent, isAlternative } = each;
      const name = path.at(-1);
      const kind = kindOf(node);
      if (name === undefined || name === '[]' || name === '*' || kind === undefined || isAlternative)
        continue;
      if (!isNew(node)) continue;
      const isExplained = isOfChoice(each) || isMadeSo(at, path, kind);
      const words = wordsOf(name).join(' ');
      found.push({ node, kind, stream, name, words, path, object: parent?.node, isExplained });
    }
  return found;
}
