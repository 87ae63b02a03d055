import { fieldOf, type ManifestNode } from '../../manifest/node.ts';
import { type ReadPath, readPaths } from '../../simulator/read-paths.ts';
import { singular } from '../../util/text/singular.ts';
import { type ComponentAt, childIn, textIn, written } from '../../validate/visit.ts';
import { type AddedAt, addedFields } from '../added-fields.ts';
import { type CheckEvent, defineCheck } from '../check.ts';
import { looked, violation } from '../events.ts';
import { once } from '../once.ts';
import { listOf, textsOf } from '../schema-walk.ts';
import { schemaNode } from '../stream-schema.ts';
import { streamsIn } from '../streams-in.ts';
import { plainName } from '../words.ts';

export const recordReads = defineCheck({
  id: 'record-reads',
  group: 'records',
  level: 'static',
  severity: 'warning',
  doc: 'the fields that records are given are read where the stream has them: not of what is removed before, not under another name than beside it, not those of another field that is given; and the cursor and the keys are not removed',
  async *run({ source, readNode }) {
    const isNew = once();
    for (const at of streamsIn(source)) {
      const name = textIn(at, 'name') ?? '';
      const added = [...addedFields(at)].filter(({ node }) => isNew(node));
      const removed = [...removedFields(at)];
      if (added.length + removed.length === 0) continue;
      yield looked(name);
      yield* needed(name, at, added, removed);
      yield* gone(name, at, added, removed);
      yield* twice(name, added);
      yield* ofAnother(name, added);
      yield* otherName(name, added, removed);
      const schema = await schemaNode(at, name, readNode);
      yield* otherSpelling(name, at, added, removed, schema);
    }
  },
});

/** A path that a transformation takes out of records. */
interface Removed {
  readonly path: readonly string[];
  readonly node: ManifestNode;
  readonly by: ComponentAt;
}

function* removedFields(stream: ComponentAt): Generator<Removed> {
  for (const by of stream.children) {
    const list = by.field === 'transformations' && !by.isHook ? written(by, 'field_pointers') : undefined;
    // What is removed under a condition may be there.
    if (list?.kind !== 'sequence' || written(by, 'condition') !== undefined) continue;
    for (const node of list.items) {
      yield { path: textsOf(node), node, by };
    }
  }
}

/** The one path of a record that a template gives as it is. */
function sourceOf({ node }: AddedAt): readonly string[] | undefined {
  const text = String(node.value);
  const [read, ...more] = readPaths(text);
  if (read?.name !== 'record' || more.length > 0 || /\b(?:if|or|default)\b/.test(text)) return undefined;
  return read.path.length > 0 ? read.path.map(String) : undefined;
}

function isWithin(path: readonly string[], other: readonly string[]): boolean {
  return path.length <= other.length && path.every((step, index) => step === other[index]);
}

/** Transformations come one after the other. */
function* gone(
  stream: string,
  at: ComponentAt,
  added: readonly AddedAt[],
  removed: readonly Removed[],
): Generator<CheckEvent> {
  const order = at.children;
  for (const each of added) {
    const path = sourceOf(each);
    if (path === undefined) continue;
    const before = removed.find(
      ({ path: taken, by }) =>
        taken.length > 0 && isWithin(taken, path) && order.indexOf(by) < order.indexOf(each.by),
    );
    const isBack = added.some((other) => other !== each && isWithin(other.path, path));
    if (before === undefined || isBack) continue;
    yield violation(
      each.node,
      `"${each.path.join('.')}" of stream "${stream}" is read of "${path.join('.')}", which a transformation before has removed: the field is always empty.`,
      { stream, also: [before.node.place] },
    );
  }
  for (const each of added) {
    const after = removed.find(
      ({ path, by }) =>
        path.length > 0 && isWithin(path, each.path) && order.indexOf(by) > order.indexOf(each.by),
    );
    // What is kept aside for a while is read in between.
    const isRead = added.some(
      (other) =>
        other !== each &&
        order.indexOf(other.by) <= order.indexOf(after?.by ?? each.by) &&
        readPaths(String(other.node.value)).some(
          ({ name, path }) => name === 'record' && isWithin(each.path, path.map(String)),
        ),
    );
    if (after === undefined || isRead) continue;
    yield violation(
      after.node,
      `"${each.path.join('.')}" is added to the records of stream "${stream}" and removed by a later transformation: one of them is not meant.`,
      { stream, also: [each.node.place] },
    );
  }
}

/** The cursor and the keys of a record are read when all transformations are over. */
function* needed(
  stream: string,
  at: ComponentAt,
  added: readonly AddedAt[],
  removed: readonly Removed[],
): Generator<CheckEvent> {
  const key = listOf(written(at, 'primary_key')).flatMap((node) =>
    node.kind === 'scalar' ? [['a part of the primary key', String(node.value), node] as const] : [],
  );
  const cursor = written(childIn(at, 'incremental_sync'), 'cursor_field');
  const own =
    cursor?.kind === 'scalar' ? [['the cursor field', String(cursor.value), cursor] as const, ...key] : key;
  for (const { path, node } of removed)
    for (const [what, name, place] of own) {
      if (path.length === 0 || !isWithin(path, name.split('.'))) continue;
      if (added.some((each) => isWithin(path, each.path))) continue;
      yield violation(
        node,
        `"${path.join('.')}", ${what} of stream "${stream}", is removed from its records, which are looked at afterwards.`,
        { stream, also: [place.place] },
      );
    }
}

/** Of two values for one field the second stays. */
function* twice(stream: string, added: readonly AddedAt[]): Generator<CheckEvent> {
  for (const [index, each] of added.entries()) {
    const earlier = added.slice(0, index).find(({ path }) => path.join('.') === each.path.join('.'));
    const isConditional = [each, earlier].some((one) => written(one?.by, 'condition') !== undefined);
    // A value that is made out of the one before is a second step.
    const isStep = readPaths(String(each.node.value)).some(
      ({ name, path }) => name === 'record' && path.map(String).join('.') === each.path.join('.'),
    );
    if (earlier === undefined || isConditional || isStep) continue;
    yield violation(
      each.name ?? each.node,
      `"${each.path.join('.')}" is added to the records of stream "${stream}" twice: the value that comes first is overwritten.`,
      { stream, also: [(earlier.name ?? earlier.node).place] },
    );
  }
}

/** As many fields have to be given under their own names before another one is odd. */
const fewestOthers = 2;

/** `limit` that is read of `balances.current`, where `current` is, too, and all others are read of fields of their names. */
function* ofAnother(stream: string, added: readonly AddedAt[]): Generator<CheckEvent> {
  const own = (each: AddedAt) => sourceOf(each)?.at(-1) === each.path.at(-1);
  for (const each of added) {
    const path = sourceOf(each);
    if (path === undefined || own(each)) continue;
    const twin = added.find(
      (other) => other !== each && sourceOf(other)?.join('.') === path.join('.') && own(other),
    );
    const around = path.slice(0, -1).join('.');
    const others = added.filter((other) => own(other) && sourceOf(other)?.slice(0, -1).join('.') === around);
    if (twin === undefined || others.length < fewestOthers) continue;
    yield violation(
      each.node,
      `"${each.path.join('.')}" of stream "${stream}" is given "${path.join('.')}", as "${twin.path.join('.')}" is, and all fields beside it are given what has their name: is "${[...path.slice(0, -1), each.path.at(-1)].join('.')}" meant?`,
      { stream, also: [twin.node.place] },
    );
  }
}

/** A field that is copied under its own name and removed at its old place: read of another one, nothing is copied. */
function* otherName(
  stream: string,
  added: readonly AddedAt[],
  removed: readonly Removed[],
): Generator<CheckEvent> {
  for (const each of added) {
    const path = sourceOf(each);
    const target = each.path.at(-1);
    if (path === undefined || path.length < 2 || path.at(-1) === target) continue;
    const around = path.slice(0, -1).join('.');
    const moved = removed.find(
      (other) => other.path.at(-1) === target && other.path.slice(0, -1).join('.') === around,
    );
    const isRemoved = removed.some((other) => isWithin(other.path, path));
    if (moved === undefined || isRemoved) continue;
    yield violation(
      each.node,
      `"${target}" of stream "${stream}" is read of "${path.join('.')}", and "${moved.path.join('.')}" is removed: was that to be read?`,
      { stream, also: [moved.node.place] },
    );
  }
}

/** One name in the singular and the plural, or with and without capitals: `record.balance` beside `record.balances`. */
function* otherSpelling(
  stream: string,
  at: ComponentAt,
  added: readonly AddedAt[],
  removed: readonly Removed[],
  schema: ManifestNode | undefined,
): Generator<CheckEvent> {
  const properties = schema && fieldOf(schema, 'properties');
  const declared = properties?.kind === 'mapping' ? [...properties.entries.keys()] : [];
  const filter = textIn(
    childIn(childIn(childIn(at, 'retriever'), 'record_selector'), 'record_filter'),
    'condition',
  );
  const uses = [
    ...added.flatMap(({ node }) => readPaths(String(node.value)).map((read) => ({ read, node }))),
    ...readPaths(filter ?? '').map((read) => ({ read, node: undefined })),
  ].flatMap(({ read, node }) => firstOf(read).map((name) => ({ name, node })));
  const given = new Set([...declared, ...added.map(({ path }) => path[0] ?? '')]);
  const taken = removed.map(({ path }) => path[0] ?? '');
  const key = (name: string) => plainName(singular(name));
  for (const { name, node } of uses) {
    if (node === undefined || given.has(name) || taken.includes(name)) continue;
    const own = uses.filter((use) => use.name === name).length;
    const meant = [...declared, ...taken, ...uses.map((use) => use.name)].find(
      (other) =>
        other !== name &&
        key(other) === key(name) &&
        // Another case than that of the schema is told of by `name-forms`.
        !(declared.includes(other) && plainName(other) === plainName(name)) &&
        (declared.includes(other) ||
          taken.includes(other) ||
          uses.filter((use) => use.name === other).length > own),
    );
    if (meant === undefined) continue;
    yield violation(
      node,
      `"${name}" is read of the records of stream "${stream}" here, and everywhere else "${meant}": is it the same field?`,
      { stream, offset: Math.max(String(node.value).indexOf(name), 0) },
    );
  }
}

function firstOf({ name, path }: ReadPath): readonly string[] {
  const [first] = path;
  return name === 'record' && typeof first === 'string' ? [first] : [];
}
