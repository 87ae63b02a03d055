import { invalid, notFound } from '../error-list.ts';
import { cursorPageOf, type PageOptions, pageOf } from '../paging.ts';
import { type Call, get, getOne, type Route } from '../route.ts';
import type { JsonObject } from '../rows.ts';

const list = (call: Call, name: string): readonly JsonObject[] => call.workspace.lists[name] ?? [];

/** Most recently changed first; times are UNIX seconds or ISO text of one shape. */
const newestFirst = (records: readonly JsonObject[], field = 'updated_at'): JsonObject[] =>
  [...records].sort((a, b) => (String(a[field]) < String(b[field]) ? 1 : -1));

const paged = (
  path: string,
  records: (call: Call) => readonly JsonObject[],
  options: PageOptions,
  more: Partial<Route> = {},
): Route => get(path, (call) => pageOf(call, records(call), (record) => record, options), more);

/** Fields that articles have only from 2.16 on, and the one that went away with it. */
const articleView = (article: JsonObject, version: number): JsonObject => {
  if (version >= 16) return article;
  const { has_unpublished_changes, draft_updated_at, tags, ...older } = article;
  const parent = (article.parent_ids as readonly number[])[0] ?? null;
  const parents = { parent_id: parent, parent_type: parent === null ? null : 'collection' };
  return { ...older, ...parents, ...(version >= 13 ? { tags } : {}) };
};

const helpCenterView =
  ({ version }: Call) =>
  ({ default: isDefault, locales, ...older }: JsonObject): JsonObject =>
    version >= 16 ? { ...older, default: isDefault, locales } : older;

const statistics = {
  type: 'article_statistics',
  ...{ views: 0, conversations: 0, reactions: 0 },
  ...{ happy_reaction_percentage: 0, neutral_reaction_percentage: 0, sad_reaction_percentage: 0 },
};

const articleOf = (call: Call): JsonObject => {
  const article = list(call, 'articles').find((candidate) => candidate.id === call.params.id);
  if (!article) throw notFound();
  return article;
};

const pageSize = (perPage: number, maxPerPage?: number): PageOptions => ({
  perPage,
  ...(maxPerPage === undefined ? {} : { maxPerPage }),
  next: 'absent',
});

/** Articles, snippets and pages by what they are called, most recent first; links go both ways. */
const contentSearch = (call: Call): JsonObject => {
  const text = call.query.get('query')?.toLowerCase() ?? '';
  const bound = (name: string, fallback: number): number => Number(call.query.get(name) ?? fallback);
  const records = ['articles', 'internal_articles', 'content_snippets', 'external_pages']
    .flatMap((name) => list(call, name))
    .filter((record) =>
      String(record.title ?? '')
        .toLowerCase()
        .includes(text),
    )
    .filter((record) => Number(record.updated_at) >= bound('updated_at_after', 0))
    .filter((record) => Number(record.updated_at) <= bound('updated_at_before', Number.POSITIVE_INFINITY));
  const clamped = Math.max(1, bound('per_page', 10));
  const asked = { ...call, query: new URLSearchParams(call.query) };
  asked.query.set('per_page', String(clamped));
  const body = pageOf(asked, newestFirst(records), ({ type, id, title }) => ({ type, id, title }), {
    perPage: 10,
    maxPerPage: 50,
    next: 'url',
  });
  const pages = body.pages as JsonObject;
  const link = new URL(call.url);
  link.searchParams.set('page', String(Number(pages.page) - 1));
  return { ...body, pages: { ...pages, prev: pages.page === 1 ? null : link.href } };
};

export const contentRoutes: readonly Route[] = [
  get('/articles', (call) =>
    pageOf(
      call,
      newestFirst(list(call, 'articles')),
      (article) => articleView(article, call.version),
      pageSize(call.version === 11 ? 15 : 25),
    ),
  ),
  get('/articles/:id', (call) => ({ ...articleView(articleOf(call), call.version), statistics })),
  get(
    '/articles/:id/draft',
    (call) => {
      const article = articleOf(call);
      if (article.has_unpublished_changes !== true) throw notFound();
      return { ...article, title: `${article.title} (draft)`, body_markdown: 'Draft\n' };
    },
    { since: 16, scope: 'read_articles_scope' },
  ),
  paged(
    '/articles/:id/versions',
    (call) => {
      const id = articleOf(call).id;
      const locale = call.query.get('locale');
      if (locale !== null && locale !== 'en') throw invalid('Unknown locale', 'locale');
      return newestFirst(
        list(call, 'article_versions').filter((version) => version.article_id === id),
        'created_at',
      );
    },
    pageSize(25),
    { since: 16, scope: 'read_articles_scope' },
  ),
  paged('/internal_articles', (call) => list(call, 'internal_articles'), pageSize(25), { since: 13 }),
  get('/help_center/help_centers', (call) => ({
    type: 'list',
    data: list(call, 'help_centers').map(helpCenterView(call)),
  })),
  getOne('/help_center/help_centers/:id', (call) => list(call, 'help_centers')),
  paged(
    '/help_center/help_centers/:id/redirects',
    (call) => {
      if (!list(call, 'help_centers').some((center) => center.id === call.params.id))
        throw notFound('Resource not found');
      return newestFirst(list(call, 'help_center_redirects'));
    },
    pageSize(50, 250),
    { since: 16, scope: 'read_help_center_redirects_scope' },
  ),
  paged('/help_center/collections', (call) => newestFirst(list(call, 'collections')), pageSize(20)),
  getOne('/help_center/collections/:id', (call) => list(call, 'collections')),
  paged('/news/news_items', (call) => list(call, 'news_items'), pageSize(10)),
  getOne('/news/news_items/:id', (call) => list(call, 'news_items')),
  paged('/news/newsfeeds', (call) => list(call, 'newsfeeds'), pageSize(10)),
  getOne('/news/newsfeeds/:id', (call) => list(call, 'newsfeeds')),
  paged(
    '/news/newsfeeds/:id/items',
    (call) =>
      list(call, 'news_items').filter((item) =>
        (item.newsfeed_assignments as readonly JsonObject[]).some(
          (one) => String(one.newsfeed_id) === call.params.id,
        ),
      ),
    pageSize(20),
  ),
  get(
    '/macros',
    (call) => {
      const since = call.query.get('updated_since');
      if (since !== null && !/^\d+$/.test(since))
        throw invalid('Invalid updated_since timestamp', 'updated_since');
      const macros = newestFirst(list(call, 'macros')).filter(
        (macro) => since === null || Date.parse(String(macro.updated_at)) > Number(since) * 1000,
      );
      return cursorPageOf(call, macros, 'updated_at', { perPage: 50, maxPerPage: 150 });
    },
    { since: 16, scope: 'read_conversations' },
  ),
  paged(
    '/content_snippets',
    (call) => list(call, 'content_snippets'),
    { ...pageSize(50, 50), place: 'top' },
    { since: 16 },
  ),
  paged(
    '/audiences',
    (call) => list(call, 'audiences'),
    { ...pageSize(50, 50), place: 'top' },
    { since: 16 },
  ),
  paged('/ai/content_import_sources', (call) => list(call, 'content_import_sources'), pageSize(50), {
    since: 12,
  }),
  paged(
    '/ai/external_pages',
    (call) => list(call, 'external_pages'),
    { ...pageSize(50), next: 'url' },
    { since: 12 },
  ),
  get('/content/search', contentSearch, { since: 16, scope: 'read_content' }),
];
