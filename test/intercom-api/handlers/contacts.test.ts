import type { JsonObject } from '../rows.ts';
import { type SimulateOptions, simulate } from '../simulate.ts';

const at = (iso: string): number => Date.parse(iso) / 1000;
const few = { contacts: 0, conversations: 0, tickets: 0, calls: 0 };

const withContacts = (times: readonly string[], options: SimulateOptions = {}) => {
  const simulation = simulate({ timezone: 'America/New_York', sizes: few, ...options });
  const ids = times.map(
    (time) => simulation.workspace.createContact({ role: 'user', created_at: at(time) }).id,
  );
  const find = async (query: unknown, more: JsonObject = {}) => {
    const answer = await simulation.post('/contacts/search', { query, ...more });
    const data = (answer.body.data ?? []) as JsonObject[];
    return { ...answer, found: data.map((contact) => ids.indexOf(String(contact.id))) };
  };
  return { ...simulation, ids, find };
};
const ascending = { sort: { field: 'updated_at', order: 'ascending' } };

describe('contact search', () => {
  // Three moments around midnight of New York (04:00 UTC in June).
  const moments = [
    '2025-06-10T03:59:59Z',
    '2025-06-10T04:00:00Z',
    '2025-06-11T03:59:59Z',
    '2025-06-11T04:00:00Z',
  ];
  const updated = (operator: string, time: string) => ({ field: 'updated_at', operator, value: at(time) });
  const nine = '2025-06-10T13:00:00Z';

  it('matches dates by whole days of the time zone', async () => {
    const { find } = withContacts(moments);
    expect((await find(updated('=', nine), ascending)).found).toEqual([1, 2]);
    expect((await find(updated('>', nine), ascending)).found).toEqual([3]);
    expect((await find(updated('<', nine), ascending)).found).toEqual([0]);
  });

  it('joins filters with OR and AND', async () => {
    const { find } = withContacts(moments);
    const orEqual = { operator: 'OR', value: [updated('>', nine), updated('=', nine)] };
    expect((await find(orEqual, ascending)).found).toEqual([1, 2, 3]);
    const both = { operator: 'AND', value: [orEqual, { field: 'role', operator: '!=', value: 'user' }] };
    expect((await find(both)).found).toEqual([]);
  });

  it('knows no other operators on dates up to 2.16', async () => {
    const { find } = withContacts(moments, { version: '2.16' });
    for (const operator of ['>=', '<=', '!=', 'IN', 'NIN'])
      expect((await find(updated(operator, nine))).status).toBe(400);
  });

  it('is exact to the second in Preview', async () => {
    const { find } = withContacts(moments, { version: 'Preview' });
    expect((await find(updated('>', moments[1] ?? ''), ascending)).found).toEqual([2, 3]);
    expect((await find(updated('>=', moments[1] ?? ''), ascending)).found).toEqual([1, 2, 3]);
  });

  it('sorts in descending order when nothing else is asked, and refuses other orders', async () => {
    const { find } = withContacts(moments);
    const all = { field: 'role', operator: 'IN', value: ['user'] };
    expect((await find(all)).found).toEqual([3, 2, 1, 0]);
    const refused = await find(all, { sort: { field: 'updated_at', order: 'asc' } });
    expect([refused.status, refused.code]).toEqual([400, 'invalid_sort_order']);
  });

  it('goes on behind the cursor even when rows moved meanwhile', async () => {
    const { find, workspace, ids } = withContacts(moments);
    const all = { field: 'updated_at', operator: '>', value: 0 };
    const first = await find(all, { ...ascending, pagination: { per_page: 2 } });
    expect(first.found).toEqual([0, 1]);
    expect(first.body).toMatchObject({ total_count: 4, pages: { page: 1, per_page: 2, total_pages: 2 } });
    const { next } = first.body.pages as { next: JsonObject };
    workspace.touchContact(ids[0] ?? '');
    const second = await find(all, { ...ascending, pagination: { per_page: 5, ...next } });
    expect(second.found).toEqual([2, 3, 0]);
    expect(second.body.pages).not.toHaveProperty('next');
  });

  it('refuses what the documentation does not allow', async () => {
    const { find } = withContacts(moments);
    const role = { field: 'role', operator: '=', value: 'user' };
    const group = (value: unknown[]) => ({ operator: 'AND', value });
    expect((await find(group(Array(16).fill(role)))).status).toBe(400);
    expect((await find(group(Array(15).fill(role)))).status).toBe(200);
    expect((await find(group([group([group([role])])]))).status).toBe(400);
    expect((await find(role, { pagination: { per_page: 151 } })).status).toBe(400);
    expect((await find(role, { pagination: { starting_after: 'made up' } })).code).toBe('client_error');
    expect((await find({ ...role, field: 'nonsense' })).code).toBe('invalid_field');
    expect((await find({ field: 'updated_at', operator: '>', value: 'foobar' })).status).toBe(400);
    expect((await find({ field: 'tag_id', operator: 'IN', value: ['1'] })).status).toBe(400);
    expect((await find(undefined)).code).toBe('parameter_not_found');
  });
});

describe('merged contacts', () => {
  it('leave search and answer 410 from 2.16, 404 before', async () => {
    const { find, get, workspace, ids } = withContacts([
      '2025-06-01T00:00:00Z',
      '2025-06-02T00:00:00Z',
      '2025-06-03T00:00:00Z',
    ]);
    const [a, b, c] = ids as [string, string, string];
    workspace.mergeContacts(a, b);
    workspace.mergeContacts(b, c);
    expect((await find({ field: 'role', operator: '=', value: 'user' })).found).toEqual([2]);
    expect((await get(`/contacts/${a}`)).status).toBe(404);
    const gone = await get(`/contacts/${a}`, { 'Intercom-Version': '2.16' });
    expect([gone.status, gone.code]).toEqual([410, 'contact_merged']);
    expect(gone.headers.get('link')).toBe(`</contacts/${c}>; rel="canonical"`);
    const history = await get(`/contacts/${c}/merge_history`, { 'Intercom-Version': '2.16' });
    expect(history.body).toMatchObject({
      has_more: false,
      data: [{ source_contact_id: b, source_contact_role: 'user' }],
    });
    const events = await get('/contacts/activities', { 'Intercom-Version': 'Preview' });
    const kinds = (events.body.data as JsonObject[]).map((event) => event.event_type);
    expect(kinds.slice(-2)).toEqual(['contact.merged', 'contact.merged']);
  });
});

describe('the rest of a contact', () => {
  it('shows ten tags of a contact and the rest at their own address', async () => {
    const { workspace, get, ids } = withContacts(['2025-06-01T00:00:00Z']);
    const id = ids[0] ?? '';
    workspace.touchContact(id, { tags: [] });
    for (let index = 0; index < 12; index++)
      workspace.addTag('contact', id, workspace.createTag(`t${index}`).id);
    expect((await get(`/contacts/${id}`)).body.tags).toMatchObject({
      total_count: 12,
      has_more: true,
      data: { length: 10 },
    });
    expect((await get(`/contacts/${id}/tags`)).body.data).toHaveLength(12);
    expect((await get('/contacts/none/tags')).body.errors).toEqual([
      { code: 'not_found', message: 'User Not Found' },
    ]);
  });

  it('links the next page of companies by URL, and pages notes without a link', async () => {
    const { workspace, get, ids } = withContacts(['2025-06-01T00:00:00Z']);
    const id = ids[0] ?? '';
    for (let index = 0; index < 3; index++) workspace.attachCompany(id, workspace.createCompany().id);
    workspace.addNote(id, 'hello');
    const companies = await get(`/contacts/${id}/companies?per_page=2`);
    expect(companies.body.pages).toMatchObject({
      next: expect.stringMatching(/^https:.*per_page=2&page=2$/),
      total_pages: 2,
    });
    expect((await get(`/contacts/${id}/companies?per_page=2&page=2`)).body).toMatchObject({
      pages: { next: null },
      data: [{}],
    });
    expect((await get(`/contacts/${id}/notes`)).body).toMatchObject({
      data: [{ body: 'hello' }],
      pages: { next: null },
    });
  });

  it('types owner_id as the version does', async () => {
    const { workspace, get, ids } = withContacts(['2025-06-01T00:00:00Z']);
    workspace.touchContact(ids[0] ?? '', { ownerId: 7 });
    expect((await get(`/contacts/${ids[0]}`)).body.owner_id).toBe(7);
    expect((await get(`/contacts/${ids[0]}`, { 'Intercom-Version': '2.16' })).body.owner_id).toBe('7');
  });
});
