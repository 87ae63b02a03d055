import { fieldOf, type ManifestNode } from '../../manifest/node.ts';
import { readPaths } from '../../simulator/read-paths.ts';
import { singular } from '../../util/text/singular.ts';
import { ancestorOf, type ComponentAt, childIn, textIn, visit, written } from '../../validate/visit.ts';
import { type CheckEvent, defineCheck } from '../check.ts';
import { looked, violation } from '../events.ts';
import { once } from '../once.ts';
import { listOf } from '../schema-walk.ts';
import { schemaNode } from '../stream-schema.ts';
import type { Subject } from '../subject.ts';
import { wordsOf } from '../words.ts';

export const parentFields = defineCheck({
  id: 'parent-fields',
  group: 'requests',
  level: 'static',
  severity: 'warning',
  doc: 'where a partition, or the parameter that sends it, has the name of a field of the parent, that field is its `parent_key`',
  async *run({ source, readNode }) {
    const isNew = once();
    for (const at of visit(source)) {
      if (at.family !== 'ParentStreamConfig' || at.isHook || !isNew(at.node)) continue;
      yield looked();
      yield* namedKey(at, await fieldsOf(childIn(at, 'stream'), readNode));
    }
  },
});

/** The fields of the records of a stream. */
async function fieldsOf(
  stream: ComponentAt | undefined,
  readNode: Subject['readNode'],
): Promise<readonly string[]> {
  const node = stream && (await schemaNode(stream, textIn(stream, 'name') ?? '', readNode));
  const properties = node && fieldOf(node, 'properties');
  return [
    ...new Set([...keysOf(stream), ...(properties?.kind === 'mapping' ? properties.entries.keys() : [])]),
  ];
}

/** `project_key` and `symbol` take another field, and the parent has a "key", a "symbol". */
function* namedKey(at: ComponentAt, fields: readonly string[]): Generator<CheckEvent> {
  const key = textIn(at, 'parent_key');
  const parent = textIn(childIn(at, 'stream'), 'name') ?? '';
  if (key === undefined || key.includes('{{') || key.includes('.')) return;
  for (const [name, node] of namesOf(at)) {
    const words = wordsOf(name);
    const isOfParent = words.length > 1 && words.slice(0, -1).every((word) => says(parent, word));
    const own = words.at(-1) ?? '';
    const isKey = keysOf(childIn(at, 'stream')).includes(key);
    const meant =
      (isKey ? undefined : fields.find((field) => plain(field) === plain(name))) ??
      (isOfParent ? fields.find((field) => plain(field) === own) : undefined);
    if (meant === undefined || plain(meant) === plain(key) || plain(key) === plain(name)) continue;
    yield violation(
      written(at, 'parent_key'),
      `"${name}" takes "${key}" of the parent "${parent}", which has a field "${meant}", too: was that meant?`,
      { also: [node.place] },
    );
    return;
  }
}

/** What the value of a partition is called: its own name, and those under which it is sent. */
function* namesOf(at: ComponentAt): Generator<[name: string, node: ManifestNode]> {
  for (const path of [['partition_field'], ['request_option', 'field_name']]) {
    const node = written(at, ...path);
    if (node?.kind === 'scalar') yield [String(node.value), node];
  }
  const field = textIn(at, 'partition_field');
  const requester = childIn(childIn(ancestorOf(at, 'Stream'), 'retriever'), 'requester');
  for (const where of ['request_parameters', 'request_body_json', 'request_body_data']) {
    const sent = written(requester, where);
    for (const [name, { key, value }] of sent?.kind === 'mapping' ? sent.entries : []) {
      const [read, ...more] = value.kind === 'scalar' ? readPaths(String(value.value)) : [];
      if (more.length === 0 && read?.path.at(-1) === field && /^stream_/.test(read?.name ?? ''))
        yield [name, key];
    }
  }
}

function plain(name: string): string {
  return wordsOf(name).join('');
}

function keysOf(stream: ComponentAt | undefined): readonly string[] {
  return listOf(written(stream, 'primary_key')).flatMap((each) =>
    each.kind === 'scalar' ? [String(each.value)] : [],
  );
}

function says(name: string, word: string): boolean {
  return wordsOf(name).map(singular).includes(singular(word));
}
