import { configure } from '../../../../engine/connector/connector.ts';
import { loadManifest } from '../../../../engine/connector/load-manifest.ts';
import type { SyncEvent } from '../../../../engine/sync/read/sync-event.ts';
import type { JsonObject } from '../../../../engine/util/json/json.ts';
import { fakeClock, fakeTransport } from '../../../kit/scope.ts';

const incremental_sync = {
  type: 'DatetimeBasedCursor',
  cursor_field: 'updated_at',
  datetime_format: '%Y-%m-%d',
  start_datetime: '2024-01-01',
};

const stream = (path: string, more: JsonObject = {}) => ({
  type: 'DeclarativeStream',
  name: 'items',
  schema_loader: { type: 'InlineSchemaLoader', schema: {} },
  retriever: {
    type: 'SimpleRetriever',
    requester: { type: 'HttpRequester', url: `http://api.test${path}` },
    record_selector: { type: 'RecordSelector', extractor: { type: 'DpathExtractor', field_path: [] } },
  },
  ...more,
});

interface Options {
  readonly fields?: JsonObject;
  readonly state?: JsonObject;
}

/** What was asked for and which states were sent, on 15 July 2024. */
async function read({ fields = {}, state }: Options) {
  const value = {
    version: '7.0.0',
    type: 'DeclarativeSource',
    check: { type: 'CheckStream', stream_names: ['items'] },
    streams: [
      {
        type: 'StateDelegatingStream',
        name: 'items',
        full_refresh_stream: stream('/all', { incremental_sync }),
        incremental_stream: stream('/changes', { incremental_sync }),
        ...fields,
      },
    ],
  };
  const transport = fakeTransport(() => ({ body: [{ id: 1, updated_at: '2024-07-14' }] }));
  const clock = fakeClock(Date.UTC(2024, 6, 15));
  const connector = configure(loadManifest({ name: 'x.yaml' }, { value }), {}, { transport, clock });
  const events: SyncEvent[] = [];
  const states = new Map(state === undefined ? [] : [['items', state]]);
  for await (const event of connector.read({ streams: [{ name: 'items' }], states })) events.push(event);
  await connector.close();
  return {
    paths: transport.requests.map(({ url }) => url.pathname),
    states: events.flatMap((event) => (event.kind === 'state' ? [event.state] : [])),
    errors: events.flatMap((event) => (event.kind === 'error' ? [event.error.message] : [])),
  };
}

describe('StateDelegatingStream', () => {
  it('reads everything without a state', async () => {
    expect((await read({})).paths).toEqual(['/all']);
    expect((await read({ state: {} })).paths).toEqual(['/all']);
  });

  it('reads changes from a state on', async () => {
    expect((await read({ state: { updated_at: '2024-07-13' } })).paths).toEqual(['/changes']);
  });

  it('drops a state that is older than what the API keeps', async () => {
    const { paths, states } = await read({
      fields: { api_retention_period: 'P7D' },
      state: { updated_at: '2024-07-01' },
    });
    expect(paths).toEqual(['/all']);
    expect(states[0]).toEqual({});
    expect(states.at(-1)).toEqual({ updated_at: '2024-07-14' });
  });

  it('keeps a state that the API still covers', async () => {
    const fields = { api_retention_period: '{{ "P7D" }}' };
    expect((await read({ fields, state: { updated_at: '2024-07-13' } })).paths).toEqual(['/changes']);
  });

  it('takes the position of all partitions for the age of a partitioned state', async () => {
    const partition_router = { type: 'ListPartitionRouter', values: ['a'], cursor_field: 'x' };
    const changes = stream('/changes', { incremental_sync });
    const fields = {
      api_retention_period: 'P7D',
      incremental_stream: { ...changes, retriever: { ...changes.retriever, partition_router } },
      full_refresh_stream: stream('/all'),
    };
    const recent = { states: [], state: { updated_at: '2024-07-13' } };
    expect((await read({ fields, state: recent })).paths).toEqual(['/changes']);
    expect((await read({ fields, state: { states: [], state: {} } })).paths).toEqual(['/all']);
  });

  it('goes on with changes after everything was read by a stream without a cursor', async () => {
    const fields = { api_retention_period: 'P7D', full_refresh_stream: stream('/all') };
    const { paths } = await read({ fields, state: { __ab_no_cursor_state_message: true } });
    expect(paths).toEqual(['/changes']);
  });

  it('wants one name for all', async () => {
    const { errors } = await read({ fields: { full_refresh_stream: stream('/all', { name: 'others' }) } });
    expect(errors).toEqual([expect.stringContaining('one is "items" and the other "others"')]);
  });
});
