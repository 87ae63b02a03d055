import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { isObject, type JsonObject } from '../../../engine/util/json/json.ts';
import { validateAgainstSchema } from '../../../engine/util/schema/validate-against-schema.ts';
import { isDescribed } from '../../intercom-api/api-description.ts';
import { undeclaredIn } from './field-paths.ts';
import { schemasAt } from './schemas-at.ts';

/** Which answer shows records of a stream, and where. */
const places: Readonly<Record<string, readonly [path: string, at: string]>> = {
  activity_logs: ['GET /admins/activity_logs', 'activity_logs'],
  workspace: ['GET /me', 'app'],
  admins: ['GET /admins', 'admins'],
  tags: ['GET /tags', 'data'],
  teams: ['GET /teams', 'teams'],
  segments: ['GET /segments', 'segments'],
  companies: ['GET /companies/scroll', 'data'],
  company_segments: ['GET /companies/{company_id}/segments', 'data'],
  company_attributes: ['GET /data_attributes', 'data'],
  contact_attributes: ['GET /data_attributes', 'data'],
  contacts: ['POST /contacts/search', 'data'],
  conversations: ['POST /conversations/search', 'conversations'],
  deleted_conversations: ['GET /conversations/deleted', 'conversations'],
  conversation_parts: ['GET /conversations/{conversation_id}', 'conversation_parts.conversation_parts'],
  tickets: ['POST /tickets/search', 'tickets'],
  ticket_types: ['GET /ticket_types', 'data'],
  ticket_states: ['GET /ticket_states', 'data'],
  conversation_attributes: ['GET /conversations/attributes', 'data'],
  subscription_types: ['GET /subscription_types', 'data'],
  brands: ['GET /brands', 'data'],
  email_settings: ['GET /emails', 'data'],
  away_status_reasons: ['GET /away_status_reasons', ''],
  audiences: ['GET /audiences', 'data'],
  office_hours_schedules: ['GET /office_hours_schedules', 'data'],
  office_hours_exceptions: [
    'GET /office_hours_schedules/{office_hours_schedule_id}/office_hours_exceptions',
    'data',
  ],
  help_centers: ['GET /help_center/help_centers', 'data'],
  collections: ['GET /help_center/collections', 'data'],
  help_center_redirects: ['GET /help_center/help_centers/{help_center_id}/redirects', 'data'],
  articles: ['GET /articles', 'data'],
  internal_articles: ['GET /internal_articles', 'data'],
  content_snippets: ['GET /content_snippets', 'data'],
  content_import_sources: ['GET /ai/content_import_sources', 'data'],
  external_pages: ['GET /ai/external_pages', 'data'],
  news_items: ['GET /news/news_items', 'data'],
  newsfeeds: ['GET /news/newsfeeds', 'data'],
  newsfeed_items: ['GET /news/newsfeeds/{newsfeed_id}/items', 'data'],
  macros: ['GET /macros', 'data'],
  data_connectors: ['GET /data_connectors', 'data'],
  data_connector_executions: ['GET /data_connectors/{data_connector_id}/execution_results', 'data'],
  reporting_datasets: ['GET /export/reporting_data/get_datasets', 'data'],
  contact_notes: ['GET /contacts/{contact_id}/notes', 'data'],
  contact_subscriptions: ['GET /contacts/{contact_id}/subscriptions', 'data'],
  contact_segments: ['GET /contacts/{contact_id}/segments', 'data'],
  contact_merge_history: ['GET /contacts/{id}/merge_history', 'data'],
  company_notes: ['GET /companies/{company_id}/notes', 'data'],
  conversation_handling_events: ['GET /conversations/{id}/handling_events', 'handling_events'],
  side_conversations: ['GET /conversations/{id}/side_conversations', 'side_conversations'],
  article_versions: ['GET /articles/{article_id}/versions', 'data'],
  article_drafts: ['GET /articles/{id}/draft', '.'],
  team_metrics: ['GET /teams/{team_id}/metrics', 'data'],
  calls: ['GET /calls', 'data'],
  call_transcripts: ['POST /calls/search', 'data'],
  data_events: ['GET /events', 'events'],
};

interface Described {
  readonly paths: Record<
    string,
    Record<string, { readonly responses: Record<string, { readonly content?: Record<string, unknown> }> }>
  >;
}

/** Records of a stream in the examples of its answer. */
function examplesOf(description: Described, [where, at]: readonly [string, string]): readonly JsonObject[] {
  const [method = '', path = ''] = where.split(' ');
  const content = description.paths[path]?.[method.toLowerCase()]?.responses['200']?.content;
  const answer = content?.['application/json'];
  const examples = isObject(answer) && isObject(answer.examples) ? Object.values(answer.examples) : [];
  return examples.flatMap((example) => {
    const value = isObject(example) ? example.value : undefined;
    const found = at
      .split('.')
      .filter((name) => name !== '')
      .reduce<unknown>((inner, name) => (isObject(inner) ? inner[name] : undefined), value);
    return (Array.isArray(found) ? found : [found]).filter(isObject);
  });
}

const itDescribed = isDescribed('2.11') && isDescribed('2.16') ? it : it.skip;

describe("the examples of the API's description", () => {
  itDescribed.each(['2.11', '2.16'])('of version %s fit the schemas', async (version) => {
    const description = parse(
      readFileSync(`../shared/intercom/openapi-${version}.yaml`, 'utf8'),
    ) as Described;
    const schemas = await schemasAt(version);
    const problems: string[] = [];
    let count = 0;
    for (const [stream, place] of Object.entries(places)) {
      const schema = schemas.get(stream) ?? {};
      const records = examplesOf(description, place);
      count += records.length;
      problems.push(...undeclaredIn(records, schema).map((path) => `${stream}.${path} is not declared`));
      for (const record of records)
        for (const { path, message } of validateAgainstSchema(record, schema))
          problems.push(`${stream}.${path.join('.').replace(/\b\d+\b/g, '*')} ${message}`);
    }
    // One example has a number, others and the description a text.
    const slips = ['conversation_parts.id must be null or a string'];
    expect([...new Set(problems)].filter((problem) => !slips.includes(problem))).toEqual([]);
    expect(count).toBeGreaterThan(40);
  });
});
