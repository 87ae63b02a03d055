import { ConnectorError } from '../../error/connector-error.ts';
import { parseJson } from '../../util/json/parse-json.ts';
import { quotedList } from '../../util/text/quoted-list.ts';
import type { DestinationOptions } from '../destination.ts';
import { type Identity, movedStarts, otherThan } from '../identity.ts';
import { keyText, nothingStored, readStored, type Stored, type StoredStream } from './bookkeeping.ts';
import { Busy, type Database } from './database.ts';

/** What is in the database. Throws ConnectorError (config_error) while another program has it. */
export async function readAll(database: Database): Promise<Stored> {
  if (database.isNew) return nothingStored;
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
  /** Those of them whose tables have another key. */
  readonly rekeyed: ReadonlySet<string>;
  /** Why, in sentences. */
  readonly told: readonly string[];
}

/**
 * A stream whose start has moved is read again from there, and what comes replaces what there was. So is one whose key has changed: its rows, and the
 * items of lists in them, could not be found by the new one.
 */
export function startsOver(
  stored: Stored,
  { identity, fullRefresh, mergedBy }: DestinationOptions,
): StartsOver {
  const rekeyed = [...stored.streams].filter(
    ([stream, { key }]) =>
      key !== undefined && mergedBy?.has(stream) === true && key !== keyText(mergedBy.get(stream)),
  );
  const rekeyedNames = new Set(rekeyed.map(([stream]) => stream));
  if (fullRefresh === true)
    return {
      streams: new Set(stored.streams.keys()),
      rekeyed: rekeyedNames,
      told: ['Every stream is read from the beginning, as --full-refresh asks.'],
    };
  const known = [...stored.streams].filter(([, { state }]) => state !== undefined);
  const moved = known.filter(([, { start }]) => movedStarts(start, identity.start).length > 0);
  const [first] = moved;
  return {
    streams: new Set([...moved.map(([stream]) => stream), ...rekeyedNames]),
    rekeyed: rekeyedNames,
    told: [
      ...(first === undefined
        ? []
        : [
            `Every stream is read from the beginning, since ${movedStarts(first[1].start, identity.start).join(' and ')}.`,
          ]),
      ...rekeyed.map(
        ([stream, { key = '' }]) =>
          `The stream "${stream}" is read from the beginning, since its primary key has changed from ${shownKey(key)} to ${shownKey(keyText(mergedBy?.get(stream)))}.`,
      ),
    ],
  };
}

function shownKey(text: string): string {
  const names = parseJson(text);
  return Array.isArray(names) && names.length > 0 ? quotedList(names.map(String)) : 'none';
}
