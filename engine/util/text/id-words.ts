// Last words of names that say which one something is. Names that are compared come as words in lower case.

/** An id and nothing else, whatever stands before it: what most APIs call it, and what some call all of theirs. */
export const idWords = ['id', 'uuid', 'guid', 'uid', 'gid', 'sid', 'iid', 'urn', 'arn'] as const;

/** The same as a part of a pattern: `id|uuid|…`. */
export const idPattern = idWords.join('|');

const ids: ReadonlySet<string> = new Set(idWords);

/** "id" and "uuid", and "gid" or "sid" of an API that calls its ids so. */
export function isIdWord(word: string): boolean {
  return ids.has(word);
}

/** "ids" and "uuids". */
export function isWordOfIds(word: string): boolean {
  return word.endsWith('s') && ids.has(word.slice(0, -1));
}

/** An id, or a "key", by which some APIs call it. */
export function isKeyWord(word: string): boolean {
  return ids.has(word) || word === 'key';
}

/** An id, a key, or a "code" or "number" that something has: "currency_code" and "page_number" are no ids. */
export function isNumberingWord(word: string): boolean {
  return isKeyWord(word) || word === 'code' || word === 'number';
}

/** A whole name that says no more than that it is an id: "id", "_id", "UUID". */
export function isPlainId(name: string): boolean {
  return ids.has(name.toLowerCase().replace(/^_/, ''));
}

/** English words that end as ids do that are written together with what they are of: "userid" is one, and "paid" is none. */
const noIds =
  /^(?:(?:un|pre|re)?paid|(?:in)?valid|a?void|(?:highest|lowest)?bid|aid|acid|amid|android|arid|avid|braid|covid|fluid|grid|humid|hybrid|kid|laid|lid|liquid|madrid|maid|mid|orchid|plaid|pyramid|raid|rapid|rigid|said|skid|solid|squid|steroid|vivid)$/;

/** "jnid", "invoiceid" and "id" itself. */
export function endsInId(word: string): boolean {
  return ids.has(word) || (word.endsWith('id') && !noIds.test(word));
}
