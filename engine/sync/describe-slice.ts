import type { Slice } from '../language/slice.ts';

/** A slice in the words of an error's path: `partition {"company_id":"5"}`, `window {"start_time":…}`. */
export function describeSlice(slice: Slice): string[] {
  return [
    ...(isEmpty(slice.partition) ? [] : [`partition ${JSON.stringify(slice.partition, plainBigints)}`]),
    ...(isEmpty(slice.cursor) ? [] : [`window ${JSON.stringify(slice.cursor, plainBigints)}`]),
  ];
}

function isEmpty(object: object): boolean {
  return Object.keys(object).length === 0;
}

function plainBigints(_name: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value;
}
