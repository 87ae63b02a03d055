import type { StreamState } from '../../../engine/contract/families.ts';
import type { JsonObject } from '../../../engine/util/json/json.ts';
import { listed } from './listed.ts';
import { expectNothingLost, sorted, withIntercom } from './with-intercom.ts';

describe('at the edges of windows and days', () => {
  const startDate = '2025-01-10T05:00:00Z';
  const start = Date.parse(startDate) / 1000;
  const now = Date.parse('2025-06-15T12:00:00Z') / 1000;
  const step = 30 * 86_400;
  const zones = ['UTC', 'America/Los_Angeles', 'Australia/Lord_Howe', 'Pacific/Kiritimati', 'Asia/Kathmandu'];

  /** Seconds around every boundary of a window, and around midnight where the clocks change. */
  const edges = (): number[] => {
    const moments = [
      start,
      now,
      Date.parse('2025-03-09T08:00:00Z') / 1000,
      Date.parse('2025-04-05T15:00:00Z') / 1000,
    ];
    for (let edge = start; edge < now; edge += step) moments.push(edge);
    return moments.flatMap((moment) => [-3601, -1, 0, 1, 3600].map((offset) => moment + offset));
  };
  const none = { contacts: 1, companies: 1, conversations: 1, tickets: 1, activityLogs: 1 };

  it.each(zones)('nothing is lost and nothing comes twice in %s', async (timezone) => {
    await withIntercom({ timezone, sizes: none }, async ({ api, clock, sync }) => {
      const { workspace } = api;
      for (const at of edges().filter((moment) => moment <= now)) {
        const times = { created_at: at - 10, updated_at: at };
        workspace.createContact(times);
        workspace.createConversation(times);
        workspace.createTicket(times);
        workspace.addActivityLog({ created_at: at });
      }
      const streams = ['contacts', 'conversations', 'tickets', 'activity_logs'] as const;
      clock.advance(300_000);
      const first = await sync({ streams, config: { start_date: startDate } });
      expect(first.errors).toEqual([]);
      const all = await listed(workspace);
      for (const stream of streams) {
        const inRange = all[stream].filter((row) => Number(row.updated_at ?? row.created_at) >= start);
        expect([stream, sorted(stream, first.records.get(stream) ?? [])]).toEqual([
          stream,
          sorted(stream, inRange),
        ]);
      }
      // A record of the very second that the state names, written after it was read.
      const late = workspace.createContact({ created_at: now, updated_at: now });
      clock.advance(300_000);
      const second = await sync({ streams, config: { start_date: startDate }, states: first.states });
      expect(second.records.get('contacts')?.map(({ id }) => id)).toContain(late.id);
    });
  });
});

describe('a sync that is killed', () => {
  it.each([
    ['as usual', []],
    ['not keeping the order', [{ kind: 'unordered', match: {} } as const]],
  ])('goes on from its last state without a loss, the API %s', async (_name, faults) => {
    const streams = [
      'contacts',
      'conversations',
      'conversation_parts',
      'tickets',
      'companies',
      'company_segments',
    ] as const;
    const sizes = { contacts: 60, conversations: 30, companies: 20, tickets: 20 };
    await withIntercom({ faults, sizes }, async ({ api, clock, sync }) => {
      const cuts: { records: Map<string, JsonObject[]>; states: Map<string, StreamState> }[] = [];
      const records = new Map<string, JsonObject[]>();
      const states = new Map<string, StreamState>();
      let events = 0;
      await sync({
        streams,
        onEvent(event) {
          if (event.kind === 'records')
            records.set(event.stream, [...(records.get(event.stream) ?? []), ...event.records]);
          // States are wanted often: one is due after five minutes.
          clock.advance(20_000);
          if (event.kind !== 'state') return;
          states.set(event.stream, structuredClone(event.state));
          if (++events % 30 === 7 && cuts.length < 4) cuts.push(structuredClone({ records, states }));
        },
      });
      expect(cuts.length).toBeGreaterThan(2);
      for (const cut of cuts) {
        const rest = await sync({ streams, states: cut.states });
        await expectNothingLost(api, [{ ...rest, records: cut.records }, rest], streams);
      }
    });
  });
});
