import { freeName } from '../columns/free-name.ts';
import { RefusedRecords } from '../destination.ts';
import type { Stored } from './bookkeeping.ts';
import type { Database } from './database.ts';
import { tablesOf } from './earlier-syncs.ts';
import { gatheringName } from './table-change.ts';

/** What the tables of a sync are called. */
export interface TableNames {
  /** The table of a stream: that which it had, or one that nobody has yet. Throws RefusedRecords where somebody else has one of that name. */
  ofStream(stream: string): string;
  /** A name that nobody has yet; tables that no sync has made stay alone. */
  free(wanted: string): string;
}

export function createTableNames({ name, dialect }: Database, stored: Stored): TableNames {
  const taken = new Set(
    [...stored.streams.values()]
      .flatMap(tablesOf)
      .flatMap((table) => [table, gatheringName(table)])
      .map((table) => table.toLowerCase()),
  );

  function free(wanted: string, others: Iterable<string>): string {
    // Room for the ending of the table in which a stream's records gather.
    const limit = dialect.nameLimit - gatheringName('').length;
    const found = freeName(wanted, new Set([...taken, ...others]), limit);
    for (const one of [found, gatheringName(found)]) taken.add(one.toLowerCase());
    return found;
  }

  return {
    ofStream(stream) {
      const known = stored.streams.get(stream);
      if (known !== undefined) return known.table;
      const table = free(stream, []);
      const other = stored.tables.find((one) => one.toLowerCase() === table.toLowerCase());
      if (other === undefined) return table;
      throw new RefusedRecords(
        `${name} has a table "${other}" already that no sync has made, so the stream "${stream}" is not written over it. Rename or drop the table, or write somewhere else.`,
      );
    },
    free: (wanted) =>
      free(
        wanted,
        stored.tables.map((table) => table.toLowerCase()),
      ),
  };
}
