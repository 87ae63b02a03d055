import { generateParts, type Surroundings } from './generate.ts';
import type { ContactRow, JsonObject, TicketPartRow, TicketRow } from './rows.ts';
import { type Seeded, sentence, since, within } from './seeded.ts';

const categories = ['Customer', 'Back-office', 'Tracker'];
const stateCategories = ['submitted', 'in_progress', 'waiting_on_customer', 'resolved'];

export function generateTicketStates(seeded: Seeded): JsonObject[] {
  return stateCategories.map((category) => ({
    type: 'ticket_state',
    id: seeded.serial('ticket_state'),
    category,
    internal_label: category.replaceAll('_', ' '),
    external_label: category.replaceAll('_', ' '),
    archived: false,
  }));
}

export function generateTicketTypes(seeded: Seeded, workspaceId: string): JsonObject[] {
  return Array.from({ length: seeded.sizes.ticketTypes }, (_, index) => {
    const id = seeded.serial('ticket_type');
    const created_at = within(seeded, 700);
    const updated_at = since(seeded, created_at);
    const attribute = (name: string, order: number): JsonObject => ({
      type: 'ticket_type_attribute',
      id: seeded.serial('ticket_type_attribute'),
      workspace_id: workspaceId,
      name,
      description: '',
      data_type: 'string',
      input_options: { multiline: order > 0 },
      order,
      required_to_create: false,
      required_to_create_for_contacts: false,
      visible_on_create: true,
      visible_to_contacts: true,
      default: true,
      ticket_type_id: Number(id),
      archived: false,
      created_at,
      updated_at,
    });
    return {
      type: 'ticket_type',
      id,
      name: `Ticket type ${index + 1}`,
      description: 'What went wrong',
      icon: '🎟️',
      workspace_id: workspaceId,
      archived: index > 0 && index % 5 === 0,
      created_at,
      updated_at,
      is_internal: false,
      ticket_type_attributes: {
        type: 'list',
        data: [attribute('_default_title_', 0), attribute('_default_description_', 1)],
      },
      category: categories[index % categories.length],
    };
  });
}

export function generateTicket(
  seeded: Seeded,
  around: Surroundings,
  types: readonly JsonObject[],
  states: readonly JsonObject[],
  contacts: readonly ContactRow[],
  created_at = within(seeded, 400),
): TicketRow {
  const { random } = seeded;
  const updated_at = since(seeded, created_at);
  const admin = { type: 'admin', id: random.pick(around.admins).id } as const;
  const state = random.pick(states);
  const parts = generateParts(seeded, random.int(0, 4), created_at, updated_at, [admin]).map(
    (part): TicketPartRow => ({ ...part, previousState: null, state: String(state.category) }),
  );
  const id = seeded.serial('conversation');
  return {
    id,
    ticket_id: seeded.serial('ticket'),
    typeId: String(random.pick(types).id),
    stateId: String(state.id),
    contacts: contacts.length > 0 ? [random.pick(contacts).id] : [],
    admin_assignee_id: random.chance(0.5) ? Number(admin.id) : 0,
    team_assignee_id: 0,
    open: state.category !== 'resolved',
    snoozed_until: null,
    is_shared: random.chance(0.5),
    title: sentence(seeded),
    description: random.chance(0.5) ? sentence(seeded) : null,
    parts,
    created_at,
    updated_at,
  };
}
