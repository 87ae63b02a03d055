import { isPlainId } from '../../util/text/id-words.ts';
import { singular } from '../../util/text/singular.ts';
import { written } from '../../validate/visit.ts';
import { addedFields } from '../added-fields.ts';
import { defineCheck } from '../check.ts';
import { eachSchema } from '../each-schema.ts';
import { violation } from '../events.ts';
import { isIdentifying, isMoment } from '../key-words.ts';
import { idsIn, propertiesOf } from '../own-ids.ts';
import { namesOfPartition } from '../partition-names.ts';
import { wordsOf } from '../words.ts';

export const pkParts = defineCheck({
  id: 'pk-parts',
  group: 'catalog',
  level: 'static',
  severity: 'warning',
  doc: 'a primary key without an id of its own has what the name of its stream says that records are counted by: "by_country", "hourly", the group of group members',
  run: (subject) =>
    eachSchema(subject, function* ({ value }, { name, at, definition }) {
      const key = (definition?.primaryKey ?? []).map((path) => path.join('.'));
      const added = [...addedFields(at)].map(({ path }) => path.join('.'));
      const fields = [...new Set([...propertiesOf(value), ...added])];
      if (key.length === 0 || key.some((field) => isOwn(field, idsIn(value, name)))) return;
      const missing = countedBy(name, key, fields) ?? when(name, key, fields) ?? group(name, key, fields);
      // Of a partition that holds a single one, nobody has to say which one it is.
      if (missing === undefined || (missing.isOfGroup && namesOfPartition(at).has(missing.field))) return;
      yield violation(
        written(at, 'primary_key') ?? at.node,
        `The primary key of stream "${name}", "${key.join('", "')}", leaves out "${missing.field}", and by its name the stream has a record for each: a destination keeps one of them.`,
        { stream: name },
      );
    }),
});

interface Missing {
  readonly field: string;
  readonly isOfGroup?: boolean;
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
