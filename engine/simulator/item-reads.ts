import type { Expression } from '../template/syntax/ast.ts';
import { constantText } from '../template/syntax/constant-text.ts';
import type { Node } from '../template/syntax/each-node.ts';

/** What filters read of each item of a list: `id` in `record.labels | map(attribute='id') | list`. */
export interface ItemReads {
  /** The list. */
  readonly list: Expression;
  readonly items: readonly (readonly string[])[];
  /** What else the filters are given. */
  readonly given: readonly unknown[];
}

/** Filters that take an attribute of each item, by their first argument. Others take it by its name alone. */
const attributeFirst = new Set(['selectattr', 'rejectattr', 'groupby']);
const attributeNamed = new Set(['map', 'sort', 'unique', 'sum', 'min', 'max', 'join', 'groupby']);
const leavesItems = new Set(['list', 'select', 'reject', 'reverse', 'default', 'd']);

/** Undefined for every other expression. */
export function itemReadsOf(node: Node): ItemReads | undefined {
  let items: (readonly string[])[] = [];
  const given: unknown[] = [];
  let at: Node | undefined = node;
  while (at?.type === 'filter') {
    const attribute = attributeOf(at);
    if (attribute === undefined && at.name !== 'map' && !leavesItems.has(at.name)) return undefined;
    given.push(at.args, at.keywords);
    // What comes after it reads of what it gives.
    if (at.name === 'map') items = attribute === undefined ? [] : deeper(attribute, items);
    else if (attribute !== undefined) items.push(attribute);
    at = at.target;
  }
  // `record.labels or []` has the items of the labels.
  const list = at?.type === 'or' ? at.left : at;
  return list === undefined || items.length === 0 ? undefined : { list: list as Expression, items, given };
}

function deeper(attribute: readonly string[], items: readonly (readonly string[])[]): (readonly string[])[] {
  return items.length === 0 ? [attribute] : items.map((path) => [...attribute, ...path]);
}

function attributeOf({
  name,
  args,
  keywords,
}: Extract<Expression, { type: 'filter' }>): readonly string[] | undefined {
  const named = attributeNamed.has(name) && keywords.find((each) => each.name === 'attribute')?.value;
  const value = named || (attributeFirst.has(name) ? args[0] : undefined);
  return constantText(value)?.split('.');
}
