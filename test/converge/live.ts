import type { Workspace } from '../intercom-api/workspace.ts';
import type { Edit } from './history.ts';

/** Lets an edit happen. What there is nothing to do it to does not happen. */
export function live(workspace: Workspace, { does, pick, times }: Edit): void {
  for (let turn = 0; turn < times; turn++) once(workspace, does, pick + turn * 7);
}

function once(workspace: Workspace, does: Edit['does'], pick: number): void {
  const of = <T>(rows: readonly T[]): T | undefined => rows[pick % Math.max(rows.length, 1)];
  const contact = of(workspace.contacts.rows());
  const company = of(workspace.companies.rows());
  const conversation = of(workspace.conversations.rows());
  const ticket = of(workspace.tickets.rows());
  switch (does) {
    case 'create contact':
      workspace.createContact();
      break;
    case 'change contact':
      // Not the name: conversations show it too, and would change without being updated.
      if (contact) workspace.touchContact(contact.id, { phone: `+353${pick}` });
      break;
    case 'tag contact': {
      const tag = of(workspace.tags);
      if (contact && tag && contact.tags.length < 9) workspace.addTag('contact', contact.id, tag.id);
      break;
    }
    case 'merge contacts': {
      const rows = workspace.contacts.rows();
      const into = rows[(pick + 1) % Math.max(rows.length, 1)];
      if (contact && into && contact !== into) workspace.mergeContacts(contact.id, into.id);
      break;
    }
    case 'delete contact':
      if (contact) workspace.deleteContact(contact.id);
      break;
    case 'create company':
      workspace.createCompany();
      break;
    case 'change company':
      if (company) workspace.updateCompany(company.id, { industry: `Industry ${pick}` });
      break;
    case 'delete company':
      if (company) workspace.deleteCompany(company.id);
      break;
    case 'create conversation':
      workspace.createConversation();
      break;
    case 'reply':
      if (conversation) workspace.addConversationPart(conversation.id);
      break;
    case 'close or reopen':
      if (conversation)
        workspace.touchConversation(conversation.id, {
          open: !conversation.open,
          state: conversation.open ? 'closed' : 'open',
        });
      break;
    case 'redact': {
      const part = conversation && of(conversation.parts);
      if (conversation && part) workspace.redactConversationPart(conversation.id, part.id);
      break;
    }
    case 'delete conversation':
      if (conversation) workspace.deleteConversation(conversation.id);
      break;
    case 'create ticket':
      workspace.createTicket();
      break;
    case 'change ticket':
      if (ticket) workspace.addTicketPart(ticket.id);
      break;
    case 'delete ticket':
      if (ticket) workspace.deleteTicket(ticket.id);
      break;
    case 'log in':
      workspace.addActivityLog();
      break;
  }
}
