import type { Slice } from '../contract/slice.ts';
import { datetimeFromMs } from '../time/datetime.ts';
import { formatDatetime } from '../time/datetime-format.ts';
import { isObject, type JsonObject, type JsonSchema } from '../util/json/json.ts';
import { setField } from '../util/json/set-field.ts';
import { toJsonText } from '../util/json/to-json-text.ts';
import { typeNames } from '../util/schema/schema-values.ts';
import { validateAgainstSchema } from '../util/schema/validate-against-schema.ts';
import { type ComponentAt, childIn } from '../validate/visit.ts';
import { undescribedKeys } from './child-keys.ts';
import { computedFields } from './computed-fields.ts';
import type { CursorModel } from './cursor-model.ts';
import { fileTarget } from './file-target.ts';
import { solveFilter } from './filter-solution.ts';
import { hash } from './hash.ts';
import { leanSchema } from './lean-schema.ts';
import { namesRead, neededPaths, readsOf } from './needed-fields.ts';
import { numericKeys } from './numeric-keys.ts';
import { has, put } from './put.ts';
import { asItems, putMissing } from './put-read.ts';
import type { ReadPath } from './read-paths.ts';
import {
  isAddressLike,
  isCategoryLike,
  isDateLike,
  type Sample,
  sampleObject,
  sampleValue,
} from './sample-value.ts';
import { isNumericIn } from './schema-types.ts';
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
  const lean = leanSchema(schema, keys, [
    cursor?.field,
    ...namesRead(stream ?? retriever),
    ...inAnswers.map(({ path }) => String(path[0])),
  ]);
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
    for (const read of needed) putMissing(raw, read, number);
    const answered = around?.(raw) ?? raw;
    for (const read of neededAround) putMissing(answered, read, number);
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

function propertyOf(schema: JsonSchema, name: string): unknown {
  return isObject(schema.properties) ? schema.properties[name] : undefined;
}

function fitsProperty(schema: JsonSchema, name: string, value: unknown): boolean {
  const property = propertyOf(schema, name);
  return isObject(property) && validateAgainstSchema(value, property).length === 0;
}
