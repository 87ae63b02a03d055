import { endsInId, isIdWord, isKeyWord, isNumberingWord } from '../util/text/id-words.ts';
import { singular } from '../util/text/singular.ts';
import { wordsOf } from './words.ts';

// What the name of a key says of it.

/** "id", "jnid", "SaleID", "bookedInvoiceNumber", "AwardCode", "listunino". */
export function isIdentifying(field: string): boolean {
  const last = wordsOf(field).at(-1) ?? '';
  return identifiers.has(last) || isId(last);
}

export function isId(word: string): boolean {
  return endsInId(word) || /(?:key|code|no)$/.test(word);
}

/** What may be an id, without saying so. */
const identifiers = new Set(
  'number num reference ref slug uri url href handle symbol ticker sku identifier token hash login username email domain record sha'.split(
    ' ',
  ),
);

/** What many records have alike. */
export const sharedWords = new Set(
  'status state type kind mode category color currency country language locale timezone active enabled deleted archived amount price total count quantity size role priority severity visibility gender frequency stage period tax taxes fee fees cost costs balance discount'.split(
    ' ',
  ),
);

/** What tells records apart where there is nothing better. */
export const descriptiveWords = new Set(
  'name title description etag revision checksum email label phone subject text note notes address city url message comment date created updated at'.split(
    ' ',
  ),
);

/** Words anywhere in the name of a moment: `DateCreatedUtc`. */
const moments = new Set(['date', 'created', 'updated', 'modified', 'timestamp']);

export function isMoment(words: readonly string[]): boolean {
  if (isNumberingWord(words.at(-1) ?? '')) return false;
  return words.some((word) => moments.has(word) || /^(?:day|hour|week|month|time)$/.test(word));
}

/** A part of a date that comes again with the next year, month or day: `day_of_year`, `weekday`, an hour that is a number. */
export function isRecurring(words: readonly string[], types: readonly string[]): boolean {
  const name = words.join('_');
  if (
    /(?:^|_)(?:julian|weekday|doy)(?:_day)?$|(?:day|week|month|hour|minute)_of_(?:the_)?(?:year|quarter|month|week|day|hour)$/.test(
      name,
    )
  )
    return true;
  const isNumber = types.length > 0 && types.every((type) => type === 'integer' || type === 'number');
  return isNumber && /^(?:day|week|month|quarter|hour|minute)(?:_(?:number|no))?$/.test(name);
}

/** "account_id" of a stream of users. */
export function isOfAnother(field: string, stream: string): boolean {
  const words = wordsOf(field);
  if (words.length < 2 || !isIdWord(words.at(-1) ?? '')) return false;
  const own = new Set(wordsOf(stream).map(singular));
  const said = words.slice(0, -1).filter((word) => !own.has(singular(word)));
  return said.length > 0 && !said.some((word) => neutral.has(word));
}

/** "campaign_id" of a stream "campaign_actions" that is read for each campaign. */
export function isOfParent(field: string, stream: string, parents: readonly string[]): boolean {
  const [last = '', ...before] = wordsOf(field).toReversed();
  if (!isKeyWord(last) || before.length === 0) return false;
  const thing = before.toReversed().map(singular).join(' ');
  const own = wordsOf(stream).map(singular).join(' ');
  return parents.some((parent) => wordsOf(parent).map(singular).join(' ') === thing) && own !== thing;
}

/** "source_name" beside "source_id": the source is something that records have. */
export function partOfRecord(field: string, properties: readonly string[]): string | undefined {
  const words = wordsOf(field);
  if (words.length < 2 || !isKeyWord(words.at(-1) ?? '')) return undefined;
  const thing = words.slice(0, -1).join(' ');
  const others = properties.filter((each) => {
    const own = wordsOf(each);
    return each !== field && own.length === words.length && own.slice(0, -1).join(' ') === thing;
  });
  return others.length > 1 ? others.find((each) => /name|title|url/i.test(each)) : undefined;
}

/** Words of ids that say nothing of what they are ids of. */
const neutral = new Set(
  'record row entry item instance object unique internal external global public key hash display resource entity event sys system legacy data'.split(
    ' ',
  ),
);

/** "customers", and neither "status" nor "sms". */
export function isPlural(word: string): boolean {
  return /[a-z]{3,}(?<!s|u|i)s$/.test(word) && singular(word) !== word;
}
