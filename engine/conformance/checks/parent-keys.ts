import type { Place } from '../../error/place.ts';
import { isPartitionName } from '../../language/template-names.ts';
import { fieldOf } from '../../manifest/node.ts';
import { readPaths } from '../../simulator/read-paths.ts';
import { pathsRead } from '../../simulator/texts-in.ts';
import { isNumberingWord, isWordOfIds } from '../../util/text/id-words.ts';
import { singular } from '../../util/text/singular.ts';
import { ancestorOf, type ComponentAt, childIn, textIn, visit, written } from '../../validate/visit.ts';
import { addedFields } from '../added-fields.ts';
import { type CheckEvent, defineCheck } from '../check.ts';
import { looked, violation } from '../events.ts';
import { once } from '../once.ts';
import { isOnly, isOwnKey, keysOf, mayHave, sayAll, sayThe } from '../parent-names.ts';
import { typesOf } from '../schema-walk.ts';
import { schemaNode } from '../stream-schema.ts';
import { streamsIn } from '../streams-in.ts';
import type { Subject } from '../subject.ts';
import { plainName, wordsOf } from '../words.ts';

export const parentKeys = defineCheck({
  id: 'parent-keys',
  group: 'requests',
  level: 'static',
  severity: 'warning',
  doc: 'what has the name of a field of the parent is that field, and the parent is the stream that the name of the partition says, or the path before it',
  async *run({ source, readNode }) {
    const isNew = once();
    const streams = [...streamsIn(source)];
    for (const at of visit(source)) {
      if (at.family !== 'ParentStreamConfig' || at.isHook || !isNew(at.node)) continue;
      yield looked();
      yield* otherParent(at, streams);
      yield* otherPath(at, streams, readNode);
      yield* otherField(at, readNode);
    }
  },
});

/** `survey_id` of a parent "tooltips" where there is a stream "surveys". */
function* otherParent(at: ComponentAt, streams: readonly ComponentAt[]): Generator<CheckEvent> {
  const parent = childIn(at, 'stream');
  const field = textIn(at, 'partition_field');
  const name = textIn(parent, 'name');
  if (field === undefined || name === undefined || parent === undefined) return;
  const subject = subjectOf(field);
  const isSaid = isOwnKey(at, parent) ? sayThe(subject, wordsOf(name).at(-1) ?? '') : sayThe(subject, name);
  if (subject.length === 0 || isSaid || sayThe(subject, textIn(at, 'parent_key') ?? '')) return;
  const child = ancestorOf(at, 'Stream');
  const meant = streams.find(
    (stream) => stream.node !== child?.node && isOnly(subject, textIn(stream, 'name') ?? ''),
  );
  if (meant === undefined || mayHave(at, parent, subject, sayThe)) return;
  yield violation(
    written(at, 'partition_field'),
    `"${field}" comes from the stream "${name}", and there is a stream "${textIn(meant, 'name')}": is that the parent?`,
    { also: [referenceTo(parent)] },
  );
}

/** `runs/{{ stream_partition.parent_id }}/files` of a parent "projects" where there is a stream "runs". */
async function* otherPath(
  at: ComponentAt,
  streams: readonly ComponentAt[],
  readNode: Subject['readNode'],
): AsyncGenerator<CheckEvent> {
  const child = ancestorOf(at, 'Stream');
  const parent = childIn(at, 'stream');
  const name = textIn(parent, 'name');
  const field = textIn(at, 'partition_field');
  const requester = childIn(childIn(child, 'retriever'), 'requester');
  if (child === undefined || parent === undefined || name === undefined || field === undefined) return;
  const isCalledSo = sayThe(subjectOf(field), name);
  for (const where of ['path', 'url']) {
    const text = textIn(requester, where) ?? '';
    const [, noun] =
      [...text.matchAll(/([\w-]+)\/(\{\{[^}]*\}\})/g)].find(([, , template = '']) =>
        // `stream_slice.parent_slice.id` is one of the parent's parent.
        readPaths(template).some(
          ({ name: from, path }) => from !== 'config' && path.length === 1 && path[0] === field,
        ),
      ) ?? [];
    const words = wordsOf(noun ?? '');
    if (words.length === 0 || mayHave(at, parent, words, sayAll)) continue;
    const meant = streams.find(
      (stream) => stream.node !== child.node && isOnly(words, textIn(stream, 'name') ?? ''),
    );
    if (meant === undefined) continue;
    const isAtEnd = /\}\}\/?$/.test(text) && text.split('{{').length === 2;
    if (isCalledSo && (!isAtEnd || sayThe(words, textIn(child, 'name') ?? ''))) continue;
    if (isCalledSo) {
      // The partition says what it is, so it is the path that is wrong; `segments/{{ environment_id }}` of the segments themselves is none.
      yield violation(
        written(requester, where),
        `The path of stream "${textIn(child, 'name')}" has "${field}" where it has a record of "${noun}", and "${field}" is one of "${name}".`,
        { stream: textIn(child, 'name'), offset: text.indexOf(noun ?? ''), also: [at.node.place] },
      );
      return;
    }
    if (await areOf(child, name, words, readNode)) return;
    yield violation(
      { place: referenceTo(parent) },
      `The path of stream "${textIn(child, 'name')}" has a record of "${noun}" there, and the parent is "${name}": is "${textIn(meant, 'name')}" the parent?`,
      {
        stream: textIn(child, 'name'),
        also: [written(at, 'partition_field')?.place, written(requester, where)?.place].filter(
          (place) => place !== undefined,
        ),
      },
    );
    return;
  }
}

/**
 * The records of a child have the id of the parent and none of what is in the path: `reports/{campaign id}/clicks`, whose
 * records have a "campaign_id". A report is called by the id of what it is about.
 */
async function areOf(
  child: ComponentAt,
  parent: string,
  words: readonly string[],
  readNode: Subject['readNode'],
): Promise<boolean> {
  const schema = await schemaNode(child, textIn(child, 'name') ?? '', readNode);
  const properties = schema && fieldOf(schema, 'properties');
  const fields = properties?.kind === 'mapping' ? [...properties.entries.keys()].filter(isIdentifier) : [];
  const has = (subject: readonly string[]) =>
    fields.some((field) => subjectOf(field).length > 0 && isOnly(subjectOf(field), subject.join(' ')));
  return has(wordsOf(parent)) && !has(words);
}

/** Where a parent is chosen: the stream that is referred to is in order as such. */
function referenceTo({ node }: ComponentAt): Place {
  return node.place.via ?? node.place;
}

/** A partition that is called, or sent, like a field of the parent, and is given another one. */
async function* otherField(at: ComponentAt, readNode: Subject['readNode']): AsyncGenerator<CheckEvent> {
  const parent = childIn(at, 'stream');
  const key = textIn(at, 'parent_key') ?? '';
  const field = textIn(at, 'partition_field') ?? '';
  const name = textIn(parent, 'name') ?? '';
  if (parent === undefined || key === '' || field === '' || /[{/.]/.test(key)) return;
  const schema = await schemaNode(parent, name, readNode);
  const properties = schema && fieldOf(schema, 'properties');
  // What has parts is no key.
  const fields =
    properties?.kind === 'mapping'
      ? [...properties.entries].flatMap(([each, { value }]) =>
          typesOf(value).some((type) => type === 'object' || type === 'array') ? [] : [each],
        )
      : [];
  const child = ancestorOf(at, 'Stream');
  if (isReadInto(child, field)) return;
  const sentAs = childIn(at, 'request_option') === undefined ? namesSent(child, field) : [];
  const option = textIn(at, 'request_option', 'field_name');
  // `project_key` is the field "key" of a project.
  const own = wordsOf(name).map(singular);
  const words = wordsOf(field);
  const rest = words.filter((word, index) => index === words.length - 1 || !own.includes(singular(word)));
  const isItsOwn = rest.length < words.length;
  const called = [field, ...(option === undefined ? sentAs : [option])];
  // `job_parent_number` is the field "job_number" of the parent.
  const withoutParent = words.filter((word) => word !== 'parent');
  const names = new Set(
    [
      ...called,
      ...(isItsOwn ? [rest.join(' ')] : []),
      ...(withoutParent.length > 1 ? [withoutParent.join(' ')] : []),
    ].map(plainName),
  );
  if (names.has(plainName(key)) || [...names].some((each) => isPart(each, key))) return;
  const made = [...addedFields(parent)].find(({ path }) => path.join('.') === key);
  const source = made && readPaths(String(made.node.value));
  const keys = keysOf(parent);
  // What the parent makes of its own key is the key, as somebody wants it.
  if (source?.some(({ name: from, path: [first] }) => from === 'record' && keys.includes(String(first))))
    return;
  const meant = fields.find((each) => names.has(plainName(each)) && each !== key);
  const ofOther = subjectOf(key).filter((word) => !own.includes(singular(word)));
  const isForeign =
    ofOther.length > 0 &&
    isIdentifier(key) &&
    keys.length === 1 &&
    keys[0] !== key &&
    // A log is read for what its entries are about.
    !isLog.test(wordsOf(name).at(-1) ?? '') &&
    !sayThe(ofOther, field) &&
    (subjectOf(field).length === 0 || sayThe(subjectOf(field), name));
  if (meant === undefined && !isForeign) return;
  yield violation(
    written(at, 'parent_key'),
    meant === undefined
      ? `"${field}" takes "${key}" of "${name}", which by its name says to what a record belongs: its primary key is "${keys[0]}".`
      : `"${called.find((each) => plainName(each) === plainName(meant)) ?? field}" takes "${key}" of "${name}", whose records have a field "${meant}": was that meant?`,
    { stream: textIn(child, 'name') },
  );
}

/** Of `stream_partition.id.article_id` an object is made for the path, and `id` is no id. */
function isReadInto(child: ComponentAt | undefined, field: string): boolean {
  return pathsRead(child?.node, ['stream_partition', 'stream_slice']).some(
    ({ path }) => path.length > 1 && path[0] === field,
  );
}

const isLog = /^(?:logs?|history|histories|events?|changes|audits?|activity|activities)$/;

function isIdentifier(name: string): boolean {
  const last = wordsOf(name).at(-1) ?? '';
  return isNumberingWord(last) || isWordOfIds(last);
}

/** `user_uuid` of "uuid", `workspaceId` of "id". */
function isPart(name: string, key: string): boolean {
  return name.endsWith(plainName(key));
}

/** The names of parameters that are given the partition and nothing else. */
function namesSent(child: ComponentAt | undefined, field: string): readonly string[] {
  const requester = childIn(childIn(child, 'retriever'), 'requester');
  return ['request_parameters', 'request_headers', 'request_body_json', 'request_body_data'].flatMap(
    (each) => {
      const node = written(requester, each);
      if (node?.kind !== 'mapping') return [];
      return [...node.entries].flatMap(([name, { value }]) => {
        const [read, ...more] = value.kind === 'scalar' ? readPaths(String(value.value)) : [];
        const isOfPartition = isPartitionName(read?.name ?? '') && read?.path[0] === field;
        return isOfPartition && more.length === 0 ? [name] : [];
      });
    },
  );
}

/** What a field such as "survey_id" is the id of. */
function subjectOf(field: string): readonly string[] {
  return wordsOf(field).filter(
    (word) => !isNumberingWord(word) && !isWordOfIds(word) && !/^(?:slug|name|parent)$/.test(word),
  );
}
