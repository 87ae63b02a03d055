import { isObject } from '../util/json/json.ts';
import { idWords, isIdWord, isNumberingWord, isPlainId } from '../util/text/id-words.ts';
import { singular } from '../util/text/singular.ts';
import { plainName, wordsOf } from './words.ts';

// Fields of a schema that say which record of a stream it is.

/** Fields that say which record it is: "id", "uuid", "item_id" and "itemid" of a stream of items, "creditnote_id" of credit notes. */
export function idsIn(schema: unknown, stream: string): readonly string[] {
  const words = wordsOf(stream).map(singular);
  const own = new Set(
    words.flatMap((_, index) => idWords.map((word) => `${words.slice(index).join('')}${word}`)),
  );
  return propertiesOf(schema).filter((name) => isPlainId(name) || own.has(plainName(name)));
}

/** Fields that each record has and that say which one it is, and not what it is of: "key", "accountNumber" and "aliasCode". */
export function sureIdsIn(schema: unknown, stream: string): readonly string[] {
  const words = new Set(wordsOf(stream).map(singular));
  return requiredOf(schema).filter((name) => {
    const [last = '', ...before] = wordsOf(name).toReversed();
    return isNumberingWord(last) && before.every((word) => words.has(singular(word)));
  });
}

/** "customerNumber" of a stream of customers, and "number" of any. */
export function numberIn(schema: unknown, stream: string): string | undefined {
  const last = wordsOf(stream).map(singular).at(-1) ?? '';
  const own = ['number', 'no', 'code', 'key', 'ref', 'reference'].map((word) => `${last} ${word}`);
  const names = propertiesOf(schema);
  return (
    names.find((name) => own.includes(wordsOf(name).join(' '))) ??
    names.find((name) => /^(?:num|number)$/i.test(name))
  );
}

/** "workflow_id" beside "workflow_name": which one it is, where the other says what it is called. */
export function idBeside(schema: unknown, field: string): string | undefined {
  const words = wordsOf(field);
  const thing = words.slice(0, -1).join('');
  if (thing === '' || !/^(?:name|title|label|slug|description)$/.test(words.at(-1) ?? '')) return undefined;
  return propertiesOf(schema).find((name) =>
    [...idWords, 'key'].some((word) => plainName(name) === `${thing}${word}`),
  );
}

/** "EntityMediaID" of a stream of media, where the key is "EntityID". */
export function longerIdIn(schema: unknown, stream: string, key: readonly string[]): string | undefined {
  const last = wordsOf(stream).map(singular).at(-1) ?? '';
  if (key.map(singular).includes(last) || !isIdWord(key.at(-1) ?? '') || key.length < 2) return undefined;
  return propertiesOf(schema).find((name) => {
    const words = wordsOf(name).map(singular);
    return (
      words.at(-2) === last &&
      words.length === key.length + 1 &&
      key.every((word) => words.includes(singular(word)))
    );
  });
}

function requiredOf(schema: unknown): readonly string[] {
  return isObject(schema) && Array.isArray(schema['required'])
    ? schema['required'].filter((name) => typeof name === 'string')
    : [];
}

export function propertiesOf(schema: unknown): readonly string[] {
  return isObject(schema) && isObject(schema.properties) ? Object.keys(schema.properties) : [];
}
