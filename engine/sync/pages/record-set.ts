import { nodeCrypto } from '../../util/bytes/node-crypto.ts';
import { toJsonText } from '../../util/json/to-json-text.ts';
import { recordKeyOf } from './record-key.ts';

/** Which records a page has, in whatever order. They are summed up, so none of them is kept. */
export interface RecordSet {
  add(records: readonly unknown[]): void;
  /** The same for pages with the same records. */
  records(): string;
  /** The same for pages whose records have the same keys. */
  keys(): string;
}

export function createRecordSet(primaryKey: readonly (readonly string[])[]): RecordSet {
  let [records, keys] = [0n, 0n];
  return {
    add(more) {
      for (const record of more) {
        records = BigInt.asUintN(64, records + hashOf(record));
        keys = BigInt.asUintN(64, keys + hashOf(recordKeyOf(record, primaryKey) ?? null));
      }
    },
    records: () => String(records),
    keys: () => String(keys),
  };
}

function hashOf(value: unknown): bigint {
  return nodeCrypto().createHash('sha1').update(toJsonText(value)).digest().readBigUInt64LE();
}

/** Pages from here on, and how many of them. */
const firstLook = 1024;
const pagesPerLook = 16;

/**
 * Whether all records of a slice's nth page are looked at: sixteen pages in a row each time that the number of pages has doubled.
 * So short streams pay nothing for it and long ones little, and what goes in a circle is met in the middle of it.
 */
export function isLookedInto(page: number): boolean {
  return page >= firstLook && page - lookOf(page) < pagesPerLook;
}

/** The page at which the last look began. */
export function lookOf(page: number): number {
  return 2 ** Math.floor(Math.log2(page));
}
