import type { StreamState } from '../../contract/families.ts';
import { isObject, type JsonObject } from '../../util/json/json.ts';
import { toJsonText } from '../../util/json/to-json-text.ts';
import { typeNames } from '../../util/schema/schema-values.ts';
import { smallApiFor } from '../simulated/api.ts';
import { type Simulated, simulatedOnce } from '../simulated/each-stream.ts';
import { identityOf, runStream } from '../simulated/run.ts';
import type { StreamAt, Subject } from '../subject.ts';

/**
 * What a difference means for whoever has synced with the manifest before. `breaking`: something that was there is gone, or
 * means something else. `additive`: there is more. `changed`: it is done in another way, and comes to the same.
 */
export type DifferenceKind = 'breaking' | 'additive' | 'changed';

export type Aspect = 'stream' | 'key' | 'schema' | 'requests' | 'records' | 'state';

export interface Difference {
  readonly stream: string;
  readonly aspect: Aspect;
  readonly kind: DifferenceKind;
  readonly message: string;
}

export interface Comparison {
  readonly differences: readonly Difference[];
  /** Streams that are the same in every aspect. */
  readonly same: readonly string[];
  /** Streams of which only the declaration could be compared, and why. */
  readonly unread: readonly { readonly stream: string; readonly reason: string }[];
}

/** Reads all streams of two manifests, each from the API that is made out of it, and compares what comes of it. */
export async function compareSubjects(before: Subject, after: Subject): Promise<Comparison> {
  const differences: Difference[] = [];
  const same: string[] = [];
  const unread: { stream: string; reason: string }[] = [];
  const now = new Map((await after.streams()).map((stream) => [stream.name, stream]));
  const known = new Set<string>();
  const gone: StreamAt[] = [];
  for (const stream of await before.streams()) {
    known.add(stream.name);
    const other = now.get(stream.name);
    if (other === undefined) {
      gone.push(stream);
      continue;
    }
    const found = [...(await declared(stream, other))];
    const [was, is] = [await simulatedOnce(before, stream), await simulatedOnce(after, other)];
    if (typeof was === 'string' || typeof is === 'string')
      unread.push({ stream: stream.name, reason: typeof was === 'string' ? was : String(is) });
    else {
      found.push(...requests(was, is), ...records(was, is));
      found.push(...(await states(was, is, after)));
    }
    if (found.length === 0) same.push(stream.name);
    differences.push(...found);
  }
  const added = [...now.values()].filter(({ name }) => !known.has(name));
  for (const stream of gone) {
    const other = await renamed(stream, before, added, after);
    const message =
      other === undefined
        ? 'is gone'
        : `is gone; "${other}", which is new, asks for the same: was it renamed?`;
    differences.push({ stream: stream.name, aspect: 'stream', kind: 'breaking', message });
  }
  for (const name of now.keys())
    if (!known.has(name))
      differences.push({ stream: name, aspect: 'stream', kind: 'additive', message: 'is new' });
  return { differences, same, unread };
}

/** The stream that asks for what another one has asked for. */
async function renamed(
  stream: StreamAt,
  before: Subject,
  added: readonly StreamAt[],
  after: Subject,
): Promise<string | undefined> {
  const was = await simulatedOnce(before, stream);
  if (typeof was === 'string') return undefined;
  const own = asked(was);
  for (const each of added) {
    const is = await simulatedOnce(after, each);
    if (typeof is === 'string' || own.size === 0) continue;
    const other = asked(is);
    if (own.size === other.size && [...own].every((one) => other.has(one))) return each.name;
  }
  return undefined;
}

async function declared(before: StreamAt, after: StreamAt): Promise<Difference[]> {
  const found: Difference[] = [];
  const { name: stream } = before;
  const [key, newKey] = [before, after].map(({ definition }) => toJsonText(definition?.primaryKey ?? []));
  if (key !== newKey)
    found.push({
      stream,
      aspect: 'key',
      kind: 'breaking',
      message: `the primary key was ${key} and is ${newKey}`,
    });
  const [cursor, newCursor] = [before, after].map(({ definition }) => definition?.cursorField);
  if (cursor !== newCursor)
    found.push({
      stream,
      aspect: 'state',
      kind: cursor === undefined ? 'additive' : 'breaking',
      message: `the cursor field was ${cursor ?? 'none'} and is ${newCursor ?? 'none'}`,
    });
  const [schema, newSchema] = [(await before.schema())?.value ?? {}, (await after.schema())?.value ?? {}];
  const [types, newTypes] = [typesIn(schema), typesIn(newSchema)];
  for (const [path, type] of types) {
    const other = newTypes.get(path);
    if (other === undefined)
      found.push({ stream, aspect: 'schema', kind: 'breaking', message: `the field "${path}" is gone` });
    else if (other !== type) {
      const isWider = type.split(' or ').every((each) => other.split(' or ').includes(each));
      const kind = isWider ? 'additive' : 'breaking';
      found.push({
        stream,
        aspect: 'schema',
        kind,
        message: `the field "${path}" was ${type} and is ${other}`,
      });
    }
  }
  for (const [path] of newTypes)
    if (!types.has(path))
      found.push({ stream, aspect: 'schema', kind: 'additive', message: `the field "${path}" is new` });
  return found;
}

/** The types of all properties, by their paths. */
function typesIn(
  schema: JsonObject,
  path: readonly string[] = [],
  found = new Map<string, string>(),
): Map<string, string> {
  const properties = isObject(schema.properties) ? schema.properties : {};
  for (const [name, property] of Object.entries(properties)) {
    if (!isObject(property)) continue;
    found.set([...path, name].join('.'), [...typeNames(property)].sort().join(' or ') || 'anything');
    typesIn(property, [...path, name], found);
    if (isObject(property.items)) typesIn(property.items, [...path, name, '[]'], found);
  }
  return found;
}

/** Of the stream itself, without what its parents ask. */
function requests(was: Simulated, is: Simulated): Difference[] {
  const [before, after] = [was, is].map(asked);
  const gone = [...(before as Set<string>)].filter((each) => !after?.has(each));
  const added = [...(after as Set<string>)].filter((each) => !before?.has(each));
  if (gone.length === 0 && added.length === 0) return [];
  const one = (list: readonly string[]) =>
    list[0] === undefined
      ? 'nothing'
      : `${list[0]}${list.length > 1 ? ` (and ${list.length - 1} more)` : ''}`;
  return [
    {
      stream: was.stream.name,
      aspect: 'requests',
      kind: gone.length === 0 ? 'additive' : 'changed',
      message:
        gone.length === 0
          ? `it asks for more: ${one(added)}`
          : `it asked ${one(gone)}, and asks ${one(added)}`,
    },
  ];
}

function asked({ run, stream }: Simulated): Set<string> {
  const own = run.asked.filter(({ about }) => about.stream === stream.name);
  return new Set(
    own.map(
      ({ request: { method, url, body } }) =>
        `${method} ${decodeURIComponent(url.href)}${body === undefined ? '' : ` ${body}`}`,
    ),
  );
}

function records(was: Simulated, is: Simulated): Difference[] {
  const found: Difference[] = [];
  const { name: stream } = was.stream;
  const failed = is.run.errors[0];
  if (failed !== undefined && was.run.errors.length === 0)
    return [{ stream, aspect: 'records', kind: 'breaking', message: `it fails now: ${failed.message}` }];
  const [before, after] = [was, is].map(
    ({ run, stream: at }) => new Map(run.records.map((record) => [identityOf(at)(record), record])),
  );
  if (before === undefined || after === undefined) return found;
  if (before.size > 0 && after.size === 0)
    found.push({
      stream,
      aspect: 'records',
      kind: 'breaking',
      message: `it emits no record any more; there were ${before.size}`,
    });
  const [fields, newFields] = [before, after].map(
    (all) => new Set([...all.values()].flatMap((record) => Object.keys(record))),
  );
  const gone = [...(fields as Set<string>)].filter((name) => !newFields?.has(name));
  const added = [...(newFields as Set<string>)].filter((name) => !fields?.has(name));
  if (after.size > 0 && gone.length > 0)
    found.push({
      stream,
      aspect: 'records',
      kind: 'breaking',
      message: `records have no ${listed(gone)} any more`,
    });
  if (before.size > 0 && added.length > 0)
    found.push({ stream, aspect: 'records', kind: 'additive', message: `records have ${listed(added)} now` });
  return found;
}

function listed(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(', ');
}

/** Whether a state of the one is understood by the other. */
async function states(was: Simulated, is: Simulated, after: Subject): Promise<Difference[]> {
  const { name: stream, definition } = was.stream;
  const last = was.run.states.at(-1)?.state;
  const own = is.run.states.at(-1)?.state;
  if (definition?.cursorField === undefined || last === undefined || is.run.errors.length > 0) return [];
  const resumed = await runStream(after, is.stream, smallApiFor(after, is.stream), {
    state: last,
    listens: false,
  });
  const [error] = resumed.errors;
  if (error !== undefined)
    return [
      {
        stream,
        aspect: 'state',
        kind: 'breaking',
        message: `a state of before, ${short(last)}, makes it fail: ${error.message}`,
      },
    ];
  const wouldBe =
    own && (await runStream(after, is.stream, smallApiFor(after, is.stream), { state: own, listens: false }));
  if (wouldBe !== undefined && resumed.records.length > wouldBe.records.length)
    return [
      {
        stream,
        aspect: 'state',
        kind: 'breaking',
        message: `from a state of before, ${short(last)}, it emits ${resumed.records.length} records again instead of ${wouldBe.records.length}`,
      },
    ];
  return shapeOf(last) === shapeOf(own)
    ? []
    : [
        {
          stream,
          aspect: 'state',
          kind: 'changed',
          message: `states were written as ${short(last)} and are written as ${short(own)}`,
        },
      ];
}

/** A state with its digits alike. */
function shapeOf(state: StreamState | undefined): string {
  return toJsonText(state ?? null).replace(/\d+/g, '0');
}

function short(state: StreamState | undefined): string {
  const text = toJsonText(state ?? null);
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
}
