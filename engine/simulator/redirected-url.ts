import { localNames } from '../language/template-names.ts';

/** What a URL is written as, and what it is with a config. */
export interface WrittenUrl {
  readonly text: string;
  /** Undefined when a template takes something that only a sync knows. */
  evaluate(text: string): string | undefined;
}

/** Scheme and authority where a URL begins: at the start, inside of a template's quotes, after a statement. */
const origins = /(?<=^\s*|['"]|%\}\s*)https?:\/\/(?:\{\{.*?\}\}|[^/'"?#\s{}])*/g;

/** The first expression of a text that begins with one, and the rest. */
const leading = /^\s*(\{\{.*?\}\})(.*)$/s;

/** How a host goes on after an expression that gives a part of it, or the scheme. */
const host = /^(?:\{\{.*?\}\}|[^/?#{])*(?:\/\/(?:\{\{.*?\}\}|[^/?#{])*)?/s;

/** The same after all of it. */
const port = /^[^/?#{]*/;

/**
 * A URL with another origin in the place of its own, as a template where it is one; undefined when nobody can tell where
 * its host is. The path stays, be it in the text or in what a template gives.
 */
export function redirectedUrl({ text, evaluate }: WrittenUrl, origin: string): string | undefined {
  const moved = text.replace(origins, origin);
  if (/^\s*https?:/.test(text) || originOf(evaluate(moved)) === origin) return moved;
  const [, expression = '', rest = ''] = leading.exec(text) ?? [];
  if (expression === '' || isOfSync(expression)) return undefined;
  const given = evaluate(expression) ?? '';
  const [whole, path = ''] = /^https?:\/\/[^/?#]+([^?#]*)/.exec(given) ?? [];
  const after = whole === undefined ? rest.replace(host, '') : path === '' ? rest.replace(port, '') : rest;
  return `${origin}${path.endsWith('/') && after.startsWith('/') ? path.slice(0, -1) : path}${after}`;
}

function isOfSync(expression: string): boolean {
  return Object.keys(localNames).some((name) => new RegExp(`\\b${name}\\b`).test(expression));
}

function originOf(url: string | undefined): string | undefined {
  return url !== undefined && URL.canParse(url) ? new URL(url).origin : undefined;
}
