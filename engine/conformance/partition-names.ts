import { fieldOf, type ManifestNode } from '../manifest/node.ts';
import { type ComponentAt, childIn, textIn, written } from '../validate/visit.ts';

/** Fields of records that are given what their partition is. */
export function namesOfPartition(at: ComponentAt): ReadonlySet<string> {
  const names = new Set<string>();
  for (const each of ownOf(at)) {
    const field = each.family === 'ParentStreamConfig' ? textIn(each, 'partition_field') : undefined;
    const cursor = each.family === 'PartitionRouter' ? textIn(each, 'cursor_field') : undefined;
    for (const name of [field, cursor]) if (name !== undefined) names.add(name);
    if (each.family !== 'Transformation') continue;
    const fields = written(each, 'fields');
    for (const { path, value } of fields?.kind === 'sequence' ? fields.items.flatMap(addedBy) : [])
      if (/^\s*\{\{\s*stream_(?:partition|slice)\b[^}|~+]*\}\}\s*$/.test(value)) names.add(path);
  }
  return names;
}

/** What a router calls the values that it gives to a partition. */
export function namesOfRouter(router: ComponentAt): readonly string[] {
  return [...ownOf(router)].flatMap((at) => {
    const field = at.family === 'PartitionRouter' ? 'cursor_field' : 'partition_field';
    return textIn(at, field) ?? [];
  });
}

/** The names of the streams for whose records a stream is read. */
export function parentsOf(at: ComponentAt): readonly string[] {
  return [...ownOf(at)].flatMap((each) =>
    each.family === 'ParentStreamConfig' ? (textIn(childIn(each, 'stream'), 'name') ?? []) : [],
  );
}

/** The components of a stream, without its parents. */
function* ownOf(at: ComponentAt): Generator<ComponentAt> {
  yield at;
  for (const child of at.children) if (child.family !== 'Stream') yield* ownOf(child);
}

function addedBy(node: ManifestNode): readonly { readonly path: string; readonly value: string }[] {
  const [path, value] = ['path', 'value'].map((field) => fieldOf(node, field));
  return path?.kind === 'sequence' && value?.kind === 'scalar'
    ? [
        {
          path: path.items.map((item) => (item.kind === 'scalar' ? item.value : '')).join('.'),
          value: String(value.value),
        },
      ]
    : [];
}
