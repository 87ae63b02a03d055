import { Document, isCollection, isNode, isPair, parseDocument, visit } from 'yaml';

/** A value to be put at a path. */
export interface Edit {
  readonly path: readonly (string | number)[];
  readonly value: unknown;
}

/**
 * A YAML text with the values at some paths replaced, each by one in one line; all other characters stay as they are. A path
 * that the text has not is left out.
 */
export function editYaml(text: string, edits: readonly Edit[]): string {
  const document = parseDocument(text);
  const isPadded = !/\{[^ \n]/.test(text);
  const changes = edits.flatMap(({ path, value }) => {
    const at = placeOf(document, path, text);
    return at === undefined ? [] : [{ ...at, text: `${at.before}${inOneLine(value, isPadded)}` }];
  });
  let edited = text;
  for (const { start, end, text: value } of changes.toSorted((one, other) => other.start - one.start))
    edited = `${edited.slice(0, start)}${value}${edited.slice(end)}`;
  return edited;
}

/** Where the value at a path stands. One that begins below its key takes the rest of the key's line, unless a comment is there. */
function placeOf(document: Document, path: Edit['path'], text: string) {
  const node = document.getIn(path, true);
  const around = document.getIn(path.slice(0, -1), true);
  if (!isNode(node) || !node.range) return undefined;
  const [start, valueEnd] = node.range;
  const end = start + text.slice(start, valueEnd).trimEnd().length;
  const pair = isCollection(around)
    ? around.items.find((item) => isPair(item) && item.value === node)
    : undefined;
  const key = isPair(pair) && isNode(pair.key) ? pair.key.range?.[1] : undefined;
  const between = key === undefined ? '' : text.slice(key, start);
  return /^\s*:\s*\n\s*$/.test(between) && key !== undefined
    ? { start: key + between.indexOf(':') + 1, end, before: ' ' }
    : { start, end, before: '' };
}

function inOneLine(value: unknown, isPadded: boolean): string {
  const written = new Document(value);
  visit(written, {
    Collection(_, collection) {
      collection.flow = true;
    },
  });
  return written.toString({ lineWidth: 0, flowCollectionPadding: isPadded }).trimEnd();
}
