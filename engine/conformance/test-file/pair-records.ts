import type { JsonObject } from '../../util/json/json.ts';
import { isObject } from '../../util/json/json.ts';
import { isEqual } from '../../util/schema/schema-values.ts';
import { fits } from '../subset.ts';

export type PrimaryKey = readonly (readonly string[])[];

export interface Pairs {
  readonly pairs: readonly { readonly expected: JsonObject; readonly found: JsonObject | undefined }[];
  /** Emitted, and paired with nothing. */
  readonly surplus: readonly JsonObject[];
}

/**
 * Pairs each expected record with one that was emitted: with that of its key where it names one, else with the first
 * that has its fields. Records of the same key are paired in order.
 */
export function pairRecords(
  expected: readonly JsonObject[],
  emitted: readonly JsonObject[],
  key: PrimaryKey | undefined,
  isExact: boolean,
): Pairs {
  const left = new Set(emitted);
  const take = (matches: (record: JsonObject) => boolean) => {
    for (const record of left) {
      if (!matches(record)) continue;
      left.delete(record);
      return record;
    }
    return undefined;
  };
  const pairs = expected.map((wanted) => {
    const byFields = () => take((record) => fits(wanted, record, isExact));
    const hasKey =
      key !== undefined && key.length > 0 && key.every((path) => valueAt(wanted, path) !== undefined);
    if (!hasKey) return { expected: wanted, found: byFields() };
    const isSame = (record: JsonObject) =>
      key.every((path) => isEqual(valueAt(record, path), valueAt(wanted, path)));
    // Of several with its key, one may fit as it is.
    return { expected: wanted, found: byFields() ?? take(isSame) };
  });
  return { pairs, surplus: [...left] };
}

function valueAt(record: JsonObject, path: readonly string[]): unknown {
  let at: unknown = record;
  for (const step of path) at = isObject(at) ? at[step] : undefined;
  return at;
}
