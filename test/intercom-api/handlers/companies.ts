import { notFound } from '../error-list.ts';
import { pageOf } from '../paging.ts';
import { type Call, get, post, type Route } from '../route.ts';
import type { CompanyRow, JsonObject } from '../rows.ts';
import type { Field, FieldType } from '../search-query.ts';
import { compareIds } from '../table.ts';
import { companyView, segmentsOf } from '../views/company.ts';
import { contactView } from '../views/contact.ts';
import { noteView } from '../views/people.ts';
import { search } from './search-of.ts';

/** Lists go no further than this; the scroll does. */
const listed = 10_000;

const companyNotFound = () => notFound('Company Not Found', 'company_not_found');

const companyOf = (call: Call): CompanyRow => {
  const company = call.workspace.companies.get(call.params.id ?? '');
  if (!company) throw companyNotFound();
  return company;
};

const view =
  (call: Call) =>
  (row: CompanyRow): JsonObject =>
    companyView(row, call.workspace, call.version);

/** Companies somebody belongs to, by the last request of anybody in them. */
const byLastRequest = (call: Call, ascending = false): CompanyRow[] =>
  call.workspace.companies
    .rows()
    .filter((row) => call.workspace.contactsOfCompany(row.id).length > 0)
    .sort((a, b) => ((a.last_request_at ?? 0) - (b.last_request_at ?? 0)) * (ascending ? 1 : -1))
    .slice(0, listed);

const listCompanies = (call: Call): JsonObject => {
  const { query } = call;
  for (const key of ['company_id', 'name'] as const) {
    const wanted = query.get(key);
    if (wanted === null) continue;
    const found = call.workspace.companies.rows().find((row) => row[key] === wanted);
    if (!found) throw companyNotFound();
    return view(call)(found);
  }
  const [segment, tag] = [query.get('segment_id'), query.get('tag_id')];
  const rows = byLastRequest(call, query.get('order') === 'asc').filter(
    (row) => (segment === null || row.segments.includes(segment)) && (tag === null || row.tags.includes(tag)),
  );
  return pageOf(call, rows, view(call), { perPage: 15, maxPerPage: 60, next: 'url' });
};

const searchable: readonly [keyof CompanyRow & string, FieldType][] = [
  ['id', 'string'],
  ['company_id', 'string'],
  ['name', 'string'],
  ['website', 'string'],
  ['industry', 'string'],
  ['created_at', 'date'],
  ['updated_at', 'date'],
  ['last_request_at', 'date'],
  ['user_count', 'integer'],
  ['session_count', 'integer'],
  ['monthly_spend', 'integer'],
];
const fields = new Map(
  searchable.map(([name, type]): [string, Field<CompanyRow>] => [name, { type, read: (row) => row[name] }]),
);

/** From 2.17 on companies are searched, and none found that nobody belongs to. */
const searchCompanies = (call: Call): JsonObject => {
  const body = (call.body ?? {}) as JsonObject;
  const found = search(call, {
    name: `companies ${call.workspace.contacts.revision}`,
    table: call.workspace.companies,
    dialect: { field: (name) => fields.get(name), dates: 'second', timezone: 'utc' },
    query: body.query,
    only: (row) => row.user_count > 0,
    sort: body.sort,
    pagination: (body.pagination ?? {}) as JsonObject,
    defaultPerPage: 15,
    maxPerPage: 150,
  });
  return {
    type: 'list',
    data: found.rows.map(view(call)),
    total_count: found.total_count,
    pages: found.pages,
  };
};

export const companyRoutes: readonly Route[] = [
  get('/companies/scroll', (call) => {
    const param = call.query.get('scroll_param') ?? undefined;
    const page = call.scroll.read(param, call.workspace.now(), () =>
      [...call.workspace.companies.rows()].sort((a, b) => compareIds(a.id, b.id)),
    );
    return {
      type: 'list',
      data: page.rows.map(view(call)),
      pages: null,
      total_count: null,
      scroll_param: page.param,
    };
  }),
  get('/companies', listCompanies),
  post('/companies/list', listCompanies),
  post('/companies/search', searchCompanies, { since: 17 }),
  get('/companies/:id', (call) => view(call)(companyOf(call))),
  get('/companies/:id/contacts', (call) => {
    const contacts = call.workspace.contactsOfCompany(companyOf(call).id);
    return pageOf(call, contacts, (row) => contactView(row, call.workspace, call.version), {
      perPage: 50,
      next: 'absent',
    });
  }),
  get('/companies/:id/segments', (call) => ({
    type: 'list',
    data: segmentsOf(companyOf(call).segments, call.workspace),
  })),
  get(
    '/companies/:id/notes',
    (call) => {
      const company = companyOf(call);
      const owner = { type: 'company', id: company.id } as const;
      const render = (note: CompanyRow['notes'][number]) =>
        noteView(note, owner, call.workspace, call.version);
      return pageOf(call, company.notes, render, { perPage: 50, next: 'null' });
    },
    { since: 15 },
  ),
];
