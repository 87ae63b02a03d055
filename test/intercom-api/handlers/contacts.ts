import { ApiError, notFound } from '../error-list.ts';
import { encodeCursor, pageOf, wholeNumber } from '../paging.ts';
import { type Call, get, post, type Route } from '../route.ts';
import type { ContactRow, JsonObject } from '../rows.ts';
import { contactFields } from '../search-fields.ts';
import type { Field } from '../search-query.ts';
import { preview } from '../versions.ts';
import { companyView, segmentsOf } from '../views/company.ts';
import { contactView } from '../views/contact.ts';
import { appliedTagView, noteView } from '../views/people.ts';
import type { WorkspaceData } from '../workspace.ts';
import { search } from './search-of.ts';

const perPage = 50;
const maxPerPage = 150;
const longestMergeChain = 3;

const userNotFound = (): ApiError => notFound('User Not Found');

const contactOf = (call: Call): ContactRow => {
  const contact = call.workspace.contacts.get(call.params.id ?? '');
  if (!contact) throw userNotFound();
  return contact;
};

const view =
  (call: Call) =>
  (row: ContactRow): JsonObject =>
    contactView(row, call.workspace, call.version, call.query.get('include_merge_history') === 'true');

/** A merged contact answers 410 with the way to the one it lives on in from 2.16, and 404 before. */
const missing = (call: Call, id: string): ApiError => {
  const merged = call.workspace.mergedContacts;
  let target = merged.get(id)?.into;
  if (target === undefined || call.version < 16) return userNotFound();
  for (let hop = 1; hop < longestMergeChain; hop++) target = merged.get(target)?.into ?? target;
  return new ApiError(
    410,
    'contact_merged',
    "This contact has been merged. See the 'Link' header for the canonical contact.",
    { headers: { Link: `</contacts/${target}>; rel="canonical"` } },
  );
};

const fieldsOf = new WeakMap<WorkspaceData, (name: string) => Field<ContactRow> | undefined>();

const searchContacts = (call: Call, query: unknown, body: JsonObject, sort: unknown): JsonObject => {
  const { workspace, version } = call;
  const field = fieldsOf.get(workspace) ?? contactFields(workspace);
  fieldsOf.set(workspace, field);
  const dates = version >= 17 ? 'second' : 'day';
  const found = search(call, {
    name: 'contacts',
    table: workspace.contacts,
    dialect: { field, dates, timezone: workspace.timezone },
    query,
    sort,
    pagination: body,
    defaultPerPage: perPage,
    maxPerPage,
  });
  return {
    type: 'list',
    data: found.rows.map(view(call)),
    total_count: found.total_count,
    pages: found.pages,
  };
};

const mergeHistory = (call: Call): JsonObject => {
  const contact = call.workspace.contacts.get(call.params.id ?? '');
  if (contact?.role !== 'user') throw notFound('Contact not found');
  const size = wholeNumber(call.query.get('per_page'), 'per_page', perPage, maxPerPage);
  const merges = call.query.get('order') === 'asc' ? [...contact.merges].reverse() : contact.merges;
  const cursor = call.query.get('cursor');
  const position = merges.findIndex((merge) => encodeCursor([merge.source_contact_id, 0]) === cursor);
  if (cursor !== null && position < 0) throw new ApiError(400, 'client_error', 'Invalid cursor param');
  const page = merges.slice(position + 1, position + 1 + size);
  const last = page.at(-1);
  const has_more = position + 1 + size < merges.length;
  return {
    type: 'list',
    data: page.map((merge) => ({ type: 'merge_history', ...merge })),
    ...(has_more && last ? { next_cursor: encodeCursor([last.source_contact_id, 0]) } : {}),
    has_more,
  };
};

export const contactRoutes: readonly Route[] = [
  post('/contacts/search', (call) => {
    const body = (call.body ?? {}) as JsonObject;
    return searchContacts(call, body.query, (body.pagination ?? {}) as JsonObject, body.sort);
  }),
  get('/contacts', (call) =>
    searchContacts(
      call,
      'everything',
      { per_page: call.query.get('per_page'), starting_after: call.query.get('starting_after') },
      { field: 'created_at', order: 'descending' },
    ),
  ),
  get(
    '/contacts/activities',
    (call) => {
      const size = wholeNumber(call.query.get('per_page'), 'per_page', perPage, maxPerPage);
      const after = call.query.get('starting_after');
      const all = call.workspace.contactActivities;
      const from = after === null ? 0 : all.findIndex((event) => event.id === after) + 1;
      const data = all.slice(from, from + size);
      const more = from + size < all.length;
      const next = more ? { per_page: size, starting_after: data.at(-1)?.id } : null;
      return { type: 'list', data, pages: { type: 'pages', per_page: size, next } };
    },
    { since: preview },
  ),
  get('/contacts/find_by_external_id/:id', (call) => {
    const contact = call.workspace.contacts.rows().find((row) => row.external_id === call.params.id);
    if (!contact) throw userNotFound();
    return view(call)(contact);
  }),
  get('/contacts/:id', (call) => {
    const contact = call.workspace.contacts.get(call.params.id ?? '');
    if (!contact) throw missing(call, call.params.id ?? '');
    return view(call)(contact);
  }),
  get('/contacts/:id/merge_history', mergeHistory, { since: 16 }),
  get('/contacts/:id/notes', (call) => {
    const contact = contactOf(call);
    const owner = { type: 'contact', id: contact.id } as const;
    return pageOf(call, contact.notes, (note) => noteView(note, owner, call.workspace, call.version), {
      perPage,
      next: 'null',
    });
  }),
  get('/contacts/:id/companies', (call) => {
    const companies = contactOf(call).companies.flatMap((id) => call.workspace.companies.get(id) ?? []);
    return pageOf(call, companies, (row) => companyView(row, call.workspace, call.version), {
      perPage,
      next: 'url',
    });
  }),
  get('/contacts/:id/tags', (call) => ({
    type: 'list',
    data: contactOf(call).tags.map((tag) => appliedTagView(tag, call.workspace)),
  })),
  get('/contacts/:id/segments', (call) => ({
    type: 'list',
    data: segmentsOf(contactOf(call).segments, call.workspace),
  })),
  get('/contacts/:id/subscriptions', (call) => {
    const chosen = contactOf(call).subscriptions;
    return {
      type: 'list',
      data: call.workspace.subscriptionTypes.filter((type) => chosen.includes(String(type.id))),
    };
  }),
];
