import { ConnectorError } from '../../error/connector-error.ts';
import { messageOf } from '../../util/text/message-of.ts';
import { isThere } from '../is-there.ts';
import { Busy } from '../tables/database.ts';

/** Why a file cannot be opened: Busy where another program has it, a ConnectorError for all that does not pass by itself. */
export async function openError(error: unknown, path: string): Promise<Error> {
  const text = messageOf(error);
  if (/Could not set lock/.test(text)) {
    const [, who, pid] =
      /Conflicting lock is held in (.*?)(?: \(PID (\d+)\))?(?: by user.*)?\.? See also/s.exec(text) ?? [];
    const holder = pid === undefined ? who : `${who}, process ${pid}`;
    return new Busy(`${path} is open in another program${holder === undefined ? '' : ` (${holder})`}.`);
  }
  if (reasons.some(([found]) => found.test(text))) return broken(path, text, error);
  const version = versionReason(text);
  if (version !== undefined)
    return new ConnectorError(`${path} ${version}`, { kind: 'config_error', cause: error });
  const what = (await isThere(path)) ? `${path} cannot be opened as a DuckDB file` : `${path} cannot be made`;
  return new ConnectorError(`${what}: ${text}`, { kind: 'config_error', cause: error });
}

/** Versions of DuckDB write files that older ones do not read. */
function versionReason(text: string): string | undefined {
  const found = /version number (\d+), but we can only read versions? (?:between (\d+) and )?(\d+)\./.exec(
    text,
  );
  if (found === null) return undefined;
  const [, theirs, least, most] = found;
  const is = `has DuckDB's storage version ${theirs}, and the DuckDB that is installed here reads`;
  return Number(theirs) < Number(least)
    ? `${is} none before ${least}. Give --to another file.`
    : `${is} ${most} at most. Update it with "npm install @duckdb/node-api@latest", or give --to another file.`;
}

const reasons = [
  [
    /No space left on device/,
    'the disk is full. Make room and sync again, or write somewhere else with --to.',
  ],
  [/Permission denied/, 'permission is denied. Allow it, or write somewhere else with --to.'],
  [/Read-only file system/, 'the disk is read-only. Write somewhere else with --to.'],
  [/not a valid DuckDB database/, 'it is no DuckDB file. Give --to another path, or remove it.'],
] as const;

/** A DuckDB file that takes nothing any more. */
export function broken(path: string, text: string, cause: unknown): ConnectorError {
  const reason = reasons.find(([found]) => found.test(text))?.[1];
  return reason === undefined
    ? new ConnectorError(`${path} did not take the records: ${text}`, { cause })
    : new ConnectorError(`${path} cannot be written to: ${reason}`, { kind: 'config_error', cause });
}
