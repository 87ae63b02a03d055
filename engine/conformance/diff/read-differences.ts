import type { JsonObject } from '../../util/json/json.ts';
import type { Simulated } from '../simulated/each-stream.ts';
import { identityOf } from '../simulated/run.ts';
import type { Difference } from './difference.ts';

/** In the requests of the stream itself, without what its parents ask. */
export function requestDifferences(was: Simulated, is: Simulated): Difference[] {
  const [before, after] = [asked(was), asked(is)];
  const [gone, added] = [onlyIn(before, after), onlyIn(after, before)];
  if (gone.length === 0 && added.length === 0) return [];
  const isMore = gone.length === 0;
  return [
    {
      stream: was.stream.name,
      aspect: 'requests',
      kind: isMore ? 'additive' : 'changed',
      message: isMore
        ? `it asks for more: ${first(added)}`
        : `it asked ${first(gone)}, and asks ${first(added)}`,
    },
  ];
}

function first([one, ...more]: readonly string[]): string {
  if (one === undefined) return 'nothing';
  return more.length > 0 ? `${one} (and ${more.length} more)` : one;
}

/** All requests of a stream, by what tells them apart. */
export function asked({ run, stream }: Simulated): ReadonlySet<string> {
  const own = run.asked.filter(({ about }) => about.stream === stream.name);
  return new Set(
    own.map(
      ({ request: { method, url, body } }) =>
        `${method} ${decodeURIComponent(url.href)}${body === undefined ? '' : ` ${body}`}`,
    ),
  );
}

function onlyIn(one: ReadonlySet<string>, other: ReadonlySet<string>): readonly string[] {
  return [...one].filter((each) => !other.has(each));
}

/** In the records that come out. */
export function recordDifferences(was: Simulated, is: Simulated): Difference[] {
  const { name: stream } = was.stream;
  const failed = is.run.errors[0];
  if (failed !== undefined && was.run.errors.length === 0)
    return [{ stream, aspect: 'records', kind: 'breaking', message: `it fails now: ${failed.message}` }];
  const [before, after] = [distinct(was), distinct(is)];
  const found: Difference[] = [];
  if (before.length > 0 && after.length === 0)
    found.push({
      stream,
      aspect: 'records',
      kind: 'breaking',
      message: `it emits no record any more; there were ${before.length}`,
    });
  const [fields, newFields] = [fieldsOf(before), fieldsOf(after)];
  const [gone, added] = [onlyIn(fields, newFields), onlyIn(newFields, fields)];
  if (after.length > 0 && gone.length > 0)
    found.push({
      stream,
      aspect: 'records',
      kind: 'breaking',
      message: `records have no ${listed(gone)} any more`,
    });
  if (before.length > 0 && added.length > 0)
    found.push({ stream, aspect: 'records', kind: 'additive', message: `records have ${listed(added)} now` });
  return found;
}

/** The last version of each record. */
function distinct({ run, stream }: Simulated): readonly JsonObject[] {
  const identity = identityOf(stream);
  return [...new Map(run.records.map((record) => [identity(record), record])).values()];
}

function fieldsOf(records: readonly JsonObject[]): ReadonlySet<string> {
  return new Set(records.flatMap((record) => Object.keys(record)));
}

function listed(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(', ');
}
