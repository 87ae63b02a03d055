import type { JsonObject } from '../../util/json/json.ts';
import { toJsonText } from '../../util/json/to-json-text.ts';
import { identityOf, type Run } from '../simulated/run.ts';
import type { StreamAt } from '../subject.ts';
import type { Difference } from './difference.ts';
import { onlyIn } from './only-in.ts';

/** A stream by both manifests. */
export interface Read {
  readonly stream: StreamAt;
  readonly was: Run;
  readonly is: Run;
}

/** Whether it fails, emits anything, and which fields records have: what can be said of records of two APIs. */
export function recordDifferences(read: Read): Difference[] {
  const { name: stream } = read.stream;
  const failed = read.is.errors[0];
  if (failed !== undefined && read.was.errors.length === 0)
    return [{ stream, aspect: 'records', kind: 'breaking', message: `it fails now: ${failed.message}` }];
  const [was, is] = [byIdentity(read, read.was), byIdentity(read, read.is)];
  const found: Difference[] = [];
  if (was.size > 0 && is.size === 0)
    found.push({
      stream,
      aspect: 'records',
      kind: 'breaking',
      message: `it emits no record any more; there were ${was.size}`,
    });
  const [fields, newFields] = [fieldsOf(was), fieldsOf(is)];
  const [gone, added] = [onlyIn(fields, newFields), onlyIn(newFields, fields)];
  if (is.size > 0 && gone.length > 0)
    found.push({
      stream,
      aspect: 'records',
      kind: 'breaking',
      message: `records have no ${listed(gone)} any more`,
    });
  if (was.size > 0 && added.length > 0)
    found.push({ stream, aspect: 'records', kind: 'additive', message: `records have ${listed(added)} now` });
  return found;
}

/** The same of one API, where each record of the one is to be found in the other. */
export function sameApiDifferences(read: Read): Difference[] {
  const { name: stream } = read.stream;
  const found = recordDifferences(read);
  const [was, is] = [byIdentity(read, read.was), byIdentity(read, read.is)];
  if (is.size === 0 || read.is.errors.length > 0) return found;
  const breaking = (message: string) => found.push({ stream, aspect: 'records', kind: 'breaking', message });
  const lost = [...was.keys()].filter((key) => !is.has(key));
  if (lost.length > 0)
    breaking(
      `it emits ${was.size - lost.length} of the ${was.size} records there were; one that is not emitted any more: ${lost[0]}`,
    );
  const more = [...is.keys()].filter((key) => !was.has(key));
  if (more.length > 0)
    found.push({
      stream,
      aspect: 'records',
      kind: 'additive',
      message: `it emits ${more.length} more of the same API's records, such as ${more[0]}`,
    });
  const told = new Set<string>();
  for (const [key, record] of was)
    for (const [name, value] of Object.entries(record)) {
      const other = is.get(key);
      if (other === undefined || !Object.hasOwn(other, name) || told.has(name)) continue;
      if (toJsonText(other[name]) === toJsonText(value)) continue;
      told.add(name);
      breaking(`"${name}" of records was ${short(value)} and is ${short(other[name])}`);
    }
  return found;
}

/** The last version of each record. */
function byIdentity({ stream }: Read, { records }: Run): ReadonlyMap<string, JsonObject> {
  const identity = identityOf(stream);
  return new Map(records.map((record) => [identity(record), record]));
}

function fieldsOf(records: ReadonlyMap<string, JsonObject>): ReadonlySet<string> {
  return new Set([...records.values()].flatMap((record) => Object.keys(record)));
}

function listed(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(', ');
}

function short(value: unknown): string {
  const text = toJsonText(value) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
