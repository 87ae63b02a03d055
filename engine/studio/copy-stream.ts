import type { Manifest } from '../connector/load-manifest.ts';
import { ConnectorError } from '../error/connector-error.ts';
import { fieldOf, type ManifestNode, type MappingNode } from '../manifest/node.ts';
import { nodeAt } from '../manifest/node-at.ts';
import { parseManifest } from '../manifest/parse.ts';
import { walk } from '../manifest/walk.ts';
import { streamNames, streamNode } from '../manifest/written-streams.ts';
import { quotedList } from '../util/text/quoted-list.ts';
import type { Copied, NewStream } from './messages.ts';
import {
  hasPartition,
  hasPlaceholder,
  isWithin,
  parametersFor,
  pathNode,
  pathOf,
  withTemplates,
} from './path-parameters.ts';
import { whatWasCopied } from './what-was-copied.ts';

interface Change {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * A manifest with one more stream: the lines of another one with its name and path in them, beside it, and in the list of
 * streams where that is in a definition of its own. Throws ConnectorError when the other one cannot be copied.
 */
export function copyStream({ root, written }: Manifest, { like, name, path }: NewStream): Copied {
  const text = written?.place.source.text;
  if (written === undefined || text === undefined) throw refusal('The manifest has no text.');
  if (streamNames(root).includes(name)) throw refusal(`There is a stream "${name}" already.`);
  const index = listOf(root).findIndex((stream) => isText(fieldOf(stream, 'name'), like));
  const item = listOf(written)[index];
  if (item === undefined)
    throw refusal(
      `The stream "${like}" does not stand in the list of streams by itself, so it is not copied.`,
    );
  const reference = fieldOf(item, '$ref');
  const isOnlyReference = item.kind === 'mapping' && item.entries.size === 1 && reference?.kind === 'scalar';
  const pointer = isOnlyReference ? String(reference.value) : undefined;
  const steps = pointer?.slice(2).split('/') ?? [];
  const parent = nodeAt(written, steps.slice(0, -1));
  const entry = parent.kind === 'mapping' ? parent.entries.get(steps.at(-1) ?? '') : undefined;
  const body = entry?.value ?? item;
  if (pointer !== undefined && entry === undefined)
    throw refusal(`There is nothing at "${pointer}", where the stream "${like}" should be.`);

  const asked = pathFor(root, like, path.startsWith('/') || /^\w+:/.test(path) ? path : `/${path}`);
  const changes = bodyChanges(streamNode(root, like), body, text, name, asked);
  const own = linesOf(text, entry?.key ?? item, body);
  const keyChange = entry && { start: entry.key.place.start, end: entry.key.place.end, text: name };
  const copy = changed(text, own, [...changes.list, ...(keyChange ? [keyChange] : [])]);
  const gap = /\n[ \t]*\r?\n$/.test(text.slice(0, own.start)) ? '\n' : '';
  const inserts: Change[] = [
    { start: own.end, end: own.end, text: `${text.slice(0, own.end).endsWith('\n') ? gap : '\n'}${copy}` },
  ];
  if (entry !== undefined && reference?.kind === 'scalar') {
    const line = linesOf(text, item, item);
    const { start, end } = reference.place;
    const target = `"#/${[...steps.slice(0, -1), name].join('/')}"`;
    inserts.push({
      start: line.end,
      end: line.end,
      text: changed(text, line, [{ start, end, text: target }]),
    });
  }
  const result = changed(text, { start: 0, end: text.length }, inserts);
  const { node: whole } = parseManifest({ name: '', text: result });
  if (whole?.kind !== 'mapping')
    throw refusal(`The lines of "${like}" cannot be copied as they are written.`);
  const before = inserts
    .filter(({ start }) => start < own.end)
    .reduce((sum, { text: own }) => sum + own.length, 0);
  const line = result.slice(0, own.end + before + gap.length).split('\n').length;
  const added = entry === undefined ? ['streams', index + 1] : [...steps.slice(0, -1), name];
  const copied = whatWasCopied(whole, nodeAt(whole, added), like);
  return { text: result, line, isWithoutPath: changes.isWithoutPath, copied };
}

/** What the path of a new stream is, and which parameters make it so where the other stream's path is made of some. */
interface AskedPath {
  readonly path: string;
  readonly parameters: ReadonlyMap<string, string>;
}

/** Throws ConnectorError when the one has a partition in its path and the other has none. */
function pathFor(root: MappingNode, like: string, path: string): AskedPath {
  const written = pathOf(streamNode(root, like)) ?? '';
  const parameters = parametersFor(path, written);
  if (parameters !== undefined) return { path, parameters };
  const isOfPartition = hasPartition(written);
  if (hasPlaceholder(path) && !isOfPartition) {
    const parts = streamNames(root).filter((name) => hasPartition(pathOf(streamNode(root, name)) ?? ''));
    const choose =
      parts.length === 0
        ? ''
        : ` Choose one that is read for each record of another one: ${quotedList(parts.slice(0, 4))}.`;
    throw refusal(`The path has the place of an id in it, and "${like}" is not read by ids.${choose}`);
  }
  const filled = withTemplates(path, written);
  if (filled === undefined || (isOfPartition && !hasPlaceholder(path)))
    throw refusal(
      `"${like}" is read for each record of another stream, at ${written}: write its id as {id} in the path.`,
    );
  return { path: filled, parameters: new Map() };
}

function refusal(message: string): ConnectorError {
  return new ConnectorError(message, { kind: 'config_error' });
}

function listOf(root: MappingNode): readonly ManifestNode[] {
  const streams = fieldOf(root, 'streams');
  return streams?.kind === 'sequence' ? streams.items : [];
}

function isText(node: ManifestNode | undefined, text: string): boolean {
  return node?.kind === 'scalar' && String(node.value) === text;
}

/** Its name and its path, and a schema of which nothing is known yet. */
function bodyChanges(
  stream: ManifestNode | undefined,
  body: ManifestNode,
  text: string,
  name: string,
  { path, parameters: asked }: AskedPath,
) {
  const list: Change[] = [];
  const put = (node: ManifestNode | undefined, value: string) => {
    if (node?.kind === 'scalar')
      list.push({
        start: node.place.start,
        end: node.place.end,
        text: /^[\w/][\w/.-]*$/.test(value) && /[A-Za-z]/.test(value) ? value : JSON.stringify(value),
      });
  };
  const parameters = fieldOf(body, '$parameters');
  put(fieldOf(body, 'name'), name);
  put(parameters && fieldOf(parameters, 'name'), name);
  const schema = nodeAt(body, ['schema_loader', 'schema']);
  const isInline = schema.kind === 'mapping' && schema === fieldOf(nodeAt(body, ['schema_loader']), 'schema');
  const inSchema = (node: ManifestNode) => node === schema && isInline;
  const own = [...asked].map(([key, value]) => [parameters && fieldOf(parameters, key), value] as const);
  const isOwn = own.length > 0 && own.every(([node]) => node !== undefined);
  if (isOwn) for (const [node, value] of own) put(node, value);
  const known = pathNode(stream);
  // Other paths in these lines are of other requests.
  const isElsewhere = known !== undefined && !isWithin(known, body);
  let isWithoutPath = !isOwn;
  for (const field of ['path', 'url']) {
    for (const { node, name: own } of walk(body, (walked) => inSchema(walked.node))) {
      if (!isWithoutPath || isElsewhere || own !== field || node.kind !== 'scalar') continue;
      if (known !== undefined && node.place.start !== known.place.start) continue;
      const origin = /^\w+:\/\/[^/]+|^\{\{.*?\}\}/.exec(String(node.value))?.[0] ?? '';
      put(node, field === 'url' ? `${origin}${path}` : path);
      isWithoutPath = false;
    }
  }
  if (isInline)
    list.push({
      start: schema.place.start,
      end: contentEnd(text, schema),
      text: '{ type: object, properties: {} }',
    });
  return { list, isWithoutPath };
}

/** A node may end with the blank lines and remarks that come after it. */
function contentEnd(text: string, { place }: ManifestNode): number {
  const lines = text.slice(place.start, place.end).split('\n');
  while (lines.length > 1 && /^\s*(?:#.*)?$/.test(lines.at(-1) ?? '')) lines.pop();
  return place.start + lines.join('\n').trimEnd().length;
}

/** Whole lines, from the one in which a node begins to the one in which another one ends. */
function linesOf(text: string, from: ManifestNode, to: ManifestNode): Pick<Change, 'start' | 'end'> {
  const start = text.lastIndexOf('\n', from.place.start - 1) + 1;
  const end = text.indexOf('\n', contentEnd(text, to));
  return { start, end: end === -1 ? text.length : end + 1 };
}

/** A part of a text with changes in it; lines that are copied end like lines. */
function changed(
  text: string,
  { start, end }: Pick<Change, 'start' | 'end'>,
  changes: readonly Change[],
): string {
  let result = '';
  let at = start;
  for (const change of changes.toSorted((a, b) => a.start - b.start)) {
    result += text.slice(at, change.start) + change.text;
    at = change.end;
  }
  result += text.slice(at, end);
  return result.endsWith('\n') ? result : `${result}\n`;
}
