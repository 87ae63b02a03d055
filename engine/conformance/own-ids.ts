import { isObject } from '../util/json/json.ts';
import { singular } from '../util/text/singular.ts';
import { wordsOf } from './words.ts';

// Fields of a schema that say which record of a stream it is.

/** Fields that say which record it is: "id", "uuid", "item_id" and "itemid" of a stream of items. */
export function idsIn(schema: unknown, stream: string): readonly string[] {
  const last = wordsOf(stream).map(singular).at(-1) ?? '';
  return propertiesOf(schema).filter(
    (name) =>
      /^_?(?:id|uuid|guid)$/i.test(name) || [`${last}id`, `${last} id`].includes(wordsOf(name).join(' ')),
  );
}

/** "customerNumber" of a stream of customers. */
export function numberIn(schema: unknown, stream: string): string | undefined {
  const last = wordsOf(stream).map(singular).at(-1) ?? '';
  const own = ['number', 'no', 'code', 'key', 'ref', 'reference'].map((word) => `${last} ${word}`);
  return propertiesOf(schema).find((name) => own.includes(wordsOf(name).join(' ')));
}

/** "EntityMediaID" of a stream of media, where the key is "EntityID". */
export function longerIdIn(schema: unknown, stream: string, key: readonly string[]): string | undefined {
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

export function propertiesOf(schema: unknown): readonly string[] {
  return isObject(schema) && isObject(schema.properties) ? Object.keys(schema.properties) : [];
}
