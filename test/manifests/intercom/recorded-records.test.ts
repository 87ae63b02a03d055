import type { JsonObject } from '../../../engine/util/json/json.ts';
import { validateAgainstSchema } from '../../../engine/util/schema/validate-against-schema.ts';
import { undeclaredIn } from './field-paths.ts';
import { schemasAt } from './schemas-at.ts';

const list = (url: string, data: readonly JsonObject[] = [], total = data.length): JsonObject => ({
  ...{ type: 'list', data, url, total_count: total, has_more: total > data.length },
});
const none = <Name extends string>(...names: readonly Name[]): JsonObject =>
  Object.fromEntries(names.map((name) => [name, null]));

const ticketType = {
  ...{ type: 'ticket_type', id: '1', name: 'Bug', description: 'Something is broken', icon: '🐛' },
  ...{ workspace_id: 'abcd1234', archived: false, created_at: 1738326590, updated_at: 1738326590 },
  ...{ is_internal: true, category: 'Tracker' },
  ticket_type_attributes: {
    type: 'list',
    data: [
      {
        ...{
          type: 'ticket_type_attribute',
          id: '6594164',
          workspace_id: 'abcd1234',
          name: '_default_title_',
        },
        ...{ description: '', data_type: 'string', input_options: { multiline: false }, order: 0 },
        ...{ required_to_create: false, required_to_create_for_contacts: false, visible_on_create: true },
        ...{ visible_to_contacts: false, default: true, ticket_type_id: 1, archived: false },
        ...{ created_at: 1738326590, updated_at: 1738326590 },
      },
    ],
  },
};

const elevenTags = Array.from({ length: 11 }, (_, index) => ({
  ...{ type: 'tag', id: String(10718342 + index), url: `/tags/${10718342 + index}` },
}));

/**
 * Records as workspaces have answered with them: which fields there are and of which types is as it was recorded by users of
 * several connectors, what they hold is made up.
 */
const recorded: Readonly<Record<string, Readonly<Record<string, readonly JsonObject[]>>>> = {
  '2.11': {
    activity_logs: [
      {
        id: 'f7cf4eba-3a37-44b0-aecf-000000000001',
        performed_by: { type: 'admin', id: '4423433', email: 'ada@example.com', ip: '203.0.113.7' },
        metadata: {
          admin: { id: 4423433, first_name: 'Ada', last_name: 'Byron' },
          before: { permissions: { access_reporting: true, manage_tags: false }, conversation_access: {} },
          after: {
            permissions: { access_reporting: true, manage_tags: true },
            conversation_access: {
              access_type: 'all',
              assignee_blocked_list: null,
              include_unassigned: false,
            },
          },
        },
        ...{
          created_at: 1625657753,
          activity_type: 'admin_permission_change',
          activity_description: 'Changed.',
        },
      },
      {
        id: 'f7cf4eba-3a37-44b0-aecf-000000000002',
        performed_by: { type: 'admin', id: '4423433', email: 'ada@example.com', ip: '203.0.113.7' },
        metadata: { team: { id: 5077733, name: 'First line', member_count: 1 } },
        ...{
          created_at: 1625657582,
          activity_type: 'app_team_creation',
          activity_description: 'Made a team.',
        },
      },
      {
        id: 'f7cf4eba-3a37-44b0-aecf-000000000003',
        performed_by: { type: 'admin', id: '4423433', email: 'ada@example.com', ip: '203.0.113.7' },
        metadata: { message: { id: 123, title: 'Hello' }, before: 'Hello', after: 'Good day' },
        ...{
          created_at: 1625657581,
          activity_type: 'message_state_change',
          activity_description: 'Renamed.',
        },
      },
    ],
    admins: [
      {
        ...{ type: 'admin', email: 'ada@example.com', id: '4423433', name: 'Ada', job_title: 'Admin' },
        ...{ away_mode_enabled: false, away_mode_reassign: false, has_inbox_seat: false },
        ...{ team_ids: [5077733], team_priority_level: {} },
      },
      // The bot is one of them, without a title.
      {
        ...{ type: 'admin', email: 'operator+abcd1234@example.com', id: '4423434', name: 'Operator' },
        ...{ away_mode_enabled: false, away_mode_reassign: false, has_inbox_seat: false },
        ...{ team_ids: [], team_priority_level: {} },
      },
    ],
    tags: [{ type: 'tag', id: '7800216', name: 'Import of February' }],
    teams: [{ type: 'team', id: '5077733', name: 'First line', admin_ids: [4423433] }],
    segments: [
      {
        ...{ type: 'segment', id: '63ea19b36ea882cf2f785a45', name: 'Country', person_type: 'user' },
        ...{ created_at: 1676286387, updated_at: 1676286387 },
      },
    ],
    companies: [
      {
        ...{ type: 'company', company_id: '63ecc573-qualification-company', id: '63ecc5731d460cdc137c906c' },
        ...{ app_id: 'abcd1234', name: 'Eight', created_at: 1676461427, updated_at: 1679484652 },
        ...{ monthly_spend: 0, session_count: 0, user_count: 1, size: 49, website: 'www.eight.example' },
        ...{ industry: 'Manufacturing', tags: { type: 'tag.list', tags: [] }, plan: {} },
        ...{
          segments: { type: 'segment.list', segments: [] },
          custom_attributes: { creation_source: 'api' },
        },
      },
    ],
    contact_attributes: [
      {
        ...{
          type: 'data_attribute',
          name: 'owner_id',
          full_name: 'owner_id',
          label: 'Owner',
          model: 'contact',
        },
        ...{
          description: 'Who cares for them',
          data_type: 'integer',
          api_writable: true,
          ui_writable: false,
        },
        ...{ messenger_writable: true, custom: false, archived: false },
      },
    ],
    contacts: [
      {
        ...{
          type: 'contact',
          id: '63ea41aaeddb9b627ce9b882',
          workspace_id: 'abcd1234',
          external_id: '33080',
        },
        ...{ role: 'user', email: 'grace@example.com', name: 'Grace', has_hard_bounced: false },
        ...{ marked_email_as_spam: false, unsubscribed_from_emails: false, created_at: 1676296619 },
        // Beyond the 32 bits of a second, too.
        ...{
          updated_at: 1676296619,
          signed_up_at: 2738966400,
          sms_consent: false,
          unsubscribed_from_sms: false,
        },
        social_profiles: { type: 'list', data: [] },
        location: { type: 'location', country: null, region: null, city: null },
        custom_attributes: {},
        tags: list('/contacts/63ea41aaeddb9b627ce9b882/tags', [
          { id: '7800292', type: 'tag', url: '/tags/7800292' },
        ]),
        notes: list('/contacts/63ea41aaeddb9b627ce9b882/notes'),
        companies: list('/contacts/63ea41aaeddb9b627ce9b882/companies'),
        ...none('phone', 'avatar', 'owner_id', 'last_seen_at', 'last_replied_at', 'last_contacted_at'),
        ...none('last_email_opened_at', 'last_email_clicked_at', 'language_override', 'browser'),
        ...none('browser_version', 'browser_language', 'os', 'android_app_name', 'android_app_version'),
        ...none('android_device', 'android_os_version', 'android_sdk_version', 'android_last_seen_at'),
        ...none('ios_app_name', 'ios_app_version', 'ios_device', 'ios_os_version', 'ios_sdk_version'),
        ...none('ios_last_seen_at'),
      },
    ],
    tickets: [
      {
        ...{
          type: 'ticket',
          id: '70',
          ticket_id: '1',
          ticket_type: ticketType,
          open: true,
          category: 'Tracker',
        },
        ticket_attributes: { _default_title_: 'It broke', _default_description_: 'This morning' },
        contacts: { type: 'contact.list', contacts: [] },
        // Nobody is "0".
        ...{ admin_assignee_id: '0', team_assignee_id: '0', created_at: 1738329209, updated_at: 1738329211 },
        ...{ ticket_state: 'submitted', is_shared: false },
        ...{ ticket_state_internal_label: 'Submitted', ticket_state_external_label: 'Submitted' },
        ticket_parts: {
          ...{ type: 'ticket_part.list', total_count: 1 },
          ticket_parts: [
            {
              ...{ type: 'ticket_part', id: '19760294812', part_type: 'ticket_state_updated_by_admin' },
              ...{ ticket_state: 'submitted', previous_ticket_state: 'submitted', attachments: [] },
              ...{ created_at: 1738329210, updated_at: 1738329210, redacted: false },
              author: { id: '4423434', type: 'bot', name: 'Fin', email: 'operator+abcd1234@example.com' },
            },
          ],
        },
        linked_objects: { type: 'list', data: [], total_count: 0, has_more: false },
      },
    ],
  },
  '2.14': {
    tickets: [
      {
        ...{ type: 'ticket', id: '70', ticket_id: '1', open: true, category: 'Customer', is_shared: true },
        ticket_state: {
          ...{ type: 'ticket_state', id: '4706546', category: 'resolved' },
          ...{ internal_label: 'Resolved', external_label: 'Resolved' },
        },
      },
    ],
  },
  '2.16': {
    admins: [
      {
        ...{
          type: 'admin',
          id: '4423433',
          name: 'Ada Byron',
          email: 'ada@example.com',
          has_inbox_seat: false,
        },
        ...{ away_mode_enabled: false, away_mode_reassign: false, team_ids: [7949170] },
        team_priority_level: { primary_team_ids: [7949170] },
      },
    ],
    teams: [
      {
        ...{ type: 'team', id: '7949170', name: 'Support', admin_ids: [4423433] },
        distribution_method: 'round_robin',
      },
    ],
    company_attributes: [
      {
        ...{
          type: 'data_attribute',
          model: 'company',
          name: 'name',
          full_name: 'name',
          label: 'Company name',
        },
        ...{ description: 'The name of a company', data_type: 'string', archived: false, custom: false },
        ...{ api_writable: true, messenger_writable: true, ui_writable: true },
      },
    ],
    conversation_attributes: [
      {
        // A number, where the description says a text.
        ...{
          type: 'conversation_attribute',
          id: 8657031,
          name: 'order',
          description: '',
          data_type: 'string',
        },
        ...{ admin_id: '4423433', archived: false, created_at: 1772642634, updated_at: 1772642634 },
        ...{ multiline: false, required: false, visible_to_team_ids: ['7949170'] },
      },
    ],
    contacts: [
      {
        ...{ type: 'contact', id: '67570bc4f8bbaf49f9287fc9', workspace_id: 'abcd1234', role: 'user' },
        ...{ name: 'Ada', email: 'ada@example.com', email_domain: 'example.com', custom_attributes: {} },
        ...{ created_at: 1733757892, updated_at: 1740758687, has_hard_bounced: false, sms_consent: false },
        ...{ marked_email_as_spam: false, unsubscribed_from_emails: false, unsubscribed_from_sms: false },
        ...none('external_id', 'phone', 'owner_id', 'avatar', 'referrer', 'os', 'language_override'),
        ...none('browser', 'browser_language', 'browser_version', 'enabled_push_messaging'),
        ...none('android_app_name', 'android_app_version', 'android_device', 'android_last_seen_at'),
        ...none('android_os_version', 'android_sdk_version', 'ios_app_name', 'ios_app_version', 'ios_device'),
        ...none('ios_last_seen_at', 'ios_os_version', 'ios_sdk_version', 'signed_up_at', 'last_seen_at'),
        ...none('last_contacted_at', 'last_email_clicked_at', 'last_email_opened_at', 'last_replied_at'),
        ...none('utm_campaign', 'utm_content', 'utm_medium', 'utm_source', 'utm_term'),
        location: {
          type: 'location',
          ...none('city', 'continent_code', 'country', 'country_code', 'region'),
        },
        social_profiles: { type: 'list', data: [] },
        // Eleven of fourteen, although it says that there are no more.
        tags: {
          ...list('/contacts/67570bc4f8bbaf49f9287fc9/tags', elevenTags, 14),
          has_more: false,
        },
        notes: list('/contacts/67570bc4f8bbaf49f9287fc9/notes'),
        companies: list('/contacts/67570bc4f8bbaf49f9287fc9/companies', [
          { type: 'company', id: '675c3ce414462dde5a790bb6', url: '/companies/675c3ce414462dde5a790bb6' },
        ]),
        opted_in_subscription_types: list('/contacts/67570bc4f8bbaf49f9287fc9/subscriptions'),
        opted_out_subscription_types: list('/contacts/67570bc4f8bbaf49f9287fc9/subscriptions'),
      },
    ],
    conversation_parts: [
      {
        ...{ type: 'conversation_part', id: '1', part_type: 'comment', body: '<p>Hello</p>', state: 'open' },
        ...{ created_at: 1734097565, updated_at: 1734097565, notified_at: 1734097565, redacted: false },
        ...{ attachments: [], tags: [], event_details: {}, metadata: {}, conversation_id: 1 },
        ...none('app_package_code', 'assigned_to', 'email_message_metadata', 'external_id', 'translations'),
        author: {
          ...{ type: 'admin', id: '4423433', name: 'Ada Byron', email: 'ada@example.com' },
          ...{ from_ai_agent: false, is_ai_answer: false },
        },
      },
    ],
    conversations: [
      {
        ...{ type: 'conversation', id: '1', title: 'Title', state: 'open', open: true, read: false },
        ...{ created_at: 1733757575, updated_at: 1743439247, priority: 'none', external_references: [] },
        ...{ admin_assignee_id: 0, team_assignee_id: 0, ai_agent_participated: false },
        ...{ sales_agent_participated: false, custom_attributes: { 'Copilot used': false } },
        ...none('ai_agent', 'company', 'conversation_rating', 'first_contact_reply', 'sales_agent'),
        ...none('sla_applied', 'snoozed_until', 'ticket', 'waiting_since'),
        channel: { current: 'messenger', initial: 'messenger' },
        contacts: {
          type: 'contact.list',
          contacts: [{ type: 'contact', id: '67570a878b6e26fe4ce6a894', external_id: '1cfe8e49' }],
        },
        linked_objects: { type: 'list', data: [], total_count: 0, has_more: false },
        source: {
          ...{ type: 'unknown', id: '1', delivered_as: 'admin_initiated', body: '<p>Hello</p>' },
          ...{ attachments: [], redacted: false, ...none('subject', 'url') },
          author: { type: 'admin', id: '4423433', name: 'Ada Byron', email: 'ada@example.com' },
        },
        statistics: {
          ...{ type: 'conversation_statistics', count_assignments: 0, count_conversation_parts: 11 },
          ...{ count_reopens: 0, assigned_team_first_response_time: [] },
          assigned_team_first_response_time_in_office_hours: [],
          ...none('adjusted_handling_time', 'handling_time', 'first_admin_reply_at', 'first_assignment_at'),
          ...none('first_close_at', 'first_contact_reply_at', 'last_admin_reply_at', 'last_assignment_at'),
          ...none('last_assignment_admin_reply_at', 'last_close_at', 'last_closed_by_id'),
          ...none('last_contact_reply_at', 'median_time_to_reply', 'time_to_admin_reply'),
          ...none('time_to_assignment', 'time_to_first_close', 'time_to_last_close'),
        },
        tags: { type: 'tag.list', tags: [] },
        teammates: { type: 'admin.list', admins: [{ type: 'admin', id: '4423433' }] },
        topics: { type: 'topic.list', topics: [], total_count: 0 },
      },
    ],
    tickets: [
      {
        ...{ type: 'ticket', id: '2', ticket_id: '1', open: true, category: 'Tracker', is_shared: false },
        ...{ created_at: 1737064622, updated_at: 1737064623, channel: 'messenger' },
        ...{ admin_assignee_id: 4423433, team_assignee_id: 0, previous_ticket_state_id: '1' },
        ticket_attributes: { Amount: '43', 'Supporting evidence': [], _default_title_: 'test ticket' },
        contacts: { type: 'contact.list', contacts: [] },
        linked_objects: { type: 'list', data: [], total_count: 0, has_more: false },
        ticket_state: {
          ...{ type: 'ticket_state', id: '2', category: 'in_progress' },
          ...{ internal_label: 'In progress', external_label: 'In progress' },
        },
        ticket_type: ticketType,
        ticket_parts: {
          type: 'ticket_part.list',
          total_count: 2,
          ticket_parts: [
            {
              ...{ type: 'ticket_part', id: '7', part_type: 'ticket_state_updated_by_admin' },
              ...{ ticket_state: 'in_progress', previous_ticket_state: 'submitted', redacted: false },
              ...{ created_at: 1737064623, updated_at: 1737064623, attachments: [] },
              author: { type: 'admin', id: '4423433', name: 'Ada Byron', email: 'ada@example.com' },
            },
            {
              ...{ type: 'ticket_part', id: '8', part_type: 'assignment', redacted: false, attachments: [] },
              ...{ created_at: 1737064624, updated_at: 1737064624 },
              assigned_to: { type: 'admin', id: '4423433' },
              author: { type: 'admin', id: '4423433', name: 'Ada Byron', email: 'ada@example.com' },
            },
          ],
        },
      },
    ],
    segments: [
      {
        ...{ type: 'segment', id: '67570aa28d7950b29e95d0d7', name: 'New', person_type: 'user', count: 0 },
        ...{ created_at: 1733757603, updated_at: 1733757603 },
      },
    ],
    companies: [
      {
        ...{ type: 'company', id: '67570a878b6e26fe4ce6a895', company_id: '4662804711282882593' },
        ...{ app_id: 'abcd1234', name: 'Engines', created_at: 1733757575, updated_at: 1733759659 },
        ...{ monthly_spend: 0, session_count: 0, user_count: 1, plan: {}, custom_attributes: {} },
        notes: { ...list('/companies/67570a878b6e26fe4ce6a895/notes'), type: 'note.list' },
        segments: { type: 'segment.list', segments: [] },
        tags: { type: 'tag.list', tags: [{ type: 'tag', id: '10313875', name: 'Feature Request' }] },
      },
    ],
  },
};

describe.each(Object.entries(recorded))('records of real workspaces, in version %s', (version, streams) => {
  it.each(Object.entries(streams))('of %s fit its schema', async (stream, records) => {
    const schema = (await schemasAt(version)).get(stream) ?? {};
    expect(undeclaredIn(records, schema)).toEqual([]);
    expect(records.flatMap((record) => validateAgainstSchema(record, schema))).toEqual([]);
  });
});
