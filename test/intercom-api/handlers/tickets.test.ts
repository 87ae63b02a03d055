import type { JsonObject } from '../rows.ts';
import { simulate } from '../simulate.ts';

const start = Date.parse('2025-06-15T12:00:00Z') / 1000;

const withTickets = () => {
  const simulation = simulate({ sizes: { tickets: 0 } });
  const ids = [0, 1, 2].map(
    (offset) => simulation.workspace.createTicket({ created_at: start - 10 + offset }).id,
  );
  const find = async (query: unknown, headers = {}) => {
    const sort = { field: 'updated_at', order: 'ascending' };
    const answer = await simulation.post('/tickets/search', { query, sort }, headers);
    return { ...answer, tickets: (answer.body.tickets ?? []) as JsonObject[] };
  };
  return { ...simulation, ids, find };
};

describe('ticket search', () => {
  it('is inclusive, and knows >= and <= for created_at alone', async () => {
    const { ids, find } = withTickets();
    const found = async (operator: string) =>
      (await find({ field: 'created_at', operator, value: start - 9 })).tickets.map((ticket) => ticket.id);
    expect(await found('>')).toEqual(ids.slice(1));
    expect(await found('<=')).toEqual(ids.slice(0, 2));
    expect((await find({ field: 'updated_at', operator: '>=', value: start })).status).toBe(400);
  });

  it('names categories by their search terms', async () => {
    const { workspace, ids, find } = withTickets();
    const tracker = workspace.ticketTypes.find((type) => type.category === 'Tracker');
    for (const id of ids) workspace.touchTicket(id, { typeId: String(workspace.ticketTypes[0]?.id) });
    workspace.touchTicket(ids[2] ?? '', { typeId: String(tracker?.id) });
    const { tickets } = await find({ field: 'category', operator: '=', value: 'tracker' });
    expect(tickets.map((ticket) => ticket.id)).toEqual([ids[2]]);
  });

  it('answers the parts, and types that change with the version', async () => {
    const { workspace, ids, find } = withTickets();
    workspace.addTicketPart(ids[0] ?? '', { body: 'hello' });
    const one = { field: 'id', operator: '=', value: ids[0] };
    const [old] = (await find(one)).tickets;
    expect(old).toMatchObject({ ticket_parts: { total_count: 1, ticket_parts: [{ body: 'hello' }] } });
    expect(typeof old?.ticket_state).toBe('string');
    expect(typeof old?.admin_assignee_id).toBe('string');
    const [recent] = (await find(one, { 'Intercom-Version': '2.16' })).tickets;
    expect(recent?.ticket_state).toMatchObject({ type: 'ticket_state' });
    expect(typeof recent?.admin_assignee_id).toBe('number');
  });
});

describe('ticket types and states', () => {
  it('hold each other', async () => {
    const { get } = simulate({ version: '2.12' });
    const [type] = (await get('/ticket_types')).body.data as JsonObject[];
    expect(type).toMatchObject({
      ticket_type_attributes: { data: [{}, {}] },
      ticket_states: { data: { length: 4 } },
    });
    const [state] = (await get('/ticket_states')).body.data as JsonObject[];
    expect(state).toMatchObject({ archived: false, ticket_types: { data: { length: 3 } } });
    expect((await get('/ticket_states', { 'Intercom-Version': '2.11' })).code).toBe(
      'intercom_version_invalid',
    );
  });
});
