import { createWorkspace } from './workspace.ts';

const now = (): number => Date.parse('2025-06-15T12:00:00Z');

describe('a workspace', () => {
  it('is the same for the same seed, and another for another', () => {
    const everything = (seed: number): string => {
      const { contacts, companies, conversations, tickets, lists, activityLogs } = createWorkspace({
        seed,
        now,
      });
      return JSON.stringify(
        [contacts, companies, conversations, tickets]
          .map((table) => table.rows())
          .concat(lists as never, activityLogs as never),
      );
    };
    expect(everything(1)).toBe(everything(1));
    expect(everything(1)).not.toBe(everything(2));
  });

  it('has the sizes that were asked for', () => {
    const { contacts, conversations, companies } = createWorkspace({
      now,
      sizes: { contacts: 7, conversations: 9 },
    });
    expect([contacts.size, conversations.size, companies.size]).toEqual([7, 9, 120]);
  });

  it('keeps rows in the order of updated_at through every change', () => {
    const { contacts, touchContact, createContact, deleteContact } = createWorkspace({
      now,
      sizes: { contacts: 50 },
    });
    const middle = contacts.rows()[20]?.id ?? '';
    touchContact(middle);
    expect(contacts.rows().at(-1)?.id).toBe(middle);
    createContact({ created_at: 1, updated_at: 2 });
    expect(contacts.rows()[0]?.updated_at).toBe(2);
    deleteContact(middle);
    const times = contacts.rows().map((row) => row.updated_at);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(times).toHaveLength(50);
    expect(contacts.between(0, 2)).toHaveLength(1);
  });

  it('counts the members of a company', () => {
    const workspace = createWorkspace({ now });
    for (const company of workspace.companies.rows()) {
      expect(company.user_count).toBe(workspace.contactsOfCompany(company.id).length);
    }
    const company = workspace.companies.rows().find((row) => row.user_count > 0);
    const [member] = workspace.contactsOfCompany(company?.id ?? '');
    workspace.deleteCompany(company?.id ?? '');
    expect(member?.companies).not.toContain(company?.id);
  });

  it('holds no moment later than its making', () => {
    const { contacts, conversations, tickets } = createWorkspace({ now });
    for (const table of [contacts, conversations, tickets]) {
      for (const row of table.rows()) {
        expect(row.created_at).toBeLessThanOrEqual(row.updated_at);
        expect(row.updated_at).toBeLessThan(now() / 1000);
      }
    }
  });
});
