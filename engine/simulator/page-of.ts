import { isObject, type JsonObject } from '../util/json/json.ts';
import type { PagePlace, PageWords } from './page-values.ts';
import type { Placing } from './place-records.ts';
import { putInCopy } from './put.ts';

/** The document of a page, and its headers. */
export function pageOf(
  placing: Placing,
  words: PageWords,
  place: PagePlace,
  records: readonly unknown[],
): { readonly document: unknown; readonly headers: readonly (readonly [string, string])[] } {
  const document = placing.document(records);
  const said = words.body.length === 0 ? document : withWords(document, words, place);
  const headers = words.headers.flatMap(({ name, value }) => {
    const text = value(place);
    return text === undefined || text === null ? [] : [[name, String(text)] as const];
  });
  return { document: said, headers };
}

function withWords(document: unknown, { body }: PageWords, place: PagePlace): unknown {
  if (!isObject(document)) return document;
  const copy: JsonObject = { ...document };
  for (const { path, value } of body) {
    const said = value(place);
    if (said !== undefined) putInCopy(copy, path, said);
    else leaveOut(copy, path);
  }
  return copy;
}

/** What is around a field that is left out is there all the same. */
function leaveOut(root: JsonObject, path: readonly (string | number)[]): void {
  const outer = path.slice(0, -1);
  let around: unknown = root;
  for (const segment of outer) around = isObject(around) ? around[segment] : undefined;
  if (isObject(around) && Object.hasOwn(around, String(path.at(-1)))) {
    const { [String(path.at(-1))]: _, ...others } = around;
    if (outer.length > 0) putInCopy(root, outer, others);
    else delete root[String(path.at(-1))];
  } else if (around === undefined) putInCopy(root, outer, {});
}
