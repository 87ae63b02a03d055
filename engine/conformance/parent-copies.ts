import { placeKey } from '../error/place.ts';
import { fieldOf, type ManifestNode } from '../manifest/node.ts';
import { type ComponentAt, childIn, textIn, visit, written } from '../validate/visit.ts';
import type { Difference } from './node-differences.ts';
import { listOf, textsOf } from './schema-walk.ts';

// A stream that is written out within the one that it is a parent of puts out no records: some fields of them are read.

/** What is read of the records of streams that are parents and nothing else, by where they are written. */
export type ParentCopies = ReadonlyMap<string, ReadonlySet<string>>;

export function parentCopies(source: ComponentAt): ParentCopies {
  const read = new Map<string, Set<string>>();
  const listed = new Set<string>();
  for (const at of visit(source)) {
    if (at.family !== 'Stream') continue;
    const key = placeKey(at.node.place);
    if (at.parent?.family !== 'ParentStreamConfig') listed.add(key);
    else read.set(key, new Set([...(read.get(key) ?? []), ...fieldsRead(at.parent, at)]));
  }
  for (const key of listed) read.delete(key);
  return read;
}

/** The first names of the fields that make a partition, and of the one that the next sync goes on by. */
function fieldsRead(config: ComponentAt, stream: ComponentAt): readonly string[] {
  const key = textIn(config, 'parent_key') ?? '';
  const extra = listOf(written(config, 'extra_fields')).flatMap((path) => textsOf(path).slice(0, 1));
  const lazy = textsOf(written(config, 'lazy_read_pointer')).slice(0, 1);
  const cursor = textIn(childIn(stream, 'incremental_sync'), 'cursor_field');
  return [key.split(/[./]/, 1)[0] ?? '', ...extra, ...lazy, ...(cursor === undefined ? [] : [cursor])];
}

/** Whether a stream that is only a parent leaves out, at this path, what its children would not notice: a schema, and transformations of fields that nobody reads. */
export function isLeftOutOf(
  stream: ManifestNode,
  path: Difference['path'],
  own: ManifestNode | undefined,
  listed: ManifestNode | undefined,
  copies: ParentCopies,
): boolean {
  const read = copies.get(placeKey(stream.place));
  if (read === undefined || path.length > 1) return false;
  if (path[0] === 'schema_loader') return own === undefined;
  return path[0] === 'transformations' && ![own, listed].flatMap(listOf).some((each) => makes(each, read));
}

/** Whether a transformation gives or takes one of these fields. One that renames may do so with any; a hook is its author's, who left it out. */
function makes(transformation: ManifestNode, names: ReadonlySet<string>): boolean {
  if (fieldOf(transformation, 'class_name') !== undefined) return false;
  const added = listOf(fieldOf(transformation, 'fields')).map((field) => fieldOf(field, 'path'));
  const removed = listOf(fieldOf(transformation, 'field_pointers'));
  const paths = [...added, ...removed].map((path) => textsOf(path)[0] ?? '*');
  return paths.length === 0 || paths.some((name) => name.startsWith('*') || names.has(name));
}
