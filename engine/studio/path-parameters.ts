import { fieldOf, type ManifestNode, type ScalarNode } from '../manifest/node.ts';
import { walk } from '../manifest/walk.ts';

/** As documentation writes the place of an id: `{id}`, `:id`, `<id>`. */
const placeholder = String.raw`\{[^/{}]+\}|:[A-Za-z_]\w*|<[^/<>]+>`;
const template = /\{\{.*?\}\}/g;

export function hasPlaceholder(path: string): boolean {
  return new RegExp(`/(?:${placeholder})(?=/|\\?|\\.|$)`).test(path);
}

/** Placeholders of a path as the templates of another one, in their order; undefined when there are more of them. */
export function withTemplates(path: string, like: string): string | undefined {
  const templates = [...like.matchAll(template)].map(([text]) => text).filter((text) => !isParameter(text));
  let used = 0;
  const result = path.replace(
    new RegExp(`(?<=/)(?:${placeholder})(?=/|\\?|\\.|$)`, 'g'),
    (whole) => templates[used++] ?? whole,
  );
  return used > templates.length ? undefined : result;
}

/** Whether a path asks for something of each partition. */
export function hasPartition(path: string): boolean {
  return [...path.matchAll(template)].some(([text]) => /stream_(?:partition|slice)/.test(text));
}

/**
 * What the parameters of a stream have to be for its path, such as `{{ parameters['path'] }}/{{ stream_partition['id'] }}`, to
 * become one that documentation shows. Undefined when no parameters make it so.
 */
export function parametersFor(path: string, written: string): ReadonlyMap<string, string> | undefined {
  const names: string[] = [];
  const pattern = written
    .split(/(\{\{.*?\}\})/)
    .map((part) => {
      if (!part.startsWith('{{')) return part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
      const name = isParameter(part);
      if (name === undefined) return `(?:${placeholder})`;
      names.push(name);
      return '(.+?)';
    })
    .join('');
  const found = new RegExp(`^${pattern}$`).exec(path);
  if (found === null || names.length === 0) return undefined;
  return new Map(names.map((name, index) => [name, found[index + 1] ?? '']));
}

function isParameter(text: string): string | undefined {
  return /^\{\{\s*parameters(?:\.|\[\s*['"])(\w+)(?:['"]\s*\])?\s*\}\}$/.exec(text)?.[1];
}

/** The path of what a stream reads, references written out: of its retriever, or of the one that a hook has around it. */
export function pathOf(stream: ManifestNode | undefined): string | undefined {
  const node = pathNode(stream);
  return node && String(node.value);
}

/** Where that is written; also a whole URL. */
export function pathNode(stream: ManifestNode | undefined): ScalarNode | undefined {
  let retriever = stream && fieldOf(stream, 'retriever');
  for (let depth = 0; retriever !== undefined && depth < 8; depth++) {
    const requester = fieldOf(retriever, 'requester');
    const path = requester && (fieldOf(requester, 'path') ?? fieldOf(requester, 'url'));
    if (path?.kind === 'scalar') return path;
    retriever = fieldOf(retriever, 'retriever');
  }
  return undefined;
}

export function isWithin(node: ManifestNode, body: ManifestNode): boolean {
  return body.place.start <= node.place.start && node.place.end <= body.place.end;
}

/** Whether a copy of the lines of a stream can have another path. Where nobody asks for one of its own, any path in them is. */
export function hasOwnPath(stream: ManifestNode | undefined, body: ManifestNode): boolean {
  const node = pathNode(stream);
  if (node !== undefined && isWithin(node, body)) return true;
  if (node === undefined) {
    for (const { node: each, name } of walk(body, (walked) => walked.name === 'schema'))
      if ((name === 'path' || name === 'url') && each.kind === 'scalar') return true;
    return false;
  }
  const parameters = fieldOf(body, '$parameters');
  const names = [...String(node.value).matchAll(template)].flatMap(([text]) => isParameter(text) ?? []);
  return names.length > 0 && names.every((name) => parameters && fieldOf(parameters, name) !== undefined);
}
