import type { Slice } from '../../contract/slice.ts';
import { toJsonText } from '../../util/json/to-json-text.ts';

/** A slice in the path of an error: `partition {"company_id":"5"}`, `window {"start_time":…}`. */
export function describeSlice(slice: Slice): string[] {
  return [
    ...(isEmpty(slice.partition) ? [] : [`partition ${toJsonText(slice.partition)}`]),
    ...(isEmpty(slice.cursor) ? [] : [`window ${toJsonText(slice.cursor)}`]),
  ];
}

function isEmpty(object: object): boolean {
  return Object.keys(object).length === 0;
}
