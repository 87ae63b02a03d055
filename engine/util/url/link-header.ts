export type Link = Readonly<Record<string, string>>;

const separator = /, *</;
const quotes = /^['" ]+|['" ]+$/g;

/**
 * A `Link` header (RFC 8288) as python-requests hands it out: its targets by `rel`, or by URL where one has no `rel`.
 * `<https://x/?page=2>; rel="next"` becomes `{ next: { url: "https://x/?page=2", rel: "next" } }`.
 */
export function parseLinkHeader(header: string | undefined): Readonly<Record<string, Link>> {
  const links: Record<string, Link> = {};
  const text = header?.replace(/^['" ]+|['" ]+$/g, '') ?? '';
  if (text === '') return links;
  for (const value of text.split(separator)) {
    const [target = '', ...parameters] = value.split(';');
    const link: Record<string, string> = { url: target.replace(/^[<> '"]+|[<> '"]+$/g, '') };
    for (const parameter of parameters) {
      const [name, content, ...rest] = parameter.split('=');
      if (name === undefined || content === undefined || rest.length > 0) break;
      link[name.replace(quotes, '')] = content.replace(quotes, '');
    }
    links[link.rel ?? link.url ?? ''] = link;
  }
  return links;
}
