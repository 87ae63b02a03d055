import type { JsonObject, TicketRow } from '../rows.ts';
import type { WorkspaceData } from '../workspace.ts';
import { mostParts } from './conversation.ts';
import { contactList, linkedObjects, personView } from './people.ts';

/** The state of a ticket inside other records: no `archived`, no types. */
const stateBasic = (state: JsonObject): JsonObject => ({
  type: 'ticket_state',
  id: state.id,
  category: state.category,
  internal_label: state.internal_label,
  external_label: state.external_label,
});

/** A ticket type as /ticket_types answers it: with the states from 2.12 on. */
export const ticketTypeView = (type: JsonObject, data: WorkspaceData, version: number): JsonObject => ({
  ...type,
  ...(version >= 12 ? { ticket_states: { type: 'list', data: data.ticketStates.map(stateBasic) } } : {}),
});

export function ticketView(row: TicketRow, data: WorkspaceData, version: number): JsonObject {
  const type = data.ticketTypes.find((candidate) => candidate.id === row.typeId);
  const state = data.ticketStates.find((candidate) => candidate.id === row.stateId) ?? {};
  const assignee = (id: number): number | string => (version >= 16 ? id : String(id));
  return {
    type: 'ticket',
    id: row.id,
    ticket_id: row.ticket_id,
    ticket_attributes: { _default_title_: row.title, _default_description_: row.description },
    ...(version >= 12
      ? { ticket_state: stateBasic(state) }
      : {
          ticket_state: state.category,
          ticket_state_internal_label: state.internal_label,
          ticket_state_external_label: state.external_label,
        }),
    ...(version >= 16 ? { previous_ticket_state_id: null } : {}),
    channel: 'messenger',
    ticket_type: type ?? null,
    contacts: contactList(row.contacts, data),
    admin_assignee_id: assignee(row.admin_assignee_id),
    team_assignee_id: assignee(row.team_assignee_id),
    created_at: row.created_at,
    updated_at: row.updated_at,
    ticket_parts: {
      type: 'ticket_part.list',
      ticket_parts: row.parts.slice(-mostParts).map((part) => ({
        type: 'ticket_part',
        id: part.id,
        part_type: part.part_type,
        body: part.body,
        ...(part.previousState === null ? {} : { previous_ticket_state: part.previousState }),
        ...(part.state === null ? {} : { ticket_state: part.state }),
        created_at: part.created_at,
        updated_at: part.updated_at,
        assigned_to: part.assignedTo,
        author: personView(part.author, data),
        attachments: [],
        external_id: null,
        redacted: part.redacted,
      })),
      total_count: row.parts.length,
    },
    open: row.open,
    snoozed_until: row.snoozed_until,
    linked_objects: linkedObjects(row.links),
    category: type?.category ?? 'Customer',
    is_shared: row.is_shared,
  };
}
