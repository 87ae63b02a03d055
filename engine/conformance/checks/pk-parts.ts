import type { Place } from '../../error/place.ts';
import { isPartitionName } from '../../language/template-names.ts';
import { readPaths } from '../../simulator/read-paths.ts';
import { isPlainId } from '../../util/text/id-words.ts';
import { singular } from '../../util/text/singular.ts';
import { type ComponentAt, childIn, textIn, written } from '../../validate/visit.ts';
import { addedFields } from '../added-fields.ts';
import { defineCheck } from '../check.ts';
import { childStreamOf, keepsParent, parentIn } from '../children-of.ts';
import { eachSchema } from '../each-schema.ts';
import { violation } from '../events.ts';
import { isIdentifying, isMoment } from '../key-words.ts';
import { type KeyedStream, keyedStreams, leftOutOf } from '../keyed-streams.ts';
import { namesOfPartition, namesOfRouter } from '../partition-names.ts';
import { periodIn } from '../rows-of-periods.ts';
import { wordsOf } from '../words.ts';

export const pkParts = defineCheck({
  id: 'pk-parts',
  group: 'catalog',
  level: 'static',
  severity: 'warning',
  doc: 'a primary key without an id of its own has what the name of its stream says that records are counted by: "by_country", "hourly", the group of group members; and what its requests or the keys of the streams that are like it say',
  async *run(subject) {
    const all = await keyedStreams(subject);
    yield* eachSchema(subject, function* (_, { name, at }) {
      const stream = all.find((each) => each.at === at);
      if (stream === undefined) return;
      const { key } = stream;
      const fields = [...stream.fields];
      const missing = key.some((field) => isOwn(field, stream.ids))
        ? ofOthers(stream, all, fewestOfIds)
        : (countedBy(name, key, fields) ??
          when(name, key, fields) ??
          group(name, key, fields) ??
          ofPeriod(stream) ??
          ofOthers(stream, all) ??
          ofRouters(stream) ??
          ofParent(stream));
      // Of a partition that holds a single one, nobody has to say which one it is.
      if (missing === undefined || (missing.isOfGroup && namesOfPartition(at).has(missing.field))) return;
      const { field, why = 'by its name the stream has a record for each', also } = missing;
      yield violation(
        written(at, 'primary_key') ?? at.node,
        `The primary key of stream "${name}", "${key.join('", "')}", leaves out "${field}", and ${why}: a destination keeps one of them.`,
        { stream: name, also: also === undefined ? [] : [also] },
      );
    });
  },
});

interface Missing {
  readonly field: string;
  readonly isOfGroup?: boolean;
  /** Where that is not by the name of the stream. */
  readonly why?: string;
  readonly also?: Place | undefined;
}

function isOwn(field: string, ids: readonly string[]): boolean {
  const last = field.split('.').at(-1) ?? '';
  return ids.includes(field) || isPlainId(last) || /^(?:key|hash)$/i.test(last);
}

const periods = /^(?:hourly|daily|weekly|monthly|quarterly|yearly)$/;

/** `ads_by_country_daily`, by "country_code". */
function countedBy(name: string, key: readonly string[], fields: readonly string[]): Missing | undefined {
  const words = wordsOf(name);
  const from = words.indexOf('by');
  if (from < 1) return undefined;
  const things = words.slice(from + 1).filter((word) => !periods.test(word) && word !== 'and');
  const thing = things.find((word) => !key.some((field) => has(field, word)));
  const field =
    thing && fields.find((each) => has(each, thing) && (isIdentifying(each) || wordsOf(each).length === 1));
  return field === undefined ? undefined : { field };
}

function has(field: string, word: string): boolean {
  return wordsOf(field).map(singular).includes(singular(word));
}

/** `reports_hourly`, by "stat_time_hour". */
function when(name: string, key: readonly string[], fields: readonly string[]): Missing | undefined {
  const unit = wordsOf(name).find((word) => periods.test(word));
  if (unit === undefined || key.some((field) => isMoment(wordsOf(field)))) return undefined;
  const noun = unit === 'daily' ? 'day' : unit.replace(/ly$/, '');
  const field =
    fields.find((each) => has(each, noun)) ?? fields.find((each) => wordsOf(each).includes('date'));
  return field === undefined ? undefined : { field };
}

/** A report that is asked for by days, or called so, has a row for each moment of its cursor. */
function ofPeriod({ at, key, fields }: KeyedStream): Missing | undefined {
  const field = textIn(childIn(at, 'incremental_sync'), 'cursor_field');
  if (
    field === undefined ||
    !fields.has(field) ||
    key.includes(field) ||
    key.some((part) => isMoment(wordsOf(part)))
  )
    return undefined;
  const period = periodIn(at);
  return period && { field, why: `by ${period.said} the stream has a record for each ${period.name}` };
}

/** As many others have to have something besides an id: that may be enough in one stream. */
const fewestOfIds = 4;

/** What the others that are keyed like it have in their keys. */
function ofOthers(stream: KeyedStream, all: readonly KeyedStream[], fewest = 1): Missing | undefined {
  const found = leftOutOf(stream, all);
  if (found === undefined || found.count < fewest) return undefined;
  const { field, other, count } = found;
  const why =
    count === 1
      ? `that of stream "${other.name}", which is this one besides, has it`
      : `those of all ${count} other streams that have such a field and are keyed like this one have it`;
  return { field, why, also: written(other.at, 'primary_key')?.place };
}

/** What is read for each of one thing and each of another, and whose key has only the one. */
function ofRouters({ at, key }: KeyedStream): Missing | undefined {
  const routers =
    childIn(at, 'retriever')?.children.filter(({ family }) => family === 'PartitionRouter') ?? [];
  const [, second] = routers;
  if (second === undefined) return undefined;
  const given = [...addedFields(at)].flatMap(({ path, node }) => {
    const [read, ...more] = readPaths(String(node.value));
    const isOfPartition = more.length === 0 && isPartitionName(read?.name ?? '');
    return isOfPartition ? [{ field: path.join('.'), of: String(read?.path[0]) }] : [];
  });
  const fieldsOf = (router: ComponentAt) =>
    given.filter(({ of }) => namesOfRouter(router).includes(of)).map(({ field }) => field);
  const isKeyed = (router: ComponentAt) => fieldsOf(router).some((field) => key.includes(field));
  const field = routers.filter((router) => !isKeyed(router)).flatMap(fieldsOf)[0];
  if (field === undefined || !routers.some(isKeyed)) return undefined;
  return { field, why: 'it is read for each of several of those, too' };
}

/** The first issue of each project has the number 1. */
function ofParent({ at, key }: KeyedStream): Missing | undefined {
  const child = childStreamOf(at);
  const [part, ...more] = key;
  if (child === undefined || part === undefined || more.length > 0 || keepsParent(child)) return undefined;
  const last = wordsOf(part).at(-1) ?? '';
  // The name of a campaign is one of the campaign itself.
  const own = new Set(wordsOf(child.parent).map(singular));
  if (!countedWithin.has(last) || wordsOf(part).some((word) => own.has(singular(word)))) return undefined;
  const field = parentIn(child);
  return field === undefined
    ? undefined
    : { field, why: `"${part}" begins anew in each of "${child.parent}", for each of which it is read` };
}

/** Last words of what is counted or called within something: another one has the same. */
const countedWithin = new Set([
  'number',
  'num',
  'no',
  'nr',
  'iid',
  'position',
  'index',
  'sequence',
  'name',
  'label',
  'ordinal',
  'line',
  'rank',
]);

/** `group_members` and `station_zipcodes`, by "group_id" and "zip_code". */
function group(name: string, key: readonly string[], fields: readonly string[]): Missing | undefined {
  const [whole, part, ...more] = wordsOf(name).slice(-2).map(singular);
  const [field, ...others] = key;
  if (whole === undefined || part === undefined || field === undefined) return undefined;
  if (more.length > 0 || others.length > 0) return undefined;
  if (people.has(part) && /e-?mail|user|member|person|login/i.test(field)) {
    const id = fields.find((each) => each !== field && has(each, whole) && isIdentifying(each));
    return id === undefined ? undefined : { field: id, isOfGroup: true };
  }
  if (!isIdentifying(field) && !/nbr$/i.test(field)) return undefined;
  if (!has(field, whole) || wordsOf(field).length !== 2) return undefined;
  const own = fields.find(
    (each) => plain(each) === part || plain(each) === `${part}id` || plain(each) === `${part}code`,
  );
  return own !== undefined && own !== field && isIdentifying(own) ? { field: own } : undefined;
}

function plain(field: string): string {
  return wordsOf(field).join('');
}

const people = new Set([
  'member',
  'user',
  'participant',
  'follower',
  'collaborator',
  'person',
  'subscriber',
  'recipient',
]);
