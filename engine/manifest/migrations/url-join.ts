/** The parts of a URL reference (RFC 3986, appendix B), split by hand because templates stand in them. */
interface Parts {
  readonly scheme: string;
  readonly authority: string | undefined;
  readonly path: string;
  readonly query: string | undefined;
  readonly fragment: string | undefined;
}

/** Schemes that Python resolves relative references for; of any other the reference stands alone. */
const hierarchical: ReadonlySet<string> = new Set(
  ',ftp,http,gopher,nntp,imap,wais,file,https,shttp,mms,prospero,rtsp,rtsps,rtspu,sftp,svn,svn+ssh,ws,wss'.split(
    ',',
  ),
);

/** A reference resolved against a base, as Python's `urllib.parse.urljoin` does it. */
export function urlJoin(rawBase: string, rawReference: string): string {
  const base = tidy(rawBase);
  const reference = tidy(rawReference);
  if (base === '') return reference;
  if (reference === '') return base;
  const from = split(base, '');
  const to = split(reference, from.scheme);
  if (to.scheme !== from.scheme || !hierarchical.has(to.scheme)) return reference;
  if (to.authority) return unsplit(to);
  const authority = from.authority;
  if (to.path === '') {
    return unsplit({ ...to, authority, path: from.path, query: to.query || from.query });
  }
  return unsplit({ ...to, authority, path: mergePaths(from.path, to.path) });
}

/** Line breaks and leading blanks are no part of a URL. */
function tidy(url: string): string {
  return url.replace(/^\s+/, '').replace(/[\t\r\n]/g, '');
}

function split(url: string, defaultScheme: string): Parts {
  const scheme = /^([a-zA-Z][a-zA-Z0-9+.-]*):/.exec(url)?.[1];
  const match = /^(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#([\s\S]*))?$/.exec(
    scheme === undefined ? url : url.slice(scheme.length + 1),
  );
  const [, authority, path = '', query, fragment] = match ?? [];
  return { scheme: scheme?.toLowerCase() ?? defaultScheme, authority, path, query, fragment };
}

function unsplit({ scheme, authority, path, query, fragment }: Parts): string {
  let url = path;
  if (authority) url = `//${authority}${path && !path.startsWith('/') ? '/' : ''}${path}`;
  if (scheme) url = `${scheme}:${url}`;
  if (query) url += `?${query}`;
  if (fragment) url += `#${fragment}`;
  return url;
}

function mergePaths(basePath: string, path: string): string {
  const base = basePath.split('/');
  // The last part of the base is a file name; a reference replaces it.
  if (base.at(-1) !== '') base.pop();
  let parts: string[];
  if (path.startsWith('/')) {
    parts = path.split('/');
  } else {
    const all = [...base, ...path.split('/')];
    parts = all.filter((part, index) => index === 0 || index === all.length - 1 || part !== '');
  }
  const kept: string[] = [];
  for (const part of parts) {
    if (part === '..') kept.pop();
    else if (part !== '.') kept.push(part);
  }
  if (parts.at(-1) === '.' || parts.at(-1) === '..') kept.push('');
  return kept.join('/') || '/';
}
