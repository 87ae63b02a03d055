import { locatedError } from '../error/located-error.ts';
import { printError } from '../error/print-location.ts';
import { printable } from '../http/send/describe-exchange.ts';
import { describeWait } from '../http/send/describe-wait.ts';
import { redactUrl } from '../http/wire/redact.ts';
import { finalState } from '../sync/state/codec.ts';
import type { JsonObject } from '../util/json/json.ts';
import { toJsonText } from '../util/json/to-json-text.ts';
import { percentDecoded } from '../util/url/percent-decoded.ts';
import type { PageEvent, PreviewPage, PreviewSlice } from './collect.ts';
import { type Cost, costOf } from './cost.ts';
import type { Preview } from './preview.ts';
import { describeRate, describeSeconds, type Rate } from './rate.ts';
import type { SchemaDifference } from './schema-difference.ts';
import { describeSlice } from './slice-text.ts';
import { describeStop, withLine } from './stop-reason.ts';

export interface TextOptions {
  readonly rate: Rate | undefined;
  readonly schema: SchemaDifference | undefined;
  readonly now: () => number;
  /** What one may do next: the rest of a command line each. */
  readonly next: readonly string[];
}

/** A preview for people, as narrow as a terminal. */
export function previewText(preview: Preview, { rate, schema, now, next }: TextOptions): string {
  const lines: string[] = [];
  const { slices, sliceCount, redactor } = preview;
  for (let index = 0; index < slices.length; index++) {
    const slice = slices[index] as PreviewSlice;
    const empty = slices.slice(index).findIndex((one) => !isEmpty(one));
    const emptyCount = empty < 0 ? slices.length - index : empty;
    if (emptyCount > 1) {
      lines.push(...emptyLines(preview, index, emptyCount));
      index += emptyCount - 1;
      continue;
    }
    const of = sliceCount === undefined ? '' : ` of ${count(sliceCount)}`;
    const isWhole = sliceCount === 1 && describeSlice(slice.slice) === '';
    lines.push(
      [preview.stream, isWhole ? 'one slice' : `slice ${index + 1}${of}`, describeSlice(slice.slice)]
        .filter((part) => part !== '')
        .join('  '),
    );
    lines.push(...sliceLines(slice, now));
  }
  if (slices.length === 0) lines.push(`${preview.stream}  ${whyNothing(preview)}`);
  if (preview.state !== undefined && slices.length > 0) lines.push(`  state   ${stateText(preview.state)}`);
  for (const thrown of preview.errors) lines.push('', ...errorLines(thrown));
  for (const warning of preview.warnings) lines.push(...wrapped(`warning   ${warning}`, 10));
  if (schema !== undefined) lines.push(...schemaLines(schema, preview.missingSchemaFile));
  const kept = keptLine(preview, costOf(preview, rate, 'rest'), rate);
  if (kept !== undefined) lines.push(...wrapped(kept, 15));
  if (next.length > 0) lines.push(...wrapped(`next      ${next.join('   ')}`, 10));
  return redactor.text(`${lines.join('\n')}\n`);
}

/** Nothing was found, and nothing went wrong. */
function isEmpty({ pages, error }: PreviewSlice): boolean {
  return error === undefined && pages.length > 0 && pages.every(({ counts }) => counts?.found === 0);
}

function emptyLines(
  { stream, slices, sliceCount }: Preview,
  first: number,
  length: number,
): readonly string[] {
  const [start, end] = [slices[first], slices[first + length - 1]];
  const of = sliceCount === undefined ? '' : ` of ${count(sliceCount)}`;
  const [from, until] = [start, end].map((slice) => (slice === undefined ? '' : describeSlice(slice.slice)));
  const window = from?.includes(' … ')
    ? `${from.split(' … ')[0]} … ${until?.split(' … ').at(-1)}`
    : `${from}, …`;
  return wrapped(`${stream}  slices ${first + 1} to ${first + length}${of}  ${window}\n`.trim(), 2).concat(
    `  ${length} requests and more found nothing`.replace(' and more', ''),
  );
}

function* sliceLines({ pages, others }: PreviewSlice, now: () => number): Generator<string> {
  const purposes = new Map<string, number>();
  for (const { purpose, stream } of others) {
    const title = purpose?.title ?? `stream ${stream}`;
    purposes.set(title, (purposes.get(title) ?? 0) + 1);
  }
  for (const [title, times] of purposes) yield `  before  ${title}${times === 1 ? '' : ` (${times} times)`}`;
  for (const page of pages) yield* pageLines(page, now);
}

function* pageLines(
  { number, events, counts, drops, stop }: PreviewPage,
  now: () => number,
): Generator<string> {
  const head = `  page ${number}  `;
  const lines = events.map(eventText).filter((text) => text !== undefined);
  if (lines.length === 0) yield `${head}inside the record of its parent: no request`;
  for (const [index, line] of lines.entries()) yield `${index === 0 ? head : ' '.repeat(head.length)}${line}`;
  if (counts !== undefined) {
    const told = drops.reduce((sum, { records }) => sum + records.length, 0);
    const parts = [
      `${count(counts.found)} extracted`,
      ...drops.map(({ by, place, records }) =>
        withLine(`${count(records.length)} dropped by ${by === 'cursor' ? 'the cursor' : by}`, place),
      ),
      ...(counts.dropped > told ? [`${count(counts.dropped - told)} left out by the extractor`] : []),
      `${count(counts.emitted)} emitted`,
    ];
    yield* wrapped(`    ${parts.join(' · ')}`, 6);
  }
  if (stop !== undefined) yield* wrapped(`    stopped: ${describeStop(stop, now)}`, 6);
}

function eventText(event: PageEvent): string | undefined {
  switch (event.kind) {
    case 'request': {
      const { request, response } = event.exchange;
      const took = event.milliseconds === undefined ? '' : `  ${Math.round(event.milliseconds)} ms`;
      return `${request.method} ${pathOf(request.url.href)}  ${response.status}${took}`;
    }
    case 'cached':
      return `${event.method} ${pathOf(event.url)}  ${event.status}  from the cache`;
    case 'wait':
      return withLine(
        `waits ${describeWait(event.seconds)}, by ${whoWaits[event.by] ?? event.by}`,
        event.place,
      );
    case 'match':
      return event.place === undefined ? undefined : withLine(`→ ${event.action}`, event.place);
  }
}

export const whoWaits: Readonly<Record<string, string>> = {
  strategy: 'a backoff strategy',
  'rate limit': 'the rule for rate limits',
  default: 'the default backoff',
  budget: 'the API budget',
};

const longestPath = 58;

/** Path and parameters: the host is the same on every line. */
export function pathOf(href: string): string {
  const url = new URL(redactUrl(href));
  const text = printable(percentDecoded(url.pathname + url.search));
  return text.length > longestPath ? `${text.slice(0, longestPath)}…` : text;
}

const finalKey = Object.keys(finalState)[0] as string;

function stateText(state: JsonObject): string {
  const entries = Object.entries(state);
  const isPlain = entries.every(([, value]) => typeof value !== 'object' || value === null);
  const text = isPlain ? entries.map(([name, value]) => `${name} ${value}`).join(', ') : toJsonText(state);
  if (entries.length === 0) return 'none: the next sync begins anew';
  if (finalKey in state) return 'none is kept: every sync reads it all';
  return text.length > 400 ? `${text.slice(0, 400)}… (--json shows all of it)` : text;
}

function whyNothing({ decisions, errors }: Preview): string {
  if (errors.length > 0) return 'nothing could be read';
  const skip = decisions.find(({ kind }) => kind === 'cursor.skip');
  if (skip !== undefined)
    return withLine('nothing is left to read: the state covers everything until now', skip.place);
  return 'there are no slices: no partition was handed out';
}

function errorLines(thrown: unknown): readonly string[] {
  return printError(locatedError(thrown))
    .split('\n')
    .flatMap((line, index) => (index === 0 ? wrapped(`error     ${line}`, 10) : [`  ${line}`]));
}

const mostNames = 8;

function* schemaLines(
  { narrower, undeclared, unknown, records }: SchemaDifference,
  missing: string | undefined,
): Generator<string> {
  if (missing !== undefined) {
    const fields = undeclared.length === 1 ? 'the field' : `the ${undeclared.length} fields`;
    const seen = records === 0 ? '' : `, with ${fields} of these records`;
    return yield* wrapped(`schema    there is no file ${missing}  (--accept-schema makes it${seen})`, 10);
  }
  if (records === 0) return;
  for (const { path, problem, count: times } of narrower) {
    yield* wrapped(`schema    error: ${path} ${problem} (${count(times)} of ${count(records)} records)`, 10);
  }
  if (undeclared.length > 0) {
    const names = undeclared.map(({ path }) => path.join('.'));
    yield* wrapped(
      `schema    +${names.length} not declared: ${shortList(names)}  (--accept-schema writes ${names.length === 1 ? 'it' : 'them'})`,
      10,
    );
  }
  if (unknown.length > 0) {
    yield* wrapped(`schema    unknown, since null or absent in all that was read: ${shortList(unknown)}`, 10);
  }
  if (narrower.length + undeclared.length === 0) {
    yield `schema    ${records === 1 ? 'the record fits' : `all ${count(records)} records fit`}`;
  }
}

function shortList(names: readonly string[]): string {
  const shown = names.slice(0, mostNames).join(', ');
  return names.length > mostNames ? `${shown} and ${names.length - mostNames} more` : shown;
}

function keptLine({ slices, sliceCount }: Preview, cost: Cost, rate: Rate | undefined): string | undefined {
  if (slices.length === 0) return undefined;
  if (sliceCount === undefined)
    return 'kept from you: how many slices follow is known only to those who read the parents';
  const { slices: left, requests, seconds, isAtLeast } = cost;
  if (left === undefined || requests === undefined || (left === 0 && !isAtLeast)) return undefined;
  if (left === 0) return 'kept from you: the pages after the last one above';
  const about = `${isAtLeast ? 'at least' : 'about'} ${count(Math.max(requests, 1))} request${requests > 1 ? 's' : ''}`;
  const time = seconds === undefined || seconds === 0 ? [] : [describeSeconds(Math.max(seconds, 0.1))];
  const pace = rate === undefined ? [] : [`at ${describeRate(rate)}`];
  return `kept from you: ${count(left)} slice${left === 1 ? '' : 's'}, ${about}, ${[...time, ...pace].join(' ')}`.replace(
    /, $/,
    '',
  );
}

export function count(number: number): string {
  return number.toLocaleString('en');
}

const width = 80;

/** Lines no longer than a terminal is wide, the later ones indented. Words that are longer stay whole. */
export function wrapped(text: string, indent: number): readonly string[] {
  const lines: string[] = [];
  let rest = text;
  while (rest.length > width) {
    const space = rest.lastIndexOf(' ', width);
    const start = rest.length - rest.trimStart().length;
    if (space <= Math.max(indent, start)) break;
    lines.push(rest.slice(0, space).trimEnd());
    rest = ' '.repeat(indent) + rest.slice(space).trimStart();
  }
  return [...lines, rest];
}
