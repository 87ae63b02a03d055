import type { AdminRow, JsonObject } from './rows.ts';
import { many, type Seeded, sentence, since, times, within } from './seeded.ts';

const iso = (seconds: number): string => new Date(seconds * 1000).toISOString();

/** The smaller collections, each a list of whole records under the name of its stream. */
export function generateLists(
  seeded: Seeded,
  workspaceId: string,
  admins: readonly AdminRow[],
): Record<string, JsonObject[]> {
  const { random, sizes, serial } = seeded;
  const admin = (): string => random.pick(admins).id;
  const helpCenterId = serial('help_center');
  const collections = many(sizes.collections, (index) => ({
    id: serial('collection'),
    workspace_id: workspaceId,
    name: `Collection ${index + 1}`,
    url: `http://help.example.com/collection-${index + 1}`,
    order: index + 1,
    ...times(seeded),
    description: null,
    icon: 'bookmark',
    parent_id: null,
    help_center_id: Number(helpCenterId),
    default_locale: 'en',
    translated_content: null,
  }));
  const articles = many(sizes.articles, (index) => {
    const state = random.chance(0.8) ? 'published' : 'draft';
    const moments = times(seeded);
    return {
      id: serial('article'),
      type: 'article',
      workspace_id: workspaceId,
      parent_ids: collections.length > 0 && random.chance(0.7) ? [Number(random.pick(collections).id)] : [],
      tags: { type: 'tag.list', tags: [] },
      title: `Article ${index + 1}`,
      description: '',
      body: `<p>${sentence(seeded)}</p>`,
      author_id: Number(admin()),
      state,
      ...moments,
      url: state === 'published' ? `http://help.example.com/en/articles/${index + 1}` : null,
      default_locale: 'en',
      translated_content: null,
      has_unpublished_changes: state === 'published' && index % 6 === 0,
      draft_updated_at: state === 'published' && index % 6 === 0 ? moments.updated_at : null,
    };
  });
  const newsfeeds = many(2, (index) => ({
    id: serial('newsfeed'),
    type: 'newsfeed',
    name: `Feed ${index + 1}`,
    ...times(seeded),
  }));
  const connectors = many(3, (index) => {
    const { created_at, updated_at } = times(seeded);
    const id = serial('data_connector');
    return {
      type: 'data_connector',
      id,
      name: `Connector ${index + 1}`,
      description: null,
      state: index === 2 ? 'draft' : 'live',
      http_method: 'post',
      direct_fin_usage: false,
      created_by_admin_id: admin(),
      updated_by_admin_id: admin(),
      created_at: iso(created_at),
      updated_at: iso(updated_at),
      execution_results_url: `/data_connectors/${id}/execution_results`,
    };
  });
  const sources = many(2, (index) => ({
    id: Number(serial('import_source')),
    type: 'content_import_source',
    last_synced_at: within(seeded, 3),
    status: 'active',
    url: `https://support.example.com/${index + 1}`,
    sync_behavior: 'automatic',
    ...times(seeded),
    audience_ids: [],
  }));
  const schedules = many(2, (index) => ({
    type: 'office_hours_schedule',
    id: serial('schedule'),
    name: `Hours ${index + 1}`,
    time_zone_name: 'Europe/Dublin',
    time_intervals: [{ start_minute: 540, end_minute: 1020, day_of_week: 0 }],
    twenty_four_seven: false,
    ...times(seeded),
  }));
  return {
    collections,
    articles,
    newsfeeds,
    help_centers: [
      {
        id: helpCenterId,
        workspace_id: workspaceId,
        ...times(seeded),
        identifier: 'help',
        website_turned_on: true,
        display_name: 'Help',
        url: 'https://help.example.com',
        custom_domain: null,
        default: true,
        locales: ['en'],
      },
    ],
    article_versions: articles.flatMap((article) =>
      many(random.int(1, 3), () => {
        const created_at = since(seeded, article.created_at);
        return {
          type: 'article_version',
          id: serial('article_version'),
          article_id: article.id,
          title: article.title,
          description: '',
          author_id: String(article.author_id),
          created_by_id: admin(),
          created_via: 'web',
          from_version_id: null,
          state: article.state,
          created_at,
          updated_at: created_at,
        };
      }),
    ),
    help_center_redirects: many(3, (index) => ({
      id: serial('redirect'),
      type: 'help_center_redirect',
      from_url: `https://help.example.com/old-${index}`,
      locale: 'en',
      help_center_id: helpCenterId,
      target_type: 'article',
      target_id: articles[index]?.id ?? '1',
      ...times(seeded),
    })),
    internal_articles: many(Math.ceil(sizes.articles / 2), (index) => ({
      type: 'internal_article',
      id: serial('article'),
      title: `Internal article ${index + 1}`,
      body: `<p>${sentence(seeded)}</p>`,
      owner_id: Number(admin()),
      author_id: Number(admin()),
      locale: 'en',
      ...times(seeded),
    })),
    news_items: many(sizes.newsItems, (index) => {
      const moments = times(seeded);
      const live = random.chance(0.7);
      return {
        id: serial('news_item'),
        type: 'news-item',
        workspace_id: workspaceId,
        title: `News ${index + 1}`,
        body: `<p>${sentence(seeded)}</p>`,
        sender_id: Number(admin()),
        state: live ? 'live' : 'draft',
        labels: [],
        cover_image_url: null,
        reactions: [null, null, null, null],
        deliver_silently: false,
        ...moments,
        newsfeed_assignments: live
          ? [{ newsfeed_id: Number(random.pick(newsfeeds).id), published_at: moments.created_at }]
          : [],
      };
    }),
    macros: many(sizes.macros, (index) => {
      const { created_at, updated_at } = times(seeded);
      return {
        type: 'macro',
        id: serial('macro'),
        name: `Macro ${index + 1}`,
        body: '<p>Hello</p>',
        body_text: 'Hello',
        created_at: iso(created_at),
        updated_at: iso(updated_at),
        visible_to: 'everyone',
        visible_to_team_ids: [],
        available_on: ['inbox', 'messenger'],
      };
    }),
    data_connectors: connectors,
    data_connector_executions: connectors.flatMap((connector) =>
      many(20, (index) => ({
        type: 'data_connector.execution',
        id: serial('execution'),
        data_connector_id: connector.id,
        success: index % 4 !== 0,
        http_status: index % 4 === 0 ? 500 : 200,
        http_method: 'post',
        execution_time_ms: random.int(20, 900),
        source_type: 'workflow',
        source_id: '5001',
        conversation_id: null,
        // A quarter of an hour apart, so that the default window of one hour holds only a few.
        created_at: iso(seeded.now - 60 - index * 900),
      })),
    ),
    content_import_sources: sources,
    external_pages: many(6, (index) => ({
      id: serial('external_page'),
      type: 'external_page',
      title: `Page ${index + 1}`,
      html: '<h1>Page</h1>',
      url: `https://support.example.com/p/${index + 1}`,
      ai_agent_availability: true,
      ai_copilot_availability: true,
      ai_sales_agent_availability: false,
      fin_availability: true,
      locale: 'en',
      source_id: sources[index % sources.length]?.id,
      external_id: String(index + 1),
      ...times(seeded),
      last_ingested_at: within(seeded, 3),
    })).reverse(),
    content_snippets: many(4, (index) => ({
      type: 'content_snippet',
      id: serial('snippet'),
      title: index === 0 ? null : `Snippet ${index + 1}`,
      locale: 'en',
      json_blocks: [{ type: 'paragraph', text: 'Hello' }],
      body_markdown: 'Hello',
      chatbot_availability: 1,
      copilot_availability: 1,
      ai_chatbot_availability: true,
      ai_copilot_availability: true,
      ai_sales_agent_availability: false,
      ...times(seeded),
      audience_ids: [1],
    })),
    audiences: many(2, (index) => ({
      type: 'audience',
      id: serial('audience'),
      name: `Audience ${index + 1}`,
      predicates: [{ attribute: 'company.name', type: 'string', comparison: 'contains', value: 'Ltd' }],
      role_predicates: [{ attribute: 'role', type: 'role', comparison: 'eq', value: 'user' }],
      ...times(seeded),
    })),
    brands: many(2, (index) => ({
      type: 'brand',
      id: index === 0 ? workspaceId : serial('brand'),
      name: `Brand ${index + 1}`,
      is_default: index === 0,
      ...times(seeded),
      help_center_id: helpCenterId,
      default_address_settings_id: '1',
    })),
    emails: many(2, (index) => ({
      type: 'email_setting',
      id: serial('email'),
      email: `support${index + 1}@example.com`,
      verified: true,
      domain: 'example.com',
      brand_id: workspaceId,
      forwarding_enabled: true,
      forwarded_email_last_received_at: index === 0 ? within(seeded, 3) : null,
      ...times(seeded),
    })),
    away_status_reasons: many(3, (index) => ({
      type: 'away_status_reason',
      id: serial('away_status_reason'),
      label: ['On a break', 'In a meeting', 'On leave'][index],
      emoji: '☕',
      order: index + 1,
      deleted: index === 2,
      ...times(seeded),
    })),
    office_hours_schedules: schedules,
    office_hours_exceptions: schedules.map((schedule) => ({
      type: 'office_hours_exception',
      id: serial('exception'),
      office_hours_schedule_id: schedule.id,
      exception_date: '2026-12-25',
      exception_type: 'closed',
      name: null,
      time_intervals: null,
      recurring_annually: true,
      ...times(seeded),
    })),
    custom_object_instances: many(sizes.customObjects, (index) => ({
      id: serial('custom_object'),
      type: 'Order',
      custom_attributes: { order_number: `ORDER-${index + 1}`, total_amount: random.int(1, 90_000) / 100 },
      external_id: `order_${index + 1}`,
      external_created_at: null,
      external_updated_at: null,
      ...times(seeded),
    })),
  };
}
