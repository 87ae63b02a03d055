import type { JsonObject } from '../../../../engine/util/json/json.ts';
import type { Exchange, Recording } from './record.ts';

export interface TestText {
  readonly name: string;
  readonly stream: string;
  readonly recording: Recording;
  /** Fields of records that are expected. */
  readonly key?: readonly string[];
  readonly state?: JsonObject | undefined;
  readonly config?: JsonObject | undefined;
  /** Records are expected with all their fields, the first request with its headers. */
  readonly isExact?: boolean;
  /** Its states tell of what is known to be deleted. */
  readonly keepsTable?: boolean;
  /** The fields of the primary key. */
  readonly primaryKey?: readonly unknown[] | undefined;
  /** When it is read, in milliseconds since the epoch. */
  readonly at?: number | undefined;
  /** A part of what is logged. */
  readonly log?: string | undefined;
  /** A part of the stream's schema. */
  readonly schema?: JsonObject;
  /** A field that no record has. */
  readonly without?: string | undefined;
}

/** A recording as a test of manifests/intercom.test.yaml. */
export function testText(test: TestText): string {
  const { name, stream, recording, key = [], state, config, isExact = false, schema } = test;
  const shown = test.keepsTable === true ? (given: JsonObject) => given : withoutTable;
  const lines = [`  - name: ${name}`, `    stream: ${stream}`];
  if (test.at !== undefined) lines.push(`    now: ${new Date(test.at).toISOString()}`);
  if (config !== undefined) lines.push(`    config: ${json(config)}`);
  if (state !== undefined) lines.push(`    state: ${json(shown(state))}`);
  if (recording.exchanges.length > 0) lines.push('    http:');
  const first = recording.exchanges[0] && asked(recording.exchanges[0]);
  for (const [index, exchange] of recording.exchanges.entries())
    lines.push(...exchangeLines(exchange, isExact && (index === 0 || asked(exchange) !== first)));
  lines.push('    expect:');
  const { failed, records, waits } = recording;
  if (failed !== undefined)
    lines.push(`      error: ${json({ message: failed.message.split('\n')[0], kind: failed.kind })}`);
  lines.push(`      count: ${records.length}`);
  const brief = (each: JsonObject) => Object.fromEntries(key.map((field) => [field, each[field]]));
  if (records.length > 0 && isExact) {
    const isAll = records.length <= mostExact;
    if (isAll) lines.push('      exact: true');
    const listed = isAll ? records : [...records.slice(0, 1), ...records.slice(1).map(brief)];
    lines.push('      records:', ...listed.map((each) => `        - ${json(each)}`));
  } else if (records.length > 0 && key.length > 0) lines.push(`      records: ${json(records.map(brief))}`);
  if (failed === undefined && recording.state !== undefined && Object.keys(recording.state).length > 0)
    lines.push(`      state: ${json(shown(recording.state))}`);
  if (waits.length > 0) lines.push(`      waits: ${json(waits.map((ms) => ms / 1000))}`);
  if (test.log !== undefined) lines.push(`      log: ${json([test.log])}`);
  if (test.primaryKey !== undefined) lines.push(`      primary_key: ${json(test.primaryKey)}`);
  if (test.without !== undefined)
    lines.push(`      jsonpath: ${json({ [`$.records[*].${test.without}`]: [] })}`);
  if (schema !== undefined) lines.push(`      schema: ${json(schema)}`);
  return lines.join('\n');
}

/** Of more records, one shows the fields. */
const mostExact = 3;

/** What is asked for in headers, which most requests of a stream have in common. */
function asked({ headers }: Exchange): string {
  return `${headers['accept']} ${headers['intercom-version']}`;
}

const told: ReadonlySet<string> = new Set(['authorization', 'accept', 'intercom-version']);

/** As a test has an exchange; with its headers and its whole URL where it is looked at as a whole. */
export function exchangeLines({ on, url, headers, body, reply }: Exchange, isWhole: boolean): string[] {
  const wanted = {
    ...(isWhole && {
      headers: Object.fromEntries(Object.entries(headers).filter(([name]) => told.has(name))),
    }),
    ...(body !== undefined && { body }),
  };
  const [method] = on.split(' ');
  const lines = [`      - on: ${json(isWhole ? `${method} ${url}` : on)}`];
  if (Object.keys(wanted).length > 0) lines.push(`        with: ${json(wanted)}`);
  const [only, ...more] = Object.entries(reply);
  lines.push(
    only?.[0] === 'json' && more.length === 0
      ? `        json: ${json(only[1])}`
      : `        reply: ${json(reply)}`,
  );
  return lines;
}

function json(value: unknown): string {
  return JSON.stringify(value);
}

/** Without the table of what is known to be deleted, which is nothing to read. */
export function withoutTable(state: JsonObject): JsonObject {
  const { deletions: _, ...rest } = state;
  return rest;
}
