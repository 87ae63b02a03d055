import type { Slice } from '../contract/slice.ts';
import type { AddedField } from '../language/traits.ts';
import { datetimeFromMs } from '../time/datetime.ts';
import { formatDatetime } from '../time/datetime-format.ts';
import { isObject, type JsonObject, type JsonSchema } from '../util/json/json.ts';
import { setField } from '../util/json/set-field.ts';
import { toJsonText } from '../util/json/to-json-text.ts';
import { typeNames } from '../util/schema/schema-values.ts';
import { validateAgainstSchema } from '../util/schema/validate-against-schema.ts';
import { type ComponentAt, childIn } from '../validate/visit.ts';
import { undescribedKeys } from './child-keys.ts';
import { computedFields, type ValueRead } from './computed-fields.ts';
import type { CursorModel } from './cursor-model.ts';
import { fileTarget } from './file-target.ts';
import { solveFilter } from './filter-solution.ts';
import { hash } from './hash.ts';
import { numericKeys } from './numeric-keys.ts';
import { has, put } from './put.ts';
import { type ReadPath, readPaths } from './read-paths.ts';
import {
  isAddressLike,
  isCategoryLike,
  isDateLike,
  type Sample,
  sampleObject,
  sampleValue,
} from './sample-value.ts';
import { isNumericIn } from './schema-types.ts';
import { pathsRead } from './texts-in.ts';
import type { World } from './world.ts';

/** The records of a stream as its API gives them. */
export interface RawRecords {
  /**
   * The record of a partition at an index, from 0; `position` is where its cursor value lies. With `hasLargeIntegers` its
   * integers are beyond what every number can say, for a check of exactness.
   */
  make(
    partition: JsonObject,
    index: number,
    position: number | undefined,
    hasLargeIntegers?: boolean,
  ): RawRecord;
}

export interface RawRecord {
  readonly raw: JsonObject;
  /** What stands for it in an answer: itself, or a record that has it in a list. */
  readonly answered: JsonObject;
  /** Where the cursor value that is written lies. */
  readonly position: number | undefined;
  /** The same as precisely as requests can say it. */
  readonly inRequest: number | undefined;
}

export interface RawRecordsOptions {
  readonly world: World;
  readonly stream: ComponentAt | undefined;
  readonly retriever: ComponentAt;
  readonly name: string;
  readonly schema: JsonSchema;
  readonly primaryKey: readonly (readonly string[])[] | undefined;
  readonly cursor: CursorModel | undefined;
  readonly seed: number;
  readonly hasLongLists?: boolean;
  /** Records without a value would have an empty text. */
  readonly isTable?: boolean;
  /** Records as the real API's come out of the stream: the first ones have their values. */
  readonly known?: readonly JsonObject[];
  /** What is read of the records where they stand in an answer, as by `response.items[-1].code`. */
  readonly readInAnswers?: readonly Path[];
  /** Makes the record of an answer that has this one in a list, where the stream takes it out of one. */
  readonly around?: ((raw: JsonObject) => JsonObject) | undefined;
  readonly emitted: (raw: JsonObject, slice: Slice | undefined) => Promise<JsonObject | undefined>;
}

/** More than records that people list have numbers. */
const beyondReal = 5_000_000_000;

/** Of each partition these have all their fields. Others only fill pages, and have what is looked at. */
const wholeRecords = 6;

type Path = readonly (string | number)[];

export async function rawRecords(options: RawRecordsOptions): Promise<RawRecords> {
  const { world, stream, retriever, schema, primaryKey = [], cursor, seed, known = [], around } = options;
  const isInside = around !== undefined;
  const inAnswers = (options.readInAnswers ?? []).map((path): ReadPath => ({ name: 'record', path }));
  const own = readsOf(stream ?? retriever, isInside);
  const needed = neededPaths(isInside ? own : [...own, ...inAnswers], schema);
  // Whatever reads the answers looks at the records around.
  const neededAround = isInside
    ? neededPaths([...readsOf(childIn(stream, 'retriever') ?? retriever), ...inAnswers], {})
    : [];
  const computed = computedFields(stream, schema);
  const file = fileTarget(stream, world.scope);
  const cursorIsNumeric = cursor !== undefined && isNumericIn(schema, cursor.field);
  const numeric = numericKeys(world, options.name);
  const undescribed = await undescribedKeys(world, options.name, schema);
  const keys = new Set(primaryKey.map((path) => path[0]));
  const now = world.clock.now();
  const lean = leanSchema(
    schema,
    new Set([
      ...scalarKeys(schema, keys),
      cursor?.field,
      ...namesRead(stream ?? retriever),
      ...inAnswers.map(({ path }) => String(path[0])),
    ]),
  );
  let preset: readonly (readonly [Path, unknown])[] = [];

  function make(
    partition: JsonObject,
    index: number,
    position: number | undefined,
    hasLargeIntegers = false,
  ): RawRecord {
    const written = position === undefined ? undefined : cursor?.written(position, cursorIsNumeric);
    const moment =
      cursor?.kind === 'datetime' && written !== undefined ? written.position : now - index * 3_600_000;
    // Which partition a known record belongs to is not said.
    const real = Object.keys(partition).length === 0 ? known[index] : undefined;
    // Keys that are made up are none of the real ones.
    const number = numberOf(partition, index) + (known.length > 0 ? beyondReal : 0);
    const sample: Sample = {
      number,
      moment,
      seed,
      hasLargeIntegers,
      hasLongLists: options.hasLongLists === true,
    };
    const raw = sampleObject(index < wholeRecords || options.isTable === true ? schema : lean, sample);
    if (Object.keys(raw).length === 0) raw.id = number;
    for (const name of keys) if (name !== undefined) makeKey(raw, name, sample);
    for (const [name, isNumber] of undescribed) setField(raw, name, isNumber ? number : `${name}-${number}`);
    for (const [name, value] of Object.entries(real ?? {})) setField(raw, name, value);
    for (const [name, value] of Object.entries(partition))
      if (name !== 'parent_slice' && !keys.has(name) && fitsProperty(schema, name, value))
        setField(raw, name, value);
    if (cursor !== undefined && written !== undefined) {
      setField(raw, cursor.field, written.value);
    }
    for (const { target, property, path, items, isInside, momentFormat } of computed) {
      const isCursor = !isInside && target === cursor?.field && written !== undefined;
      // The schema says what comes out of the template, and not what it reads.
      const isOwn = path.length === 1 && path[0] === target;
      if (momentFormat !== undefined && (isCursor || isOwn || !has(raw, path)))
        put(raw, path, asItems(momentIn(momentFormat, moment), items));
      else if (isCursor) put(raw, path, written.value);
      else if (isOwn && items !== undefined) put(raw, path, asItems(`${target}-${number}`, items));
      else if (!has(raw, path)) put(raw, path, asItems(sampleValue(property, target, sample), items));
    }
    if (file !== undefined && !has(raw, file.path))
      put(raw, file.path, asItems(sampleValue({ type: 'string' }, file.name, sample), file.items));
    for (const { path, items } of needed)
      if (!has(raw, path)) put(raw, path, asItems(`${(items?.[0] ?? path).at(-1)}-${number}`, items));
    const answered = around?.(raw) ?? raw;
    for (const { path, items } of neededAround)
      if (!has(answered, path))
        put(answered, path, asItems(`${(items?.[0] ?? path).at(-1)}-${number}`, items));
    // One record alone has a key that the filter asks for.
    for (const [path, value] of preset) if (index === 0 || !isKey(path)) put(answered, path, value);
    const inRequest = written && cursor?.inRequest(written.position);
    return { raw, answered, position: written?.position, inRequest };
  }

  function makeKey(raw: JsonObject, name: string, sample: Sample): void {
    const property = isObject(schema.properties) ? schema.properties[name] : undefined;
    const types = isObject(property) ? typeNames(property) : [];
    const isFixed = isObject(property) && (property['enum'] !== undefined || types.includes('boolean'));
    if (isFixed || isDateLike(name) || isCategoryLike(name) || name === cursor?.field) return;
    if (isObject(raw[name]) || Array.isArray(raw[name])) return;
    if (!types.includes('string') && (types.includes('integer') || types.includes('number'))) {
      if (!sample.hasLargeIntegers) setField(raw, name, sample.number);
    } else if (numeric.has(name)) setField(raw, name, String(sample.number));
    else if (typeof raw[name] !== 'string' || !(isAddressLike(name) || /^[0-9a-f-]{36}$/.test(raw[name])))
      setField(raw, name, `${name}-${sample.number}`);
  }

  function isKey([name, ...deeper]: Path): boolean {
    return primaryKey.length === 1 && deeper.length === 0 && primaryKey[0]?.join('.') === name;
  }

  const example = cursor === undefined ? undefined : cursor.kind === 'count' ? 1 : now - 86_400_000;
  preset = await solveFilter({ ...options, config: world.config }, (solution) => {
    preset = solution;
    return make({}, 0, example).answered;
  });
  return { make };
}

function momentIn(format: string, ms: number): string {
  return formatDatetime(datetimeFromMs(Math.round(ms)), format);
}

/** A number for each record of the stream. Those of a partition are far from those of every other. */
function numberOf(partition: JsonObject, index: number): number {
  const { parent_slice: _, ...own } = partition;
  const text = Object.keys(partition).length === 0 ? '' : toJsonText(partition);
  if (Object.keys(own).length === 0 && text === '') return index + 1;
  return (1 + (hash(text) % 900_000_000)) * 10_000 + index + 1;
}

/** A schema of the properties that something looks at: named ones, and what other streams may take for a key. */
function leanSchema(schema: JsonSchema, names: ReadonlySet<string | undefined>): JsonSchema {
  if (!isObject(schema.properties)) return schema;
  const kept = Object.entries(schema.properties).filter(
    ([name, property]) =>
      names.has(name) || (/(?:^|_)id$/i.test(name) && !(isObject(property) && isObject(property.properties))),
  );
  return { ...schema, properties: Object.fromEntries(kept) };
}

function scalarKeys(
  schema: JsonSchema,
  keys: ReadonlySet<string | undefined>,
): readonly (string | undefined)[] {
  const properties = isObject(schema.properties) ? schema.properties : {};
  return [...keys].filter((name) => {
    const property = name === undefined ? undefined : properties[name];
    return !isObject(property) || !isObject(property.properties);
  });
}

function namesRead({ node }: ComponentAt): readonly string[] {
  return pathsRead(node, ['record', 'last_record']).flatMap(({ path }) => path.slice(0, 2).map(String));
}

/** What templates of a component read of records; without its retriever, whose records may be others. */
function readsOf(at: ComponentAt, withoutRetriever = false): readonly ReadPath[] {
  const names = ['record', 'last_record'];
  if (at.family !== 'Stream') return pathsRead(at.node, names);
  const made = at.children.flatMap(({ traits }) => traits.adds ?? []);
  return at.children
    .filter(({ field }) => !(withoutRetriever && field === 'retriever'))
    .flatMap(({ node, field }) => {
      const reads = pathsRead(node, names);
      // What one transformation adds another one finds, whatever the API has.
      return field === 'transformations'
        ? reads.filter((read) => !made.some((each) => adds(each, read)))
        : reads;
    });
}

function adds({ path, template }: AddedField, read: ReadPath): boolean {
  if (!path.every((segment, index) => String(read.path[index]) === segment)) return false;
  return !readPaths(template).some((own) => own.name === read.name && own.path[0] === read.path[0]);
}

/** What is read of records and their schema does not name. */
function neededPaths(reads: readonly ReadPath[], schema: JsonSchema): readonly ValueRead[] {
  const paths: ValueRead[] = [];
  for (const { name, path, items } of reads) {
    const own = path[0] === 'data' && name === 'last_record' ? path.slice(1) : path;
    if (typeof own[0] === 'string') paths.push({ path: own, ...(items && { items }) });
  }
  return paths.filter(({ path: [first] }) => !isKnown(schema, String(first)));
}

/** A value, or where items of a list are read, a list of objects that have it there. */
function asItems(value: unknown, items: ReadPath['items']): unknown {
  if (items === undefined) return value;
  return [value].flat().map((each) => {
    const item: JsonObject = {};
    for (const path of items) if (!has(item, path)) put(item, path, each);
    return item;
  });
}

function isKnown(schema: JsonSchema, name: string): boolean {
  return isObject(schema.properties) && Object.hasOwn(schema.properties, name);
}

function propertyOf(schema: JsonSchema, name: string): unknown {
  return isObject(schema.properties) ? schema.properties[name] : undefined;
}

function fitsProperty(schema: JsonSchema, name: string, value: unknown): boolean {
  const property = propertyOf(schema, name);
  return isObject(property) && validateAgainstSchema(value, property).length === 0;
}
