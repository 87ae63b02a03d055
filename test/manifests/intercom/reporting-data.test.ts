import type { JsonObject } from '../../../engine/util/json/json.ts';
import type { Fault } from '../../intercom-api/faults.ts';
import type { ConversationRow } from '../../intercom-api/rows.ts';
import { schemasAt } from './schemas-at.ts';
import { type Run, withIntercom } from './with-intercom.ts';

const streams = ['reporting_data'];
const options = { exportSeconds: 30, sizes: { conversations: 40 } };

const jobs = ({ api }: Run): readonly JsonObject[] =>
  api.requests
    .filter(({ path, status }) => path === '/export/reporting_data/enqueue' && status === 200)
    .map(({ body }) => body as JsonObject);

const reported = ({ id, created_at, state, updated_at }: ConversationRow) => ({
  'conversation.conversation_id': id,
  'conversation.conversation_started_at': String(created_at),
  'conversation.state': state,
  'conversation.updated_at': String(updated_at),
});
const valuesOf = (records: readonly JsonObject[] = []) =>
  records
    .map(({ values }) => values as JsonObject)
    .sort((a, b) =>
      String(a['conversation.conversation_id']).localeCompare(String(b['conversation.conversation_id'])),
    );
const byId = <Row extends { readonly id: string }>(rows: readonly Row[]): readonly Row[] =>
  [...rows].sort((a, b) => a.id.localeCompare(b.id));

describe('reporting_data', () => {
  it('holds every row of a dataset, with all attributes that the API lists', async () => {
    await withIntercom(options, async (run) => {
      const { records, errors } = await run.sync({ streams });
      expect(errors).toEqual([]);
      const rows = records.get('reporting_data') ?? [];
      expect(valuesOf(rows)).toEqual(byId(run.api.workspace.conversations.rows()).map(reported));
      expect(new Set(rows.map(({ row_id }) => row_id)).size).toBe(rows.length);
      for (const row of rows) {
        expect(Object.keys(row).sort()).toEqual([
          'dataset_id',
          'report_end',
          'report_start',
          'row_id',
          'values',
        ]);
        expect(row.row_id).toMatch(/^[0-9a-f]{32}$/);
        expect(row.dataset_id).toBe('conversation');
        const started = Number((row.values as JsonObject)['conversation.conversation_started_at']);
        expect(started).toBeGreaterThanOrEqual(Number(row.report_start));
        expect(started).toBeLessThanOrEqual(Number(row.report_end));
      }
      const { properties } = (await schemasAt('2.17')).get('reporting_data') ?? {};
      expect(Object.keys(properties as object).sort()).toEqual(Object.keys(rows[0] ?? {}).sort());
    });
  });

  it('asks for the datasets and attributes that the config names, and for the app of its credentials', async () => {
    await withIntercom(options, async (run) => {
      const attribute_ids = ['conversation.state'];
      const config = {
        client_id: 'app-of-mine',
        reporting_datasets: [{ dataset_id: 'conversation', attribute_ids }],
      };
      const { records, errors } = await run.sync({ streams, config });
      expect(errors).toEqual([]);
      expect(jobs(run).map((job) => job.attribute_ids)).toEqual(jobs(run).map(() => attribute_ids));
      expect(records.get('reporting_data')?.map(({ values }) => Object.keys(values as object))).toEqual(
        run.api.workspace.conversations.rows().map(() => ['conversation.state']),
      );
      const polls = run.api.requests.filter(({ path }) =>
        /^\/export\/reporting_data\/(?!enqueue|get_)/.test(path),
      );
      expect(polls.length).toBeGreaterThan(0);
      for (const { query, path } of polls)
        expect(query).toEqual({
          app_id: run.api.workspace.id,
          client_id: 'app-of-mine',
          job_identifier: path.split('/').at(-1),
        });
    });
  });

  it('asks for nothing of a dataset that is not named', async () => {
    await withIntercom(options, async (run) => {
      const config = { reporting_datasets: [{ dataset_id: 'call' }] };
      const { records, errors } = await run.sync({ streams, config });
      expect([errors, records.get('reporting_data') ?? [], jobs(run)]).toEqual([[], [], []]);
    });
  });

  it('goes on at the end of the last report', async () => {
    await withIntercom(options, async (run) => {
      const first = await run.sync({ streams });
      const before = jobs(run);
      await run.clock.sleep(86_400_000);
      const second = await run.sync({ streams, states: first.states });
      expect(second.errors).toEqual([]);
      const [next, ...others] = jobs(run).slice(before.length);
      expect(others).toEqual([]);
      const ends = before.map(({ end_time }) => Number(end_time));
      expect(next).toMatchObject({ start_time: Math.max(...ends) });
    });
  });

  it('waits for its turn while five other reports are prepared', async () => {
    const faults: Fault[] = [
      { kind: 'status', code: 429, match: { path: '/export/reporting_data/enqueue', times: 3 } },
    ];
    await withIntercom({ ...options, faults }, async (run) => {
      const { errors, records } = await run.sync({ streams });
      expect(errors).toEqual([]);
      expect(records.get('reporting_data')).toHaveLength(40);
      expect(run.api.requests.filter(({ status }) => status === 429)).toHaveLength(3);
    });
  });
});
