import { ConnectorError } from '../../error/connector-error.ts';
import { quotedList } from '../../util/text/quoted-list.ts';
import type { DestinationOptions } from '../destination.ts';
import { type Identity, movedStarts, otherThan } from '../identity.ts';
import { readStored, type Stored, type StoredStream } from './bookkeeping.ts';
import { Busy, type Database } from './database.ts';

/** What is in the database. Throws ConnectorError (config_error) while another program has it. */
export async function readAll(database: Database): Promise<Stored> {
  try {
    return await database.transaction((session) => readStored(session, database.dataset));
  } catch (error) {
    if (!(error instanceof Busy)) throw error;
    throw new ConnectorError(`${error.message} Close it there first.`, {
      kind: 'config_error',
      cause: error,
    });
  }
}

/** Throws ConnectorError (config_error) when the tables hold the records of another connection. */
export function refuseOther(database: Database, stored: Stored, identity: Identity): void {
  const { identity: before, streams } = stored;
  if (before === undefined || ![...streams.values()].some(({ state }) => state !== undefined)) return;
  const other = otherThan({ ...before, start: {} }, identity);
  if (other === undefined) return;
  throw new ConnectorError(
    `${database.name} holds what was read by ${other}. Give --to another place, or drop its tables (${quotedList(
      [...streams.values()].flatMap(tablesOf),
    )}) if their rows are no longer needed.`,
    { kind: 'config_error' },
  );
}

export function tablesOf({ table, lists }: StoredStream): readonly string[] {
  return [table, ...lists.map((list) => list.table)];
}

export interface StartsOver {
  readonly streams: ReadonlySet<string>;
  readonly why: string | undefined;
}

/** A stream whose start has moved is read again from there, and what comes replaces what there was. */
export function startsOver(stored: Stored, { identity, fullRefresh }: DestinationOptions): StartsOver {
  if (fullRefresh === true) return { streams: new Set(stored.streams.keys()), why: 'as --full-refresh asks' };
  const moved = [...stored.streams].filter(
    ([, { state, start }]) => state !== undefined && movedStarts(start, identity.start).length > 0,
  );
  const [first] = moved;
  if (first === undefined) return { streams: new Set(), why: undefined };
  const why = `since ${movedStarts(first[1].start, identity.start).join(' and ')}`;
  return { streams: new Set(moved.map(([stream]) => stream)), why };
}
