/** A page of a list, as the API that has the list sees it. */
export interface PagePlace {
  /** From 0. */
  readonly page: number;
  readonly pages: number;
  /** Records before this page. */
  readonly offset: number;
  /** Records on this page. */
  readonly count: number;
  readonly total: number;
  readonly size: number;
  readonly isLast: boolean;
  /** Where this page was asked for. */
  readonly url: string;
  /** Further parameters that the address of the next page has. */
  readonly params: readonly string[];
}

/** What an API may say of the next page in a field; undefined leaves the field out. */
export type PageValue = (place: PagePlace) => unknown;

/** What an answer says of the pages, besides its records. */
export interface PageWords {
  readonly body: readonly { readonly path: readonly (string | number)[]; readonly value: PageValue }[];
  readonly headers: readonly { readonly name: string; readonly value: PageValue }[];
}

const token = ({ offset, count }: PagePlace) => `next-${offset + count}`;

/** What names the page comes first, where a pattern such as `page=(\d+)` cannot take `per_page=` for it. */
function nextUrl(place: PagePlace): URL {
  const url = new URL(place.url);
  const own = new Map([
    ['page', String(place.page + 2)],
    ['offset', String(place.offset + place.count)],
    ['cursor', token(place)],
  ]);
  for (const name of place.params) if (!own.has(name)) own.set(name, token(place));
  for (const name of own.keys()) url.searchParams.delete(name);
  // Templates look for names as they are, and an escaped "$" is not one.
  const first = [...own].map(([name, value]) => `${name}=${value}`).join('&');
  url.search = `${first}${url.search.replace(/^\?/, '&').replace(/^&$/, '')}`;
  return url;
}

const values = {
  token: (place) => (place.isLast ? undefined : token(place)),
  tokenOrNull: (place) => (place.isLast ? null : token(place)),
  tokenOrEmpty: (place) => (place.isLast ? '' : token(place)),
  nextUrl: (place) => (place.isLast ? undefined : nextUrl(place).href),
  nextUrlOrNull: (place) => (place.isLast ? null : nextUrl(place).href),
  nextUrlOrEmpty: (place) => (place.isLast ? '' : nextUrl(place).href),
  nextPath: (place) => (place.isLast ? undefined : `${nextUrl(place).pathname}${nextUrl(place).search}`),
  nextPage: (place) => (place.isLast ? undefined : place.page + 2),
  nextPageOrNull: (place) => (place.isLast ? null : place.page + 2),
  nextOffset: (place) => (place.isLast ? undefined : place.offset + place.count),
  page: (place) => place.page + 1,
  pageFromZero: (place) => place.page,
  pages: (place) => place.pages,
  lastPageFromZero: (place) => place.pages - 1,
  total: (place) => place.total,
  offset: (place) => place.offset,
  size: (place) => place.size,
  count: (place) => place.count,
  remaining: (place) => place.total - place.offset - place.count,
  hasMore: (place) => !place.isLast,
  hasMoreText: (place) => String(!place.isLast),
  isLast: (place) => place.isLast,
  isLastText: (place) => String(place.isLast),
  links: (place) =>
    place.isLast ? [] : [{ rel: 'next', href: nextUrl(place).href, url: nextUrl(place).href }],
  tokens: (place) => (place.isLast ? [] : [token(place)]),
  pageObject: ({ page, pages, size, total }) => ({
    page: page + 1,
    total_pages: pages,
    per_page: size,
    total,
  }),
  tokenObject: (place) => (place.isLast ? undefined : { after: token(place) }),
} satisfies Record<string, PageValue>;

type Name = keyof typeof values;

/** Links as RFC 8288 has them, with the parameters that some APIs add. */
export const linkValues: readonly PageValue[] = Object.freeze<PageValue[]>([
  (place) => (place.isLast ? undefined : linkTo(place, 'true')),
  (place) => (place.isLast ? `<${new URL(place.url).href}>; rel="first"` : linkTo(place, 'true')),
  (place) => linkTo(place, String(!place.isLast)),
]);

function linkTo(place: PagePlace, results: string): string {
  return `<${nextUrl(place).href}>; rel="next"; results="${results}"; cursor="${token(place)}"`;
}

/** By what fields are called: what they most likely hold. Everything else is tried after it. */
const likely: readonly (readonly [RegExp, readonly Name[]])[] = [
  [/more|has_?next|next_?exists/i, ['hasMore', 'hasMoreText']],
  [/is_?last|^last$|done|finished|complete/i, ['isLast', 'isLastText', 'pages']],
  [/total_?(?:items|records|count|results|elements)|^(?:total|count)$/i, ['total', 'pages', 'count']],
  [/pages|last_?page|total/i, ['pages', 'lastPageFromZero', 'total']],
  [/links$/i, ['links']],
  [/url|uri|href|link/i, ['nextUrl', 'nextUrlOrNull', 'nextPath', 'nextUrlOrEmpty']],
  [
    /next_?page(?:_?(?:number|num|no))?$/i,
    ['nextPage', 'token', 'nextUrl', 'nextPageOrNull', 'nextUrlOrNull'],
  ],
  [/token|cursor|after|marker|^next$|_next$|_id$|key/i, ['token', 'tokenOrNull', 'nextUrl', 'nextUrlOrNull']],
  [/page/i, ['page', 'pageFromZero', 'nextPage']],
  [/offset|skip/i, ['offset', 'nextOffset']],
  [/limit|size/i, ['size', 'count']],
  [/remain/i, ['remaining', 'hasMore']],
];

/** All values for a field of that name, the likeliest first. */
export function pageValuesFor(name: string, { isUrl, hasFlagTexts }: FieldHints): readonly PageValue[] {
  const first: Name[] = isUrl ? ['nextUrl', 'nextUrlOrNull', 'nextPath', 'nextUrlOrEmpty'] : [];
  const named = likely.filter(([pattern]) => pattern.test(name)).flatMap(([, names]) => names);
  // A flag of a name such as "has_more" is one in any case.
  const order = named[0] === 'hasMore' || named[0] === 'isLast' ? [...named, ...first] : [...first, ...named];
  const flag = flags.find(([pattern]) => pattern.test(name));
  const all = flag === undefined ? new Set<Name>([...order, ...(Object.keys(values) as Name[])]) : flag[1];
  // A text is a flag only where a template compares it with one.
  const allowed = flag !== undefined && !hasFlagTexts ? [...all].slice(0, 1) : [...all];
  return allowed.map((each) => values[each]);
}

export interface FieldHints {
  /** The token is the address of the next page. */
  readonly isUrl: boolean;
  /** Templates compare with "true" or "false" as texts. */
  readonly hasFlagTexts: boolean;
}

/** Fields whose names leave no doubt: one that says that there is more never means that there is not. */
const flags: readonly (readonly [RegExp, readonly Name[]])[] = [
  [
    /^(?:has|have)_?(?:a_)?(?:more|next)(?:_?(?:page|pages|items|results|records|data))?$|^more$/i,
    ['hasMore', 'hasMoreText'],
  ],
  [/^is_?last(?:_?page)?$|^is_?(?:done|complete|finished)$/i, ['isLast', 'isLastText']],
];
