/** The parts of a URL reference (RFC 3986, appendix B), as they are written. */
export interface UrlParts {
  readonly scheme: string;
  /** Undefined when the text has no `//host`. */
  readonly host: string | undefined;
  readonly path: string;
  readonly query: string | undefined;
  readonly fragment: string | undefined;
}

/**
 * Splits a URL by hand, because there may be templates in it. Leading blanks and all line breaks are dropped; the parts
 * are otherwise unchanged.
 */
export function splitUrl(url: string): UrlParts {
  const clean = url.replace(/^[\0- ]+/, '').replace(/[\t\r\n]/g, '');
  const [, scheme = '', host, path = '', query, fragment] =
    /^(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s.exec(clean) ?? [];
  return { scheme: scheme.toLowerCase(), host, path, query, fragment };
}

function unsplitUrl({ scheme, host, path, query, fragment }: UrlParts): string {
  let url = path;
  if (host) url = `//${host}${path && !path.startsWith('/') ? '/' : ''}${path}`;
  if (scheme) url = `${scheme}:${url}`;
  if (query) url += `?${query}`;
  if (fragment) url += `#${fragment}`;
  return url;
}

/** Schemes for which Python resolves references. For any other, the reference is the result. */
const hierarchicalSchemes: ReadonlySet<string> = new Set([
  ...['', 'ftp', 'http', 'gopher', 'nntp', 'imap', 'wais', 'file', 'https', 'shttp', 'mms', 'prospero'],
  ...['rtsp', 'rtsps', 'rtspu', 'sftp', 'svn', 'svn+ssh', 'ws', 'wss'],
]);

/**
 * A reference resolved against a base as Python's `urllib.parse.urljoin` does it: RFC 3986, except that empty segments
 * of the path vanish.
 */
export function urlJoin(base: string, reference: string): string {
  if (base === '') return reference;
  if (reference === '') return base;
  // Nearly every request of a connector: there is nothing to resolve.
  if (plainFolder.test(base) && plainPath.test(reference)) return base + reference;
  const from = splitUrl(base);
  const to = splitUrl(reference);
  const scheme = to.scheme || from.scheme;
  if (scheme !== from.scheme || !hierarchicalSchemes.has(scheme)) return reference;
  if (to.host) return unsplitUrl({ ...to, scheme });
  const { host } = from;
  if (to.path === '') return unsplitUrl({ ...from, query: to.query || from.query, fragment: to.fragment });
  return unsplitUrl({ ...to, scheme, host, path: joinPaths(from.path, to.path) });
}

/** A URL that ends with a slash, in whose path no segment is empty or only dots. */
const plainFolder = /^https?:\/\/[A-Za-z0-9.:-]+\/(?:[A-Za-z0-9_~-][A-Za-z0-9._~-]*\/)*$/;

/** A relative path of the same kind of segments. */
const plainPath = /^[A-Za-z0-9_~-][A-Za-z0-9._~-]*(?:\/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*$/;

function joinPaths(base: string, path: string): string {
  const start = base.split('/');
  // The last part of the base is a file name; a reference replaces it.
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
