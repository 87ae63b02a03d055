interface UrlParts {
  readonly scheme: string;
  /** Undefined when the text has no `//host`. */
  readonly host: string | undefined;
  readonly path: string;
  /** With the question mark, and whatever follows it. */
  readonly rest: string;
}

/** Splits without changing anything, as RFC 3986 appendix B does. */
export function splitUrl(url: string): UrlParts {
  const clean = url.replace(/^[\0- ]+/, '').replace(/[\t\r\n]/g, '');
  const [, scheme = '', , host, path = '', rest = ''] =
    /^(?:([A-Za-z][A-Za-z0-9+.-]*):)?(\/\/([^/?#]*))?([^?#]*)(.*)$/s.exec(clean) ?? [];
  return { scheme: scheme.toLowerCase(), host, path, rest };
}

/**
 * The URL of an endpoint by the rule of the Python CDK: a slash between base and path, then RFC 3986 resolution, in
 * which empty segments of the path vanish. A path that is itself a URL replaces the base.
 */
export function joinUrl(base: string, path: string): string {
  if (path === '') return base;
  return resolveUrl(base.endsWith('/') ? base : `${base}/`, path);
}

function resolveUrl(base: string, reference: string): string {
  if (base === '') return reference;
  const from = splitUrl(base);
  const to = splitUrl(reference);
  if (to.scheme !== '' && to.scheme !== from.scheme) return reference;
  if (!['http', 'https', ''].includes(from.scheme)) return reference;
  const start = from.scheme === '' ? '' : `${from.scheme}:`;
  if (to.host !== undefined && to.host !== '') return `${start}//${to.host}${to.path}${to.rest}`;
  const origin = from.host === undefined ? start : `${start}//${from.host}`;
  if (to.path === '')
    return `${origin}${from.path}${to.rest.startsWith('?') ? to.rest : from.rest + to.rest}`;
  return `${origin}${resolvePath(from.path, to.path)}${to.rest}`;
}

function resolvePath(base: string, path: string): string {
  const start = base.split('/');
  if (start.at(-1) !== '') start.pop();
  const all = path.startsWith('/') ? path.split('/') : [...start, ...path.split('/')];
  const segments = all.filter((segment, index) => segment !== '' || index === 0 || index === all.length - 1);
  const resolved: string[] = [];
  for (const segment of segments) {
    if (segment === '..') resolved.pop();
    else if (segment !== '.') resolved.push(segment);
  }
  if (segments.at(-1) === '.' || segments.at(-1) === '..') resolved.push('');
  return resolved.join('/') || '/';
}
