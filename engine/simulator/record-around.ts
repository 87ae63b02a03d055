import type { Scope } from '../contract/scope.ts';
import type { JsonObject } from '../util/json/json.ts';
import { compileGet } from '../util/path/dpath.ts';
import type { ComponentAt } from '../validate/visit.ts';
import { expandable, segmentsOf } from './place-records.ts';
import { put } from './put.ts';

/**
 * The expander of a retriever around this one, which makes the records of the stream out of lists inside of what this one
 * reads.
 */
export function expanderAround(retriever: ComponentAt): ComponentAt | undefined {
  for (let at = retriever.parent; at?.family === 'Retriever'; at = at.parent) {
    const expander = at.children.find(({ family }) => family === 'RecordExpander');
    if (expander !== undefined) return expander;
  }
  return undefined;
}

/** Makes the record out of which an expander takes an item, with what the item has from it. */
export function recordAround(expander: ComponentAt, scope: Scope): (item: JsonObject) => JsonObject {
  const list = segmentsOf(expander, 'expand_records_from_field', scope);
  const copied = expander.children
    .filter(({ family }) => family === 'ParentFieldPath')
    .map((at) => ({
      from: segmentsOf(at, 'parent_path', scope),
      value: compileGet(segmentsOf(at, 'record_path', scope)),
    }));
  return (item) => {
    const around = { ...expandable([item], list), ...(item.id !== undefined && { id: item.id }) };
    for (const { from, value } of copied) {
      const known = value(item);
      if (known !== undefined) put(around, from, known);
    }
    return around;
  };
}
