import { fieldOf, type ManifestNode } from '../../manifest/node.ts';
import { isObject } from '../../util/json/json.ts';
import { singular } from '../../util/text/singular.ts';
import { type ComponentAt, childIn, textIn, written } from '../../validate/visit.ts';
import { defineCheck } from '../check.ts';
import { eachSchema } from '../each-schema.ts';
import { violation } from '../events.ts';
import { fieldSchemas, typesIn } from '../schema-paths.ts';
import type { StreamAt } from '../subject.ts';
import { wordsOf } from '../words.ts';

export const pkIdentity = defineCheck({
  id: 'pk-identity',
  group: 'catalog',
  level: 'static',
  severity: 'warning',
  doc: 'a primary key is not made of fields alone that many records share by their name or type, such as a status, a flag or a moment',
  async *run(subject) {
    const streams = await subject.streams();
    const usual = usualKey(streams);
    const identifying = identifyingKeys(streams);
    yield* eachSchema(subject, function* ({ value }, { name, at, definition }) {
      const key = definition?.primaryKey ?? [];
      const ofPartition = namesOfPartition(at);
      // What a partition gives to all of its records tells none of them from the others.
      const [path, ...more] = key.length > 1 ? key.filter((each) => !ofPartition.has(each.join('.'))) : key;
      if (path === undefined || more.length > 0) return;
      const [property] = fieldSchemas(value, path);
      const types = property === undefined ? [] : typesIn(property).filter((type) => type !== 'null');
      const field = path.join('.');
      const words = wordsOf(path.at(-1) ?? '');
      const last = words.at(-1) ?? '';
      const belonging = propertiesOf(value).find(
        (id) => id !== field && /(?:^|[a-z_])_?(?:id|Id|ID)$/.test(id),
      );
      const ids = idsIn(value, name).filter((id) => id !== field);
      // `id` may be empty where `tax_id` never is.
      const better =
        ids.find((id) => isRequired(value, id)) ?? ids.find((id) => isNever(value, id, 'null')) ?? ids[0];
      const known = identifying.find((id) => id !== field && propertiesOf(value).includes(id));
      const why = (): string | undefined => {
        if (types.length === 1 && types[0] === 'boolean') return 'is true or false';
        if (Array.isArray(property?.['enum'])) return 'is one of few choices';
        if (shared.has(last) && !isList(last, name)) return 'has the same value in many records by its name';
        if (better === undefined && isMoment(words) && belonging !== undefined)
          return `says when, and records have "${belonging}", too`;
        if (usual !== undefined && field !== usual && propertiesOf(value).includes(usual) && better !== field)
          return `is another one than that of all other streams, and there is "${usual}", too`;
        const own = longerIdIn(value, name, words);
        if (own !== undefined && !isAlone(at))
          return `says less than "${own}", which has the name of the stream in it`;
        if (known !== undefined && !isIdentifying(field) && !isAlone(at) && !isList(last, name))
          return `is no id by its name, and there is "${known}", which is the key of another stream`;
        const part = partOfRecord(field, propertiesOf(value));
        const sure = identifying.find((id) => id !== field && isRequired(value, id));
        if (sure !== undefined && part !== undefined && !isRequired(value, field) && !isAlone(at))
          return `is the id of what "${part}" is of, and there is "${sure}", which each record has and which is the key of another stream`;
        if (types.length > 0 && types.every(isNumeric) && isPlural(last))
          return `is a number of many by its name and type, and records may have it alike`;
        const number = numberIn(value, name);
        if (number !== undefined && number !== field && descriptive.has(last) && !isAlone(at))
          return `says what a record is, and there is "${number}", which says which one it is`;
        if (better === undefined || isAlone(at)) return undefined;
        if (isRequired(value, better) && !isRequired(value, field) && property !== undefined)
          return `may be missing, and there is "${better}", which each record has`;
        if (
          isNever(value, better, 'null') &&
          types.length > 0 &&
          !isNever(value, field, 'null') &&
          !isRequired(value, field)
        )
          return `may be null, and there is "${better}", which is not`;
        if (descriptive.has(last) || isMoment(words) || (!isIdentifying(field) && !isList(last, name)))
          return `says what a record is, and there is "${better}", which says which one it is`;
        return isOfAnother(field, name)
          ? `says to what a record belongs, and there is "${better}", which says which one it is`
          : undefined;
      };
      const reason = why();
      // One record for each type of each parent is no rare thing, unless there is an id.
      if (reason === undefined || (key.length > 1 && better === undefined && known === undefined)) return;
      yield violation(
        written(at, 'primary_key') ?? at.node,
        `The primary key of stream "${name}", "${field}", ${reason}: of records with the same key a destination keeps one.`,
        { stream: name },
      );
    });
  },
});

/** As many streams have to have the same key before another one is odd. */
const fewestOthers = 4;

/** The one field that is the key of all streams but one. */
function usualKey(streams: readonly StreamAt[]): string | undefined {
  const keys = streams.flatMap(({ definition }) => {
    const [path, ...more] = definition?.primaryKey ?? [];
    return path === undefined || more.length > 0 ? [] : [path.join('.')];
  });
  return keys.find(
    (key) =>
      keys.filter((other) => other === key).length >= Math.max(fewestOthers, keys.length - 1) && key !== 'id',
  );
}

/** The fields that some stream has as its key, and that are ids by their names. */
function identifyingKeys(streams: readonly StreamAt[]): readonly string[] {
  const keys = streams.flatMap(({ definition }) => {
    const [path, ...more] = definition?.primaryKey ?? [];
    return path === undefined || more.length > 0 ? [] : [path.join('.')];
  });
  return [...new Set(keys)].filter((key) => isId(wordsOf(key).at(-1) ?? ''));
}

/** "id", "jnid", "SaleID", "bookedInvoiceNumber", "AwardCode", "listunino". */
function isIdentifying(field: string): boolean {
  const last = wordsOf(field).at(-1) ?? '';
  return identifiers.has(last) || isId(last);
}

function isId(word: string): boolean {
  return /(?:id|key|code|no)$/.test(word) && !/^(?:(?:un|pre)?paid|(?:in)?valid)$/.test(word);
}

/** What may be an id, without saying so. */
const identifiers = new Set(
  'number num reference ref slug uri url href handle symbol ticker sku identifier token hash login username email domain record'.split(
    ' ',
  ),
);

/** Fields of records that are given what their partition is. */
function namesOfPartition(at: ComponentAt): ReadonlySet<string> {
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

/** What APIs call the one who asks. */
const own = /^(?:me|self|whoami|profile|account|company|current[_-]?user|user|settings)$/i;

/** An answer that is the one record there is, such as the account itself. */
function isAlone(at: ComponentAt): boolean {
  const retriever = childIn(at, 'retriever');
  const path = written(childIn(childIn(retriever, 'record_selector'), 'extractor'), 'field_path');
  const asked = textIn(childIn(retriever, 'requester'), 'path') ?? '';
  return (
    own.test(textIn(at, 'name') ?? '') &&
    own.test(asked.split('/').findLast((part) => part !== '') ?? 'me') &&
    path?.kind === 'sequence' &&
    path.items.length === 0 &&
    childIn(retriever, 'paginator')?.traits.paginates !== true &&
    childIn(retriever, 'partition_router') === undefined
  );
}

/** A stream of statuses has one record for each. */
function isList(word: string, stream: string): boolean {
  return wordsOf(stream).map(singular).includes(singular(word));
}

/** What many records have alike. */
const shared = new Set(
  'status state type kind mode category color currency country language locale timezone active enabled deleted archived amount price total count quantity size role priority severity visibility gender frequency stage period tax taxes fee fees cost costs balance discount'.split(
    ' ',
  ),
);

/** What tells records apart where there is nothing better. */
const descriptive = new Set(
  'name title description etag revision checksum email label phone subject text note notes address city url message comment date created updated at'.split(
    ' ',
  ),
);

/** Words anywhere in the name of a moment: `DateCreatedUtc`. */
const moments = new Set(['date', 'created', 'updated', 'modified', 'timestamp']);

function isMoment(words: readonly string[]): boolean {
  if (/^(?:id|uuid|guid|key|number)$/.test(words.at(-1) ?? '')) return false;
  return words.some((word) => moments.has(word) || /^(?:day|hour|week|month|time)$/.test(word));
}

function propertiesOf(schema: unknown): readonly string[] {
  return isObject(schema) && isObject(schema.properties) ? Object.keys(schema.properties) : [];
}

/** "account_id" of a stream of users. */
function isOfAnother(field: string, stream: string): boolean {
  const words = wordsOf(field);
  if (words.length < 2 || !/^(?:id|uuid|guid)$/.test(words.at(-1) ?? '')) return false;
  const own = new Set(wordsOf(stream).map(singular));
  const said = words.slice(0, -1).filter((word) => !own.has(singular(word)));
  return said.length > 0 && !said.some((word) => neutral.has(word));
}

/** "source_name" beside "source_id": the source is something that records have. */
function partOfRecord(field: string, properties: readonly string[]): string | undefined {
  const words = wordsOf(field);
  if (words.length < 2 || !/^(?:id|uuid|guid|key)$/.test(words.at(-1) ?? '')) return undefined;
  const thing = words.slice(0, -1).join(' ');
  const others = properties.filter((each) => {
    const own = wordsOf(each);
    return each !== field && own.length === words.length && own.slice(0, -1).join(' ') === thing;
  });
  return others.length > 1 ? others.find((each) => /name|title|url/i.test(each)) : undefined;
}

function isNumeric(type: string): boolean {
  return type === 'integer' || type === 'number';
}

/** "customers", and neither "status" nor "sms". */
function isPlural(word: string): boolean {
  return /[a-z]{3,}(?<!s|u|i)s$/.test(word) && singular(word) !== word;
}

/** "customerNumber" of a stream of customers. */
function numberIn(schema: unknown, stream: string): string | undefined {
  const last = wordsOf(stream).map(singular).at(-1) ?? '';
  const own = ['number', 'no', 'code', 'key', 'ref', 'reference'].map((word) => `${last} ${word}`);
  return propertiesOf(schema).find((name) => own.includes(wordsOf(name).join(' ')));
}

/** By its schema a field has a type, and not this one. */
function isNever(schema: unknown, field: string, type: string): boolean {
  const [property] = isObject(schema) ? fieldSchemas(schema, [field]) : [];
  const types = property === undefined ? [] : typesIn(property);
  return types.length > 0 && !types.includes(type);
}

function isRequired(schema: unknown, field: string): boolean {
  return isObject(schema) && Array.isArray(schema.required) && schema.required.includes(field);
}

/** Words of ids that say nothing of what they are ids of. */
const neutral = new Set(
  'record row entry item instance object unique internal external global public key hash display number resource entity event sys system legacy data'.split(
    ' ',
  ),
);

/** "EntityMediaID" of a stream of media, where the key is "EntityID". */
function longerIdIn(schema: unknown, stream: string, key: readonly string[]): string | undefined {
  const last = wordsOf(stream).map(singular).at(-1) ?? '';
  if (key.map(singular).includes(last) || !/^(?:id|uuid|guid)$/.test(key.at(-1) ?? '') || key.length < 2)
    return undefined;
  return propertiesOf(schema).find((name) => {
    const words = wordsOf(name).map(singular);
    return (
      words.at(-2) === last &&
      words.length === key.length + 1 &&
      key.every((word) => words.includes(singular(word)))
    );
  });
}

/** Fields that say which record it is: "id", "uuid", "item_id" and "itemid" of a stream of items. */
function idsIn(schema: unknown, stream: string): readonly string[] {
  const last = wordsOf(stream).map(singular).at(-1) ?? '';
  return propertiesOf(schema).filter(
    (name) =>
      /^_?(?:id|uuid|guid)$/i.test(name) || [`${last}id`, `${last} id`].includes(wordsOf(name).join(' ')),
  );
}
