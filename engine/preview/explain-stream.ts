import type { Manifest } from '../connector/load-manifest.ts';
import { fieldOf, type ManifestNode, toValue, typeOf } from '../manifest/node.ts';
import { nearestField, type Walked, walk } from '../manifest/walk.ts';
import { streamNode } from '../manifest/written-streams.ts';
import { isPlainObject } from '../util/json/json.ts';
import { toJsonText } from '../util/json/to-json-text.ts';
import { hasParents } from './count-slices.ts';
import { wrapped } from './preview-text.ts';
import { withLine } from './stop-reason.ts';

/** What a stream does, as sentences under headings. */
export interface StreamExplanation {
  readonly name: string;
  readonly parts: readonly { readonly title: string; readonly lines: readonly string[] }[];
}

/** Reads off the manifest how a stream is asked for; undefined when it has none of that name. */
export function explainStream({ root, registry }: Manifest, name: string): StreamExplanation | undefined {
  const stream = streamNode(root, name);
  if (stream === undefined) return undefined;
  const find = (key: string, from: ManifestNode = stream) => nearest(from, key);
  const requester = find('requester') ?? stream;
  const parts = [
    { title: 'asks', lines: [...asks(requester)] },
    { title: 'slices', lines: [...slices(stream, hasParents(stream, registry))] },
    { title: 'pages', lines: [...pages(find('paginator'))] },
    { title: 'records', lines: [...records(stream)] },
    { title: 'waits', lines: [...waits(requester)] },
    { title: 'state', lines: [...state(stream, hasParents(stream, registry))] },
  ];
  return { name, parts: parts.filter(({ lines }) => lines.length > 0) };
}

function* asks(requester: ManifestNode): Generator<string> {
  const base = text(fieldOf(requester, 'url')) ?? text(fieldOf(requester, 'url_base')) ?? '';
  const path = text(fieldOf(requester, 'path')) ?? '';
  const url = path === '' ? base : `${base.replace(/\/$/, '')}/${path.replace(/^\//, '')}`;
  yield withLine(`${text(nearest(requester, 'http_method')) ?? 'GET'} ${oneLine(url)}`, requester.place);
  for (const field of ['request_parameters', 'request_body_json', 'request_body', 'request_headers']) {
    const node = nearest(requester, field);
    if (node !== undefined && brief(node) !== '')
      yield withLine(`${field.replaceAll('_', ' ')}: ${brief(node)}`, node.place);
  }
  const authenticator = nearest(requester, 'authenticator');
  if (authenticator !== undefined)
    yield withLine(`with ${typeOf(authenticator) ?? 'an authenticator'}`, authenticator.place);
}

function* slices(stream: ManifestNode, isChild: boolean): Generator<string> {
  const router = nearest(stream, 'partition_router');
  const routers = router?.kind === 'sequence' ? router.items : router === undefined ? [] : [router];
  for (const one of routers) {
    const values = fieldOf(one, 'values');
    const parents = fieldOf(one, 'parent_stream_configs');
    if (parents?.kind === 'sequence') {
      const names = parents.items.map(
        (parent) => text(fieldOf(fieldOf(parent, 'stream') ?? parent, 'name')) ?? 'its parent',
      );
      yield withLine(`one for each record of ${names.join(', ')}`, one.place);
    } else if (values !== undefined) yield withLine(`one for each of ${brief(values)}`, one.place);
    else yield withLine(`made by a ${typeOf(one) ?? 'partition router'}`, one.place);
  }
  if (routers.length === 0 && isChild) yield 'made of the records of another stream';
  const cursor = nearest(stream, 'incremental_sync');
  if (cursor === undefined) {
    if (routers.length === 0 && !isChild) yield 'one: everything is read each time';
    return;
  }
  const step = text(nearest(cursor, 'step'));
  const start = nearest(cursor, 'start_datetime');
  const end = nearest(cursor, 'end_datetime');
  const from = start === undefined ? '' : ` from ${bound(start)}`;
  const until = end === undefined ? ' until now' : ` until ${bound(end)}`;
  yield withLine(`${step === undefined ? 'one window' : `windows of ${step}`}${from}${until}`, cursor.place);
  const granularity = text(nearest(cursor, 'cursor_granularity'));
  if (granularity !== undefined) yield `a window ends ${granularity} before the next begins`;
  const lookback = text(nearest(cursor, 'lookback_window'));
  if (lookback !== undefined) yield `the last ${lookback} before the state are read again`;
}

function bound(node: ManifestNode): string {
  return oneLine(text(node) ?? text(fieldOf(node, 'datetime')) ?? brief(node));
}

function* pages(paginator: ManifestNode | undefined): Generator<string> {
  const strategy = paginator && nearest(paginator, 'pagination_strategy');
  if (paginator === undefined || strategy === undefined) return yield 'one: the stream has no paginator';
  const size = text(fieldOf(strategy, 'page_size'));
  yield withLine(
    `${typeOf(strategy) ?? 'a strategy'}${size === undefined ? '' : `, ${size} records each`}`,
    strategy.place,
  );
  for (const name of ['cursor_value', 'stop_condition']) {
    const node = fieldOf(strategy, name);
    if (node !== undefined) yield withLine(`${name.replace('_', ' ')}: ${brief(node)}`, node.place);
  }
  const option = fieldOf(paginator, 'page_token_option');
  if (option !== undefined) yield withLine(`the token goes into ${optionText(option)}`, option.place);
}

function optionText(option: ManifestNode): string {
  if (fieldOf(option, 'inject_into') === undefined) return 'the path';
  const name = text(fieldOf(option, 'field_name')) ?? brief(fieldOf(option, 'field_path') ?? option);
  return `${(text(fieldOf(option, 'inject_into')) ?? 'the request').replaceAll('_', ' ')} "${name}"`;
}

function* records(stream: ManifestNode): Generator<string> {
  const path = nearest(stream, 'field_path');
  if (path !== undefined) {
    const value = toValue(path);
    const where = Array.isArray(value) && value.length > 0 ? value.join('.') : 'the whole answer';
    yield withLine(`at ${where}`, path.place);
  }
  const filter = nearest(stream, 'record_filter');
  const condition = filter && fieldOf(filter, 'condition');
  if (condition !== undefined) yield withLine(`kept where ${brief(condition)}`, condition.place);
  const transformations = fieldOf(stream, 'transformations');
  if (transformations?.kind === 'sequence' && transformations.items.length > 0)
    yield withLine(
      `changed by ${transformations.items.map((one) => typeOf(one)).join(', ')}`,
      transformations.place,
    );
  const key = fieldOf(stream, 'primary_key');
  yield key === undefined ? 'without a primary key' : `primary key: ${brief(key)}`;
}

function* waits(requester: ManifestNode): Generator<string> {
  const handler = nearest(requester, 'error_handler');
  if (handler === undefined) return yield 'as usual: 429 and 5xx are tried again, five times at most';
  const filters = [...walk(handler, isElsewhere)].flatMap(({ node, name }) =>
    name === 'response_filters' && node.kind === 'sequence' ? node.items : [],
  );
  for (const filter of filters) {
    const codes = nearest(filter, 'http_codes');
    const predicate = fieldOf(filter, 'predicate');
    const contains = fieldOf(filter, 'error_message_contains');
    const when = [codes, predicate, contains]
      .filter((node) => node !== undefined)
      .map(brief)
      .join(' or ');
    yield withLine(`${when} → ${text(fieldOf(filter, 'action')) ?? 'nothing'}`, filter.place);
  }
  const strategies = nearest(handler, 'backoff_strategies');
  for (const one of strategies?.kind === 'sequence' ? strategies.items : [])
    yield withLine(`how long: ${typeOf(one)}${brief1(one)}`, one.place);
}

function brief1(strategy: ManifestNode): string {
  const told = ['header', 'backoff_time_in_seconds', 'factor'].map((name) => text(fieldOf(strategy, name)));
  const found = told.find((value) => value !== undefined);
  return found === undefined ? '' : ` (${found})`;
}

function* state(stream: ManifestNode, isChild: boolean): Generator<string> {
  const cursor = nearest(stream, 'incremental_sync');
  if (cursor === undefined) return yield 'none: the next sync reads everything again';
  const field = text(nearest(cursor, 'cursor_field')) ?? 'its cursor';
  yield withLine(`the latest ${field}${isChild ? ', for each parent or for all of them' : ''}`, cursor.place);
}

/** What is said of a stream is not said of its parents. */
const elsewhere: ReadonlySet<string> = new Set(['$parameters', 'schema_loader', 'parent_stream_configs']);

function isElsewhere({ name }: Walked): boolean {
  return name !== undefined && elsewhere.has(name);
}

function nearest(node: ManifestNode, name: string): ManifestNode | undefined {
  return nearestField(node, name, isElsewhere);
}

function text(node: ManifestNode | undefined): string | undefined {
  return node?.kind === 'scalar' && node.value !== null ? String(node.value) : undefined;
}

const longest = 90;

function brief(node: ManifestNode): string {
  const value = toValue(node);
  const shown = isPlainObject(value)
    ? Object.keys(value)
        .filter((name) => name !== 'type' && !name.startsWith('$'))
        .join(', ')
    : typeof value === 'string'
      ? value
      : toJsonText(value);
  return oneLine(shown);
}

function oneLine(shown: string): string {
  const line = shown.replace(/\s+/g, ' ').trim();
  return line.length > longest ? `${line.slice(0, longest)}…` : line;
}

/** For a terminal. */
export function explanationText({ name, parts }: StreamExplanation): string {
  const lines = parts.flatMap(({ title, lines: said }) =>
    said.flatMap((line, index) => wrapped(`  ${(index === 0 ? title : '').padEnd(9)}${line}`, 13)),
  );
  return `${name}\n${lines.join('\n')}\n`;
}

/** As a page. */
export function explanationMarkdown({ name, parts }: StreamExplanation): string {
  const rows = parts.map(({ title, lines }) => `- **${title}**: ${lines.map(escaped).join('; ')}`);
  return `## ${name}\n\n${rows.join('\n')}\n`;
}

/** Templates and addresses are code. */
function escaped(line: string): string {
  return line.replace(/\{\{.*?\}\}\S*|\{%.*?%\}/g, '`$&`').replace(/\|/g, '\\|');
}
