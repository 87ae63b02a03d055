import { isObject } from '../../util/json/json.ts';
import { endsInId, isIdWord } from '../../util/text/id-words.ts';
import { singular } from '../../util/text/singular.ts';
import { type ComponentAt, childIn, textIn, written } from '../../validate/visit.ts';
import { defineCheck } from '../check.ts';
import { eachSchema } from '../each-schema.ts';
import { violation } from '../events.ts';
import {
  descriptiveWords,
  isId,
  isIdentifying,
  isMoment,
  isOfAnother,
  isOfParent,
  isPlural,
  isRecurring,
  partOfRecord,
  sharedWords,
} from '../key-words.ts';
import { idBeside, idsIn, longerIdIn, numberIn, propertiesOf, sureIdsIn } from '../own-ids.ts';
import { namesOfPartition, parentsOf } from '../partition-names.ts';
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
      const shared = (last === 'code' ? words.at(-2) : last) ?? last;
      const belonging = propertiesOf(value).find((each) => each !== field && saysWhich(each));
      const ids = idsIn(value, name).filter((id) => id !== field);
      // `id` may be empty where `tax_id` never is.
      const better =
        ids.find((id) => isRequired(value, id)) ?? ids.find((id) => isNever(value, id, 'null')) ?? ids[0];
      const known = identifying.find((id) => id !== field && propertiesOf(value).includes(id));
      // One record of each for each day, or of each in each.
      if (key.length > 1 && key.some((each) => [better, known].includes(each.join('.')))) return;
      // What is in the key already is no better one.
      const rest = key.length > 1 ? withoutFields(value, key, path) : value;
      const why = (): string | undefined => {
        if (key.length === 1 && ofPartition.has(field) && isOfAnother(field, name) && isPaged(at))
          return 'is what each record of a partition has';
        if (types.length === 1 && types[0] === 'boolean') return 'is true or false';
        if (Array.isArray(property?.['enum'])) return 'is one of few choices';
        if (sharedWords.has(shared) && !isList(shared, name))
          return 'has the same value in many records by its name';
        const cursor = definition?.cursorField;
        if (cursor !== undefined && cursor !== field && isRecurring(words, types))
          return `comes again in other years, and records have "${cursor}", too`;
        if (better === undefined && key.length === 1 && isMoment(words) && belonging !== undefined)
          return `says when, and records have "${belonging}", too`;
        if (usual !== undefined && field !== usual && propertiesOf(rest).includes(usual) && better !== field)
          return `is another one than that of all other streams, and there is "${usual}", too`;
        const own = longerIdIn(rest, name, words);
        if (own !== undefined && !isAlone(at))
          return `says less than "${own}", which has the name of the stream in it`;
        if (known !== undefined && !isIdentifying(field) && !isAlone(at) && !isList(last, name))
          return better === undefined
            ? `is no id by its name, and there is "${known}", which is the key of another stream`
            : `is no id by its name, and there is "${better}", which is the own id of its records`;
        const part = partOfRecord(field, propertiesOf(rest));
        const sure = identifying.find((id) => id !== field && isRequired(rest, id));
        if (sure !== undefined && part !== undefined && !isRequired(value, field) && !isAlone(at))
          return `is the id of what "${part}" is of, and there is ${better === sure || better === undefined ? `"${sure}", which each record has and which is the key of another stream` : `"${better}", which is the own id of its records`}`;
        if (types.length > 0 && types.every(isNumeric) && isPlural(last))
          return `is a number of many by its name and type, and records may have it alike`;
        const certain = sureIdsIn(rest, name).find((id) => id !== field);
        if (certain !== undefined && isOfAnother(field, name) && !isRequired(value, field) && !isAlone(at))
          return `says to what a record belongs, and there is "${certain}", which each record has`;
        const beside = idBeside(rest, field);
        if (beside !== undefined && better === undefined && !isAlone(at))
          return `says what something is called, and there is "${beside}", which says which one it is`;
        if (freeText.test(last) && !isList(last, name) && !isAlone(at))
          return 'is a text that people write, and two of them may write the same';
        const number = numberIn(rest, name);
        if (number !== undefined && number !== field && !tellsApart(words, field) && !isAlone(at))
          return `says what a record is, and there is "${number}", which says which one it is`;
        const address = isOfPeople(name) ? propertiesOf(rest).find((each) => isAddress(each)) : undefined;
        if (address !== undefined && address !== field && !isIdentifying(field) && !tellsApart(words, ''))
          return `is one of what people have alike, and there is "${address}", by which they are told apart`;
        if (better === undefined && isOfSomebody(words) && !words.some((word) => isList(word, name)))
          return 'says who did something, or whose it is, by its name, which is the same for many records';
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
        if (descriptiveWords.has(last) || isMoment(words) || (!isIdentifying(field) && !isList(last, name)))
          return `says what a record is, and there is "${better}", which says which one it is`;
        return isOfAnother(field, name) || isOfParent(field, name, parentsOf(at))
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

/** A schema without the fields of a key but one. */
function withoutFields(schema: unknown, key: readonly (readonly string[])[], kept: readonly string[]) {
  if (!isObject(schema)) return schema;
  const others = new Set(key.flatMap((path) => (path === kept ? [] : [path.join('.')])));
  const left = (names: unknown) =>
    Array.isArray(names) ? names.filter((name) => !others.has(String(name))) : names;
  const { properties, required } = schema;
  return {
    ...schema,
    ...(required !== undefined && { required: left(required) }),
    ...(isObject(properties) && {
      properties: Object.fromEntries(Object.entries(properties).filter(([name]) => !others.has(name))),
    }),
  };
}

/** "account_id" and "accessNumber" say which record it is, where "filed_date" says when; "week_number" says when, too. */
function saysWhich(field: string): boolean {
  const last = wordsOf(field).at(-1) ?? '';
  const isOne = endsInId(last) || /(?:number|reference)$/.test(last);
  return isOne && !/day|week|month|year|page|version/i.test(field);
}

/** A text that only describes a record, or has no name of an identifier at all. */
function tellsApart(words: readonly string[], field: string): boolean {
  return !descriptiveWords.has(words.at(-1) ?? '') && (isIdentifying(field) || isMoment(words));
}

function isOfPeople(stream: string): boolean {
  return /^(?:contact|user|subscriber|member|customer|lead|recipient|person)$/.test(
    singular(wordsOf(stream).at(-1) ?? ''),
  );
}

function isAddress(field: string): boolean {
  return /^e?mail(?:address)?$/.test(wordsOf(field).join(''));
}

/** Last words of fields that hold whatever somebody wrote. */
const freeText = /^(?:description|notes?|comments?|remarks?|summary|body)$/;

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

/** "created_by_id", "ownerId": one of a few people. */
function isOfSomebody(words: readonly string[]): boolean {
  const said = words.filter((word) => !isIdWord(word)).at(-1) ?? '';
  return words.length > 1 && isIdWord(words.at(-1) ?? '') && whoDid.test(said);
}

const whoDid =
  /^(?:by|owner|author|creator|assignee|reporter|requester|approver|modifier|editor|assignedto)$/;

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

function isPaged(at: ComponentAt): boolean {
  return childIn(childIn(at, 'retriever'), 'paginator')?.traits.paginates === true;
}

/** A stream of statuses has one record for each. */
function isList(word: string, stream: string): boolean {
  return wordsOf(stream).map(singular).includes(singular(word));
}

function isNumeric(type: string): boolean {
  return type === 'integer' || type === 'number';
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
