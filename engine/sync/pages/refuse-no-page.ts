import type { Decoder, RecordPlace, RecordSelector } from '../../contract/families.ts';
import type { HttpResponse } from '../../contract/http-response.ts';
import { errorInstead, errorSaidIn } from '../../http/send/error-body.ts';
import { unexpectedBody, unreadableBody } from '../../http/send/unreadable-body-error.ts';
import { isObject } from '../../util/json/json.ts';
import { toJsonText } from '../../util/json/to-json-text.ts';
import { compileGet } from '../../util/path/dpath.ts';

interface Parts {
  readonly decoder: Decoder;
  readonly selector: RecordSelector;
  readonly primaryKey: readonly (readonly string[])[] | undefined;
}

/**
 * An answer with the status of a success that is no page: the place of its records is not there, and what is there instead says
 * that something went wrong, or is of another kind than the path needs. An empty page would lose its rows in silence, so
 * the request is repeated. What merely has nothing at that place (`{}`, `{"data": null}`, `{"total": 0}`) is an empty page: many APIs
 * leave an empty list out. Where the place is there nothing is looked at. A response filter that names the answer has
 * the last word. `documents` are those of a body that is not plain JSON, where there are few.
 */
export async function refuseWhatIsNoPage(
  { decoder, selector, primaryKey }: Parts,
  response: HttpResponse,
  documents: readonly unknown[] | undefined,
): Promise<void> {
  const { placeIn } = selector;
  if (placeIn === undefined || response.ignored || response.isMeant === true) return;
  if (decoder.isPlainJson === true) {
    if ((await response.bytes()).length === 0) return;
    const root = await response.json();
    const isInside = placeIn(root).steps > 0;
    if (typeof root !== 'object' || (root === null && isInside))
      throw unreadableBody(response, 'a JSON object or list', await response.text());
    refuseIfNoPage(Array.isArray(root) ? root : [root], Array.isArray(root));
  } else if (documents !== undefined) {
    refuseIfNoPage(documents, false);
  }

  function refuseIfNoPage(all: readonly unknown[], areListed: boolean): void {
    const places: RecordPlace[] = [];
    for (const document of all) {
      const place = placeIn?.(document);
      if (place === undefined || isThere(place)) return;
      places.push(place);
    }
    for (const { along } of places) {
      const said = errorSaidIn(along[0], along);
      if (said !== undefined) throw unexpectedBody(response, errorInstead, said);
    }
    const [first] = places;
    if (first === undefined) return;
    if (decoder.namesRoot === true && first.along.length === 1 && hasContent(first.along[0]))
      throw unexpectedBody(response, 'has another root element', toJsonText(first.along[0]));
    const reached = areListed ? all : first.along.at(-1);
    if (isOtherKind(reached))
      throw unexpectedBody(
        response,
        'is of another kind than the path of the records needs',
        toJsonText(reached),
      );
  }

  /** A text where an object should be, a list without objects, or a list of the records themselves. */
  function isOtherKind(value: unknown): boolean {
    if (typeof value !== 'object') return Boolean(value);
    if (!Array.isArray(value) || value.length === 0) return false;
    return value.every((item) => !isObject(item)) || (primaryKey !== undefined && value.every(hasKey));
  }

  function hasKey(item: unknown): boolean {
    return primaryKey?.every((path) => compileGet(path)(item) !== undefined) === true;
  }
}

function isThere({ steps, along }: RecordPlace): boolean {
  const found = along.at(-1);
  return along.length === steps + 1 && (typeof found === 'object' ? found !== null : Boolean(found));
}

/** More than the attributes of an empty element, which may have another name: `<nil-classes type="array"/>`. */
function hasContent(document: unknown): boolean {
  if (!isObject(document)) return false;
  return Object.values(document).some((root) =>
    isObject(root) ? Object.keys(root).some((name) => !name.startsWith('@')) : Boolean(root),
  );
}
