import type { Fault } from '../../intercom-api/faults.ts';
import { listed, type StreamName, streamNames } from './listed.ts';
import { listedMore, type MoreStreamName, moreStreamNames, reportStreamName } from './listed-more.ts';
import type { SyncResult } from './sync-intercom.ts';
import { type Run, withIntercom, withIntercomServer } from './with-intercom.ts';

const all = [...new Set<string>([...streamNames, ...moreStreamNames, reportStreamName])];
const sizes = { contacts: 12, companies: 6, conversations: 6, tickets: 4, calls: 4, articles: 8, macros: 4 };
const noLag: Fault = { kind: 'index-lag', seconds: 0, match: {} };
const options = (...faults: Fault[]) => ({ sizes, exportSeconds: 1, faults: [noLag, ...faults] });
const status = (code: number, match: Fault['match'], body?: unknown): Fault => ({
  kind: 'status',
  code,
  match,
  ...(body !== undefined && { body }),
});

/** How many records of each stream there are. */
const counts = ({ records }: SyncResult) =>
  Object.fromEntries(all.map((name) => [name, records.get(name)?.length ?? 0]));

let well: Record<string, number>;

async function expectAll({ sync }: Run): Promise<void> {
  const result = await sync({ streams: all });
  expect(result.errors).toEqual([]);
  expect(counts(result)).toEqual(well);
}

beforeAll(async () => {
  await withIntercom(options(), async ({ api, sync }) => {
    const result = await sync({ streams: all });
    expect(result.errors).toEqual([]);
    well = counts(result);
    const lists: Partial<Record<StreamName | MoreStreamName, readonly unknown[]>> = {
      ...(await listed(api.workspace, '2.17')),
      ...(await listedMore(api.workspace, '2.17')),
    };
    expect(all.filter((name) => (lists[name as StreamName]?.length ?? 0) > 0 && well[name] === 0)).toEqual(
      [],
    );
  });
});

describe('every stream', () => {
  it.each([
    ['answers of 429', status(429, { path: /^(?!\/export)/, every: 13 })],
    ['answers of 500', status(500, { path: /^(?!\/(export|companies\/scroll))/, every: 11 })],
    [
      'a status of 200 with what is no JSON',
      status(200, { path: /^(?!\/(export|companies\/scroll))/, every: 17 }, '<html>Maintenance</html>'),
    ],
  ])('comes through %s', async (_what, fault) => {
    await withIntercom(options(fault), expectAll);
  });

  it('comes through connections that break', async () => {
    const match = { path: /^(?!\/(export|companies\/scroll))/, every: 19 };
    await withIntercomServer(options({ kind: 'cut', match }), expectAll);
  });

  it('says which permission is missing, and that no other stream is to blame', async () => {
    await withIntercom(options(status(403, {})), async ({ sync }) => {
      const failed = new Map<string, string>();
      await sync({
        streams: all,
        onEvent(event) {
          if (event.kind === 'error') failed.set(event.stream, `${event.error.kind}: ${event.error.message}`);
          if (event.kind === 'records') failed.set(event.stream, 'has records');
        },
      });
      const unclear = all.filter(
        (name) => !/^config_error: .*lacks a permission/.test(failed.get(name) ?? ''),
      );
      expect(unclear).toEqual([]);
    });
  });

  it('goes on when what it is asked about is gone meanwhile', async () => {
    const child =
      /^\/(contacts|companies|conversations|articles|news\/newsfeeds|help_center\/help_centers|office_hours_schedules|teams|data_connectors|events)\/(?!search|scroll|deleted|attributes)[^/]+/;
    await withIntercom(options(status(404, { path: child, every: 2 })), async ({ sync }) => {
      const result = await sync({ streams: all });
      expect(result.errors).toEqual([]);
      const more = Object.entries(counts(result)).filter(([name, count]) => count > (well[name] ?? 0));
      expect(more).toEqual([]);
      const fewer = Object.entries(counts(result)).filter(([name, count]) => count < (well[name] ?? 0));
      expect(fewer.length).toBeGreaterThan(5);
    });
  });
});
