import { SaxesParser } from 'saxes';
import { isObject, type JsonObject } from '../../util/json/json.ts';
import { setField } from '../../util/json/set-field.ts';

interface Element {
  readonly name: string;
  /** Attributes and children; undefined while there are none. */
  item: JsonObject | undefined;
  text: string;
}

/**
 * An XML document as an object with the root's name as its key, by the rules of Python's xmltodict: prefixes stay in
 * the names, attributes get an `@`, an element without attributes and children is its text, an empty one null. Text is
 * trimmed, comments are dropped, and entities that a document declares are not expanded. Throws SyntaxError.
 */
export function parseXml(text: string): JsonObject {
  const open: Element[] = [{ name: '', item: undefined, text: '' }];
  const parser = new SaxesParser({ xmlns: false, position: true });
  const addText = (piece: string): void => {
    (open.at(-1) as Element).text += piece;
  };
  parser.on('error', (error) => {
    throw new SyntaxError(error.message);
  });
  parser.on('opentag', ({ name, attributes }) => {
    const element: Element = { name, item: undefined, text: '' };
    for (const [key, value] of Object.entries(attributes)) element.item = add(element.item, `@${key}`, value);
    open.push(element);
  });
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', () => {
    const { name, item, text: raw } = open.pop() as Element;
    const parent = open.at(-1) as Element;
    const content = raw.trim();
    if (item !== undefined && content !== '') add(item, '#text', content);
    parent.item = add(parent.item, name, item ?? (content === '' ? null : content));
  });
  parser.write(text).close();
  return (open[0] as Element).item ?? {};
}

function add(item: JsonObject | undefined, key: string, value: unknown): JsonObject {
  const target = item ?? {};
  if (!Object.hasOwn(target, key)) setField(target, key, value);
  else if (isList(target[key])) target[key].push(value);
  else setField(target, key, [target[key], value]);
  return target;
}

/** The value of a child is never a list, so a list is always one of repeated elements. */
function isList(value: unknown): value is unknown[] {
  return !isObject(value) && Array.isArray(value);
}
