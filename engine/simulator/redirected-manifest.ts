import type { Manifest } from '../connector/load-manifest.ts';
import { type Place, placeKey } from '../error/place.ts';
import { parametersOf } from '../language/compile.ts';
import type { ScalarNode } from '../manifest/node.ts';
import { createTemplates } from '../template/template.ts';
import type { Clock } from '../time/clock.ts';
import { tryTo } from '../util/flow/try-to.ts';
import type { JsonObject } from '../util/json/json.ts';
import { urlNodes } from '../validate/url-nodes.ts';
import { sourceTree } from '../validate/visit.ts';
import { redirectedUrl } from './redirected-url.ts';

/** The text of a manifest that asks somewhere else. */
export interface RedirectedManifest {
  readonly text: string;
  /** URLs of which nobody can tell where their host is: they are as they were. */
  readonly left: readonly ScalarNode[];
}

export interface RedirectOptions {
  readonly config: JsonObject;
  readonly clock: Clock;
  /** Where all its requests are to go: scheme, host and port. */
  readonly origin: string;
}

/** The manifest with another API in the place of all its own: only URLs are written anew, all else stays as it is. */
export function redirectedManifest(
  { root, registry }: Manifest,
  { config, clock, origin }: RedirectOptions,
): RedirectedManifest {
  const templates = createTemplates({ clock, random: () => 0.5 });
  const { source } = root.place;
  const changes = new Map<string, { readonly node: ScalarNode; readonly value: string | undefined }>();
  for (const { at, node } of urlNodes(sourceTree(root, registry))) {
    if (node.place.source.name !== source.name) continue;
    const evaluate = (text: string) => {
      const value = tryTo(() => templates.string(text)({ config, parameters: parametersOf(at.node) }));
      return value === undefined || value === null ? undefined : String(value);
    };
    const value = redirectedUrl({ text: String(node.value), evaluate }, origin);
    const key = placeKey(node.place);
    const known = changes.get(key);
    // By the parameters of one component it may be another URL than by those of the next.
    changes.set(key, { node, value: known === undefined || known.value === value ? value : undefined });
  }
  let text = source.text ?? '';
  const left: ScalarNode[] = [];
  for (const { node, value } of [...changes.values()].sort(
    (a, b) => b.node.place.start - a.node.place.start,
  )) {
    if (value === undefined) left.unshift(node);
    else text = replaced(text, node.place, value);
  }
  return { text, left };
}

/** A text with one scalar written anew, as it was quoted before. */
function replaced(text: string, { start, end, style }: Place, value: string): string {
  // A text over several lines ends with the line.
  const before = text.slice(start, end);
  const space = /\s*$/.exec(before)?.[0] ?? '';
  return `${text.slice(0, start)}${quoted(value, style)}${space}${text.slice(end)}`;
}

function quoted(value: string, style: Place['style']): string {
  if (style === 'plain' && /^https?:\/\/[\w./:-]*[\w/]$/.test(value)) return value;
  return style === 'single' && !/['\n]/.test(value) ? `'${value}'` : JSON.stringify(value);
}
