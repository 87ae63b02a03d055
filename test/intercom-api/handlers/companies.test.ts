import type { JsonObject } from '../rows.ts';
import { simulate } from '../simulate.ts';

const simulation = () => simulate({ sizes: { companies: 25 }, scrollPageSize: 10 });
const names = (body: JsonObject): unknown[] => (body.data as JsonObject[]).map((company) => company.id);

describe('the companies scroll', () => {
  it('ends with an empty page and then is free again', async () => {
    const { get } = simulation();
    const first = await get('/companies/scroll');
    expect(first.body).toMatchObject({
      type: 'list',
      pages: null,
      total_count: null,
      scroll_param: expect.any(String),
    });
    const next = `/companies/scroll?scroll_param=${first.body.scroll_param}`;
    const pages = [await get(next), await get(next), await get(next)].map(({ body }) => names(body));
    expect(pages.map((page) => page.length)).toEqual([10, 5, 0]);
    expect(new Set([...names(first.body), ...pages.flat()]).size).toBe(25);
    expect((await get(next)).status).toBe(404);
    expect((await get('/companies/scroll')).status).toBe(200);
  });

  it('is one at a time', async () => {
    const { get } = simulation();
    await get('/companies/scroll');
    const second = await get('/companies/scroll');
    expect([second.status, second.code]).toEqual([400, 'scroll_exists']);
  });

  it('is gone after a minute without a request', async () => {
    const { get, pass } = simulation();
    const { body } = await get('/companies/scroll');
    const next = `/companies/scroll?scroll_param=${body.scroll_param}`;
    pass(59);
    expect((await get(next)).status).toBe(200);
    pass(60);
    expect((await get(next)).code).toBe('not_found');
    expect((await get('/companies/scroll')).status).toBe(200);
  });
});

describe('companies', () => {
  it('are listed by page with links, without those nobody belongs to', async () => {
    const { get, workspace } = simulate({ sizes: { companies: 0, contacts: 3 } });
    const used = workspace.createCompany();
    workspace.createCompany();
    workspace.attachCompany(workspace.contacts.rows()[0]?.id ?? '', used.id);
    const { body } = await get('/companies');
    expect(names(body)).toEqual([used.id]);
    expect(body.pages).toMatchObject({ next: null, per_page: 15 });
  });

  it('have segments, contacts and, from 2.15, notes', async () => {
    const { get, workspace } = simulation();
    const row = workspace.companies.rows().find((company) => company.segments.length > 1);
    const { body } = await get(`/companies/${row?.id}/segments`);
    expect(names(body).sort()).toEqual([...(row?.segments ?? [])].sort());
    const members = await get(`/companies/${row?.id}/contacts`);
    expect(members.body.total_count).toBe(workspace.contactsOfCompany(row?.id ?? '').length);
    expect((await get(`/companies/${row?.id}/notes`)).code).toBe('intercom_version_invalid');
    expect((await get(`/companies/${row?.id}/notes`, { 'Intercom-Version': '2.15' })).status).toBe(200);
    expect((await get('/companies/none/segments')).code).toBe('company_not_found');
  });

  it('leave unset fields out and answer an empty plan', async () => {
    const { get, workspace } = simulation();
    const { id } = workspace.createCompany({ planId: null, size: null, last_request_at: null });
    const { body } = await get(`/companies/${id}`);
    expect(body.plan).toEqual({});
    expect(body).not.toHaveProperty('size');
    expect(body).not.toHaveProperty('last_request_at');
  });
});

it('only Preview searches companies, those that somebody belongs to', async () => {
  const { post, workspace } = simulate({ sizes: { companies: 0, contacts: 2 } });
  const used = workspace.createCompany();
  workspace.createCompany();
  workspace.attachCompany(workspace.contacts.rows()[0]?.id ?? '', used.id);
  const query = { field: 'updated_at', operator: '>', value: 0 };
  expect((await post('/companies/search', { query })).code).toBe('intercom_version_invalid');
  const { body } = await post('/companies/search', { query }, { 'Intercom-Version': 'Preview' });
  expect(names(body)).toEqual([used.id]);
});
