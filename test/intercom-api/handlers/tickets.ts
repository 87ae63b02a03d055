import { notFound } from '../error-list.ts';
import { get, post, type Route } from '../route.ts';
import type { JsonObject, TicketRow } from '../rows.ts';
import { ticketFields } from '../search-fields.ts';
import type { Field } from '../search-query.ts';
import { ticketTypeView, ticketView } from '../views/ticket.ts';
import type { WorkspaceData } from '../workspace.ts';
import { search } from './search-of.ts';

const fieldsOf = new WeakMap<WorkspaceData, (name: string) => Field<TicketRow> | undefined>();

export const ticketRoutes: readonly Route[] = [
  post(
    '/tickets/search',
    (call) => {
      const { workspace, version } = call;
      const body = (call.body ?? {}) as JsonObject;
      const field = fieldsOf.get(workspace) ?? ticketFields(workspace);
      fieldsOf.set(workspace, field);
      const found = search(call, {
        name: 'tickets',
        table: workspace.tickets,
        dialect: { field, dates: 'orEqual', timezone: 'utc' },
        query: body.query,
        sort: body.sort,
        pagination: (body.pagination ?? {}) as JsonObject,
        defaultPerPage: 20,
        maxPerPage: 150,
      });
      return {
        type: 'ticket.list',
        pages: found.pages,
        total_count: found.total_count,
        tickets: found.rows.map((row) => ticketView(row, workspace, version)),
      };
    },
    { since: 10 },
  ),
  get(
    '/tickets/:id',
    (call) => {
      const row = call.workspace.tickets.get(call.params.id ?? '');
      if (!row) throw notFound('Ticket not found', 'ticket_not_found');
      return ticketView(row, call.workspace, call.version);
    },
    { since: 9 },
  ),
  get(
    '/ticket_types',
    ({ workspace, version }) => ({
      type: 'list',
      data: workspace.ticketTypes.map((type) => ticketTypeView(type, workspace, version)),
    }),
    { since: 9 },
  ),
  get(
    '/ticket_types/:id',
    ({ workspace, version, params }) => {
      const type = workspace.ticketTypes.find((candidate) => candidate.id === params.id);
      if (!type) throw notFound();
      return ticketTypeView(type, workspace, version);
    },
    { since: 9 },
  ),
  get(
    '/ticket_states',
    ({ workspace }) => ({
      type: 'list',
      data: workspace.ticketStates.map((state) => ({
        ...state,
        ticket_types: {
          type: 'list',
          data: workspace.ticketTypes.map(
            ({ type, id, name, description, icon, archived, is_internal, category }) => ({
              ...{ type, id, name, description, icon, archived, is_internal, category },
            }),
          ),
        },
      })),
    }),
    { since: 12 },
  ),
];
