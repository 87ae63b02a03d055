import {
  createProgress,
  progressTable,
  type StreamProgress,
} from '../../../../engine/commands/sync/progress.ts';

const table = (streams: Readonly<Record<string, Partial<StreamProgress>>>): string[] => {
  const progress = createProgress(Object.keys(streams));
  for (const [name, parts] of Object.entries(streams)) Object.assign(progress.get(name) ?? {}, parts);
  return progressTable(progress.values(), 1000).split('\n');
};
const reached = '2026-11-26T22:52:14Z';

describe('the table at the end of a sync', () => {
  it('fits on a terminal, whatever the names', () => {
    const lines = table({
      conversation_handling_events_of_all_workspaces: { status: 'done', records: 1_234_567, reached },
      conversation_handling_events_of_all_teammates: { status: 'failed', records: 12, reached },
    });
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(80);
    expect(lines[2]).toMatch(/^conversation_ha…l_workspaces +1,234,567 /);
    expect(lines[3]).toMatch(/^conversation_ha…ll_teammates .*failed, 2026-11-26$/);
  });

  it.each([
    [80, 'cursor reached'],
    [70, 'cursor'],
    [60, 'cursor'],
    [52, 'cursor'],
  ])('fits on a terminal of %d columns', (room, head) => {
    const streams = {
      conversation_handling_events: { status: 'done', records: 1_234_567, reached },
    } as const;
    const progress = createProgress(Object.keys(streams));
    for (const [name, parts] of Object.entries(streams)) Object.assign(progress.get(name) ?? {}, parts);
    const lines = progressTable(progress.values(), 1000, room).split('\n');
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(room);
    expect(lines[0]?.endsWith(head)).toBe(true);
    expect(lines[2]).toMatch(room === 80 ? / 2026-11-26T22:52:14Z$/ : / 2026-11-26$/);
  });

  it('says how far a stream came that failed, if anything came', () => {
    const [, , one, other] = table({
      one: { status: 'failed', reached },
      other: { status: 'stopped', records: 3, reached: '17' },
    });
    expect(one).toMatch(/failed$/);
    expect(other).toMatch(/stopped, 17$/);
  });
});
