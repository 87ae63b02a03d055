import type { Diagnostic } from '../../error/diagnostic.ts';
import { fieldOf, type ManifestNode } from '../../manifest/node.ts';
import { warningAt } from '../../manifest/node-diagnostic.ts';
import { inspectTemplate } from '../../template/template.ts';
import { didYouMean } from '../../util/text/did-you-mean.ts';
import { type ComponentAt, childIn, isFilledIn, written } from '../visit.ts';

/** The fields of records that a stream relies on are in its schema, where the schema is in the manifest. */
export function* schemaMembers(at: ComponentAt): Iterable<Diagnostic> {
  if (isFilledIn(at)) return;
  if (at.family === 'Stream') {
    const names = propertiesOf(at);
    for (const node of keyNodes(written(at, 'primary_key')))
      yield* missing(node, names, 'primary key', 'schema of this stream');
    const cursor = childIn(at, 'incremental_sync');
    if (cursor?.isHook === false)
      yield* missing(written(cursor, 'cursor_field'), names, 'cursor field', 'schema of this stream');
  }
  if (at.family === 'ParentStreamConfig') {
    const parent = childIn(at, 'stream');
    const names = parent && propertiesOf(parent);
    yield* missing(written(at, 'parent_key'), names, 'parent key', 'schema of the parent stream');
  }
}

function* missing(
  node: ManifestNode | undefined,
  names: ReadonlySet<string> | undefined,
  what: string,
  where: string,
): Iterable<Diagnostic> {
  if (names === undefined || node?.kind !== 'scalar' || typeof node.value !== 'string') return;
  const [name = ''] = node.value.replace(/^\/+/, '').split(/[/.]/);
  if (name === '' || !inspectTemplate(node.value).isPlain || /[*?[]/.test(name)) return;
  if (names.has(name) || names.has(node.value)) return;
  yield warningAt(node, `The ${what} "${name}" is not in the ${where}.${didYouMean(name, names)}`);
}

function keyNodes(key: ManifestNode | undefined): readonly ManifestNode[] {
  if (key?.kind !== 'sequence') return key === undefined ? [] : [key];
  return key.items.flatMap(keyNodes);
}

/** Names of the fields that records have after all transformations; undefined when the manifest does not tell. */
function propertiesOf(stream: ComponentAt): ReadonlySet<string> | undefined {
  const loaders = stream.children.filter(({ family }) => family === 'SchemaLoader');
  const names = new Set<string>();
  for (const loader of loaders) {
    const schema = loader.isHook ? undefined : written(loader, 'schema');
    const properties = schema && fieldOf(schema, 'properties');
    if (properties?.kind !== 'mapping') return undefined;
    for (const name of properties.entries.keys()) names.add(name);
  }
  return names.size === 0 ? undefined : names;
}
