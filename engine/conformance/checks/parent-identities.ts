import { fieldOf, type ManifestNode } from '../../manifest/node.ts';
import { pathsRead } from '../../simulator/texts-in.ts';
import { idWords, isIdWord } from '../../util/text/id-words.ts';
import { singular } from '../../util/text/singular.ts';
import { ancestorOf, type ComponentAt, childIn, textIn, visit, written } from '../../validate/visit.ts';
import { askedPath, hasWordBefore } from '../asked-path.ts';
import { type CheckEvent, defineCheck } from '../check.ts';
import { looked, violation } from '../events.ts';
import { once } from '../once.ts';
import { textsOf, typesOf } from '../schema-walk.ts';
import { schemaNode } from '../stream-schema.ts';
import type { Subject } from '../subject.ts';
import { plainName, wordsOf } from '../words.ts';

export const parentIdentities = defineCheck({
  id: 'parent-identities',
  group: 'requests',
  level: 'static',
  severity: 'warning',
  saysMoreThan: ['parent-keys'],
  doc: 'what a partition takes of its parent tells the records of the parent apart: it is in their primary key, or has the name of an identifier, or is what the partition is called',
  async *run({ source, readNode }) {
    const isNew = once();
    const configs = visit(source).filter(
      (at) => at.family === 'ParentStreamConfig' && !at.isHook && isNew(at.node),
    );
    for (const at of configs) {
      yield looked();
      yield* noIdentity(at, configs, readNode);
    }
  },
});

async function* noIdentity(
  at: ComponentAt,
  configs: readonly ComponentAt[],
  readNode: Subject['readNode'],
): AsyncGenerator<CheckEvent> {
  const parent = childIn(at, 'stream');
  const [key, field] = [textIn(at, 'parent_key'), textIn(at, 'partition_field')];
  if (parent === undefined || key === undefined || field === undefined || /[{*]/.test(key)) return;
  const own = keysOf(parent);
  if (own.includes(key)) return;
  const child = ancestorOf(at, 'Stream');
  const usual = plainName(key).endsWith(plainName(field)) ? undefined : otherKey(at, { field, own, configs });
  if (usual !== undefined) {
    yield violation(
      written(at, 'parent_key'),
      `"${field}" takes "${key}" of the parent, whose primary key is "${own[0]}"${usual}.`,
      { stream: textIn(child, 'name') },
    );
    return;
  }
  const properties = await propertiesOf(parent, readNode);
  const isId = identities.has(wordsOf(field).at(-1) ?? '');
  const last = wordsOf(key).at(-1) ?? '';
  const schema = /[./[]/.test(key) ? undefined : properties.get(key);
  // Who reads fields of a partition wants an object.
  const reads = child === undefined ? [] : pathsRead(child.node, ['stream_partition', 'stream_slice']);
  if (reads.some(({ path }) => path[0] === field && path.length > 1)) return;
  const none = typeWithoutIdentity(schema) ?? nameWithoutIdentity(key, field, child);
  if (none === undefined) return;
  const known = own.length > 0 ? own : identitiesIn(properties, textIn(parent, 'name') ?? '');
  // What is called an id and takes a name is one even where nothing tells what the id is.
  if (known.length === 0 && !(isId && descriptive.has(last))) return;
  // Two do not slip alike.
  if (configs.some((other) => other !== at && !isSameChild(other, child) && isSameKey(other, parent, key)))
    return;
  const said =
    own.length > 0
      ? `: the primary key of the parent is "${own.join('", "')}"`
      : known.length > 0
        ? `: records of the parent have "${known[0]}", too`
        : '';
  yield violation(
    written(at, 'parent_key'),
    `"${field}" takes "${key}" of the parent, which is ${none}${said}.`,
    { stream: textIn(child, 'name') },
  );
}

/** The partition is called what the primary key of the parent is, or another stream fills one of this name with it: says how. */
function otherKey(
  at: ComponentAt,
  from: { readonly field: string; readonly own: readonly string[]; readonly configs: readonly ComponentAt[] },
): string | undefined {
  const [only, ...more] = from.own;
  if (only === undefined || more.length > 0) return undefined;
  // "id" is what the id of anything is called.
  if (plainName(only) === plainName(from.field) && wordsOf(only).length > 1)
    return ', as the partition is called';
  const parent = textIn(childIn(at, 'stream'), 'name');
  const alike = from.configs.filter(
    (each) =>
      each !== at &&
      textIn(childIn(each, 'stream'), 'name') === parent &&
      textIn(each, 'partition_field') === from.field,
  );
  const [other] = alike;
  return other !== undefined && alike.every((each) => textIn(each, 'parent_key') === only)
    ? `, and stream "${textIn(ancestorOf(other, 'Stream'), 'name')}" takes that under the same name`
    : undefined;
}

/** Flags, moments and what has parts are of many records, or of none. */
function typeWithoutIdentity(schema: ManifestNode | undefined): string | undefined {
  if (schema === undefined) return undefined;
  const types = typesOf(schema).filter((type) => type !== 'null');
  const format = fieldOf(schema, 'format');
  if (types.length > 0 && types.every((type) => type === 'boolean')) return 'true or false by its schema';
  if (types.length > 0 && types.every((type) => type === 'object' || type === 'array'))
    return `an ${types[0]} by its schema`;
  const isMoment = format?.kind === 'scalar' && /^(?:date|date-time|time)$/.test(String(format.value));
  return isMoment ? 'a moment by its schema' : undefined;
}

/** Undefined where the name of the key, or that of the partition, says that it tells records apart. */
function nameWithoutIdentity(key: string, field: string, child: ComponentAt | undefined): string | undefined {
  const [words, called] = [wordsOf(key), wordsOf(field)];
  const last = words.at(-1) ?? '';
  const isAddress = addresses.has(last);
  if (!isAddress && (identities.has(last) || /(?:id|key|code|number)$/.test(last))) return undefined;
  if (last === called.at(-1) || (isAddress && !isStep(field, child))) return undefined;
  const theirs = called.map(singular);
  if (!descriptive.has(last) && words.some((word) => theirs.includes(singular(word)))) return undefined;
  return isAddress ? 'an address, and no step of one' : 'no id by its name';
}

/** Whether the path of a stream has something before the partition. */
function isStep(field: string, child: ComponentAt | undefined): boolean {
  const requester = childIn(childIn(child, 'retriever'), 'requester');
  return hasWordBefore(askedPath(requester), field);
}

/** Last words of names that tell records apart. */
const identities = new Set([
  ...idWords,
  ...['ids', 'pk', 'identifier', 'key', 'code', 'slug', 'handle'],
  ...['number', 'num', 'no', 'nr', 'symbol', 'ticker', 'sku', 'isbn', 'iso', 'login', 'username', 'alias'],
  ...['path', 'hash', 'reference', 'ref', 'token', 'domain', 'hostname'],
]);

const addresses = new Set(['url', 'uri', 'href', 'link', 'permalink', 'self']);

/** Words that say what a record is, not which one. */
const descriptive = new Set([
  ...['name', 'title', 'status', 'type', 'description', 'state', 'label', 'email', 'created', 'updated'],
  ...['date', 'kind', 'category', 'at', 'time', 'timestamp', 'by', 'count', 'total', 'amount', 'text'],
]);

/** The fields of a schema that are the id of its records. */
function identitiesIn(properties: ReadonlyMap<string, ManifestNode>, stream: string): readonly string[] {
  const own = new Set(wordsOf(stream).map(singular));
  return [...properties.keys()].filter((name) => {
    const [words, last] = [wordsOf(name).slice(0, -1), wordsOf(name).at(-1) ?? ''];
    return isIdWord(last) && words.every((word) => own.has(singular(word)));
  });
}

async function propertiesOf(
  stream: ComponentAt,
  readNode: Subject['readNode'],
): Promise<ReadonlyMap<string, ManifestNode>> {
  const schema = await schemaNode(stream, textIn(stream, 'name') ?? '', readNode);
  const properties = schema && fieldOf(schema, 'properties');
  if (properties?.kind !== 'mapping') return new Map();
  return new Map([...properties.entries].map(([name, { value }]) => [name, value]));
}

function keysOf(stream: ComponentAt): readonly string[] {
  return textsOf(written(stream, 'primary_key'));
}

function isSameChild(config: ComponentAt, child: ComponentAt | undefined): boolean {
  return textIn(ancestorOf(config, 'Stream'), 'name') === textIn(child, 'name');
}

function isSameKey(config: ComponentAt, parent: ComponentAt, key: string): boolean {
  const name = textIn(childIn(config, 'stream'), 'name');
  return name === textIn(parent, 'name') && textIn(config, 'parent_key') === key;
}
