import { withIntercom } from './with-intercom.ts';

const sizes = { contacts: 2, companies: 1, conversations: 3, tickets: 3, activityLogs: 1 };

describe('more parts than the API shows', () => {
  it.each([
    ['2.11', 620],
    ['2.17', 501],
  ])('are told of in version %s, when there are %i', async (api_version, total) => {
    await withIntercom({ sizes }, async ({ api, clock, sync }) => {
      const { workspace } = api;
      const long = [workspace.createConversation(), workspace.createConversation({ state: 'closed' })];
      const full = workspace.createConversation();
      const ticket = workspace.createTicket();
      for (let part = 0; part < total; part++) {
        for (const { id } of long) workspace.addConversationPart(id);
        if (part < 500) workspace.addConversationPart(full.id);
        workspace.addTicketPart(ticket.id);
      }
      clock.advance(300_000);
      const streams = ['conversations', 'conversation_parts', 'tickets', 'ticket_parts'];
      const { records, errors, warnings } = await sync({ streams, config: { api_version } });
      expect(errors).toEqual([]);
      const cut = { shown: 500, total };
      const marks = (stream: string, field: string, id: unknown) =>
        (records.get(stream) ?? [])
          .filter((record) => String(record[field]) === id)
          .map((record) => record._parts_truncated);
      expect(marks('conversation_parts', 'conversation_id', long[0]?.id)).toEqual(Array(500).fill(cut));
      expect(marks('conversation_parts', 'conversation_id', full.id)).toEqual(Array(500).fill(undefined));
      expect(marks('conversations', 'id', long[1]?.id)).toEqual([cut]);
      expect(marks('conversations', 'id', full.id)).toEqual([undefined]);
      expect(marks('tickets', 'id', ticket.id)).toEqual([cut]);
      expect(marks('ticket_parts', 'ticket_id', ticket.id)).toEqual(Array(500).fill(cut));
      const ids = long.map(({ id }) => id);
      // One warning for each stream, at its end.
      expect(warnings).toHaveLength(4);
      const [parts] = warnings.filter((warning) => warning.startsWith('Stream "conversation_parts"'));
      for (const id of ids) expect(parts).toContain(id);
      for (const stream of ['tickets', 'ticket_parts'])
        expect(warnings.find((warning) => warning.startsWith(`Stream "${stream}"`))).toContain(ticket.id);
      // Read alone it says the same.
      const alone = await sync({ streams: ['ticket_parts'], config: { api_version } });
      expect(alone.records.get('ticket_parts')).toEqual(records.get('ticket_parts'));
      expect(alone.warnings).toEqual(warnings.filter((warning) => warning.includes('"ticket_parts"')));
    });
  });
});
