import type { Workspace } from './workspace.ts';

/** What happens in a workspace between two syncs, each round to other records. */
export function liveOn(workspace: Workspace, round: number): void {
  const contacts = workspace.contacts.rows();
  const conversations = workspace.conversations.rows();
  for (let index = 0; index < 3; index++) {
    const contact = contacts[(round * 31 + index * 7) % contacts.length];
    // Not the name: conversations show it too, and would change without being updated.
    if (contact !== undefined)
      workspace.touchContact(contact.id, { phone: `+3531${String(round * 10 + index).padStart(7, '0')}` });
  }
  const conversation = conversations[(round * 17) % conversations.length];
  if (conversation !== undefined) workspace.addConversationPart(conversation.id);
  workspace.createContact();
  workspace.createConversation();
  workspace.addActivityLog();
}
