import { isSliceName } from '../../language/template-names.ts';
import type { ManifestNode } from '../../manifest/node.ts';
import { toValue } from '../../manifest/node.ts';
import { readPaths } from '../../simulator/read-paths.ts';
import { memberPaths } from '../../template/member-paths.ts';
import { isTimestampFormat, parseDatetime } from '../../time/datetime-format.ts';
import { grouped } from '../../util/flow/grouped.ts';
import { tryTo } from '../../util/flow/try-to.ts';
import { isObject } from '../../util/json/json.ts';
import { exampleValue } from '../../util/schema/example-value.ts';
import { validateAgainstSchema } from '../../util/schema/validate-against-schema.ts';
import { type ComponentAt, childIn, textIn, written } from '../../validate/visit.ts';
import { requesterOf } from '../asked-path.ts';
import { type CheckEvent, defineCheck } from '../check.ts';
import { countedUnits, textOf } from '../datetime-formats.ts';
import { looked, violation } from '../events.ts';
import { hasClock, oddAspect, zone } from '../format-aspects.ts';
import { once } from '../once.ts';
import { listedFormats } from '../record-formats.ts';
import { propertyAt } from '../spec-paths.ts';
import { streamsIn } from '../streams-in.ts';
import type { SpecAt, Subject } from '../subject.ts';
import { ownFormats } from '../written-formats.ts';

export const momentFormats = defineCheck({
  id: 'moment-formats',
  group: 'incremental',
  level: 'static',
  severity: 'warning',
  doc: 'the formats of one cursor have the same zone, order, separators and unit throughout, those of requests are the same for all streams, and what the config gives as a start can be read',
  *run(subject) {
    const isNew = once();
    const cursors: Cursor[] = [];
    // Streams that are only parents have windows too.
    for (const at of streamsIn(subject.source)) {
      const incremental = childIn(at, 'incremental_sync');
      if (incremental?.traits.compares !== 'datetimes' || !isNew(incremental.node)) continue;
      const cursor = cursorOf(at, incremental);
      cursors.push(cursor);
      yield looked(cursor.stream);
      yield* unevenly(cursor);
      yield* oddPlace(cursor);
      yield* otherUnit(cursor);
    }
    yield* oddStream(cursors);
    yield* unreadableStarts(cursors, subject);
  },
});

interface Cursor {
  readonly stream: string;
  readonly of: ComponentAt;
  readonly at: ComponentAt;
  /** What requests and states are written as. */
  readonly sent: ManifestNode | undefined;
  /** What records are read by, where there is one format for it. */
  readonly read: ManifestNode | undefined;
  readonly bounds: readonly ManifestNode[];
}

function cursorOf(stream: ComponentAt, at: ComponentAt): Cursor {
  const formats = listedFormats(at);
  return {
    stream: textIn(stream, 'name') ?? '',
    of: stream,
    at,
    sent: written(at, 'datetime_format'),
    read: formats.length === 1 ? formats[0] : undefined,
    bounds: ['start_datetime', 'end_datetime'].flatMap(
      (field) => written(at, field, 'datetime_format') ?? [],
    ),
  };
}

/** `%H-%M:%S`, `%H:%M%S`, `%Y-%m/%d`. */
function* unevenly({ stream, sent, read, bounds }: Cursor): Generator<CheckEvent> {
  for (const node of [sent, read, ...bounds]) {
    const format = textOf(node);
    for (const parts of [
      /%[HI]([^%A-Za-z]?)%M([^%A-Za-z]?)%S/,
      /%[Ymd]([^%A-Za-z]?)%[md]([^%A-Za-z]?)%[dY]/,
    ]) {
      const [said, first, second] = parts.exec(format) ?? [];
      if (said === undefined || first === second) continue;
      yield violation(
        node,
        `In the format ${format} of stream "${stream}", the parts of "${said}" have ${first === '' ? 'nothing' : `"${first}"`} and ${second === '' ? 'nothing' : `"${second}"`} between them: is it a typo?`,
        { stream },
      );
      return;
    }
  }
}

/** All other places of a cursor agree, and one differs in what would be the same for one API. */
function* oddPlace(cursor: Cursor): Generator<CheckEvent> {
  const { stream, sent, read, bounds } = cursor;
  const own = ownFormats(cursor.at);
  const all = [sent, read, ...bounds].filter((node) => node !== undefined);
  // What is sent and what is read are two words of one API, whatever the config is written in.
  const pair = [sent, read].filter((node) => node !== undefined);
  for (const places of [all, pair])
    for (const node of places) {
      const others = places.filter((other) => other !== node);
      const [other] = others;
      const different = oddAspect(textOf(node), others.map(textOf), places === pair);
      if (other === undefined || different === undefined || own.has(node)) continue;
      // Bounds read the config, whose zone is no word of the API's.
      if (places === all && bounds.length > 0 && different.includes('zone')) continue;
      // Of two, the one without a zone is told, or that of the records.
      const isTold = different === 'a zone' ? !zone.test(textOf(node)) : node === read;
      if (others.length < 2 && !isTold) continue;
      yield violation(
        node,
        `Stream "${stream}" writes moments as ${textOf(node)} here, and ${others.length > 1 ? 'everywhere else' : node === read ? 'in requests' : 'reads them of records'} as ${textOf(other)}: they differ in ${different}.`,
        { stream, also: [other.place] },
      );
      return;
    }
}

/** Requests count milliseconds, and records seconds: whichever is meant, what one writes the other reads as another time. */
function* otherUnit({ stream, at, sent }: Cursor): Generator<CheckEvent> {
  const unit = countedUnits[textOf(sent)];
  const counts = listedFormats(at).filter((each) => isTimestampFormat(textOf(each)));
  const [other] = counts;
  if (sent === undefined || unit === undefined || other === undefined) return;
  if (counts.some((each) => countedUnits[textOf(each)] === unit)) return;
  yield violation(
    sent,
    `Requests of stream "${stream}" count ${unit} (${textOf(sent)}), and its records ${countedUnits[textOf(other)]} (${textOf(other)}): APIs seldom have two counts of one moment.`,
    { stream, also: [other.place] },
  );
}

/** A start that the spec describes by a pattern, and formats that do not read it. */
function* unreadableStarts(cursors: readonly Cursor[], { spec, now }: Subject): Generator<CheckEvent> {
  if (spec === undefined) return;
  const found = cursors
    .flatMap((cursor) => [...startsOf(cursor)])
    .flatMap((start) => {
      const given = exampleAt(spec, start.path, now);
      const isRead =
        given === undefined || tryTo(() => parseDatetime(given, textOf(start.node))) !== undefined;
      return isRead ? [] : [{ ...start, given }];
    });
  for (const [field, starts] of grouped(found, ({ path }) => path.join('.'))) {
    const [first] = starts;
    if (first === undefined) continue;
    const property = propertyAt(spec.node, first.path) ?? spec.node;
    const [said, stream] = [textOf(first.node), starts.length === 1 ? first.stream : undefined];
    // Where all streams read it in another way, it is the spec that is odd.
    yield violation(
      starts.length === 1 ? first.node : property,
      `"${field}" of the config is such as "${first.given}" by its pattern, and "${first.field}" of ${starts.length === 1 ? `stream "${first.stream}"` : `${starts.length} streams`} is read by ${said}, which does not read it.`,
      { stream, also: [starts.length === 1 ? property.place : first.node.place] },
    );
  }
}

interface Start {
  readonly stream: string;
  readonly field: string;
  /** Its format. */
  readonly node: ManifestNode;
  readonly path: readonly string[];
}

/** A property of the config, of which nothing is made. */
const asGiven = /^\s*\{\{-?\s*config(?:\.\w+|\[\s*(['"])[^'"]+\1\s*\])+\s*-?\}\}\s*$/;

/** The bounds that are a property of the config and nothing else. */
function* startsOf({ stream, at, sent }: Cursor): Generator<Start> {
  for (const field of ['start_datetime', 'end_datetime']) {
    const text = textIn(at, field, 'datetime') ?? textIn(at, field) ?? '';
    const node = written(at, field, 'datetime_format') ?? sent;
    if (node === undefined || textOf(node).includes('{{') || !asGiven.test(text)) continue;
    for (const { path } of memberPaths(text, 'config')) yield { stream, field, node, path };
  }
}

function exampleAt({ node }: SpecAt, path: readonly string[], now: number): string | undefined {
  const property = propertyAt(node, path);
  const schema = property && toValue(property);
  // A format alone is not held against what is given.
  if (!isObject(schema) || schema.pattern === undefined) return undefined;
  const value = exampleValue(schema, { now }, path.at(-1));
  // Of a pattern that no candidate fits there is no example.
  return typeof value === 'string' && validateAgainstSchema(value, schema).length === 0 ? value : undefined;
}

const fewestOthers = 2;
const ofRecords = 'read of records';

/** The parameter that is the start of a window and nothing else. */
function nameOfStart(stream: ComponentAt): string | undefined {
  const requester = requesterOf(stream);
  const node = written(requester, 'request_parameters');
  if (node?.kind !== 'mapping') return undefined;
  for (const [name, { value }] of node.entries) {
    if (!/^\s*\{\{[^}|~+]*\}\}\s*$/.test(textOf(value))) continue;
    const [read, ...more] = readPaths(textOf(value));
    if (isSliceName(read?.name ?? '') && more.length === 0 && read?.path[0] === 'start_time') return name;
  }
  return undefined;
}

/** One parameter takes days, or moments; records have both. */
function oddPrecision(format: string, others: readonly string[]): string | undefined {
  if ([format, ...others].some((each) => each.includes('{{'))) return undefined;
  const precisions: readonly (readonly [name: string, of: (format: string) => string])[] = [
    ['whether they count', (each) => (isTimestampFormat(each) ? each : 'text')],
    ['a time of the day', (each) => String(hasClock.test(each))],
  ];
  return precisions.find(([, of]) => {
    const theirs = new Set(others.map(of));
    return theirs.size === 1 && !theirs.has(of(format));
  })?.[0];
}

/** What is sent under one name is written in one way. */
function* oddStream(cursors: readonly Cursor[]): Generator<CheckEvent> {
  const sent = cursors.flatMap(({ of, at, stream, sent: node }) => {
    const name = textIn(at, 'start_time_option', 'field_name') ?? nameOfStart(of);
    return node === undefined || name === undefined ? [] : [{ name: `sent as "${name}"`, node, stream }];
  });
  const read = cursors.flatMap(({ at, stream, read: node }) => {
    const name = textIn(at, 'cursor_field');
    return node === undefined || name === undefined ? [] : [{ name: ofRecords, node, stream }];
  });
  for (const uses of [...grouped(sent, ({ name }) => name).values(), read])
    for (const { node, name, stream } of uses) {
      const others = uses.filter((use) => use.node !== node);
      const [other] = others;
      if (other === undefined || others.length < fewestOthers) continue;
      const formats = others.map((use) => textOf(use.node));
      const different =
        oddAspect(textOf(node), formats) ??
        (name === ofRecords ? undefined : oddPrecision(textOf(node), formats));
      if (different === undefined) continue;
      yield violation(
        node,
        `Moments that are ${name} are written as ${textOf(node)} by stream "${stream}", and as ${textOf(other.node)} by all ${others.length} others: they differ in ${different}.`,
        { stream, also: [other.node.place] },
      );
    }
}
