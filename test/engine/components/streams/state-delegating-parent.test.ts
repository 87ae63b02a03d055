import { readStream } from '../../../kit/read-manifest.ts';
import { fakeClock } from '../../../kit/scope.ts';

const parent = (path: string) => `
            type: DeclarativeStream
            name: parents
            incremental_sync:
              { type: DatetimeBasedCursor, cursor_field: at, datetime_format: "%Y-%m-%d", start_datetime: "2024-01-01" }
            retriever:
              requester: { url: "https://api.test/${path}" }
              record_selector: { extractor: { field_path: [] } }`;

const child = `
name: children
incremental_sync:
  { type: DatetimeBasedCursor, cursor_field: at, datetime_format: "%Y-%m-%d", start_datetime: "2024-01-01" }
retriever:
  requester: { url: "https://api.test/children/{{ stream_partition.id }}" }
  record_selector: { extractor: { field_path: [] } }
  partition_router:
    type: SubstreamPartitionRouter
    parent_stream_configs:
      - parent_key: id
        partition_field: id
        incremental_dependency: true
        stream:
          type: StateDelegatingStream
          name: parents
          api_retention_period: P7D
          full_refresh_stream:${parent('all')}
          incremental_stream:${parent('changes')}
`;
const stateAt = (at: string) => ({
  use_global_cursor: false,
  states: [{ partition: { id: 1, parent_slice: {} }, cursor: { at } }],
  state: { at },
  lookback_window: 1,
  parent_state: { parents: { at } },
});
const api = ({ url }: { readonly url: URL }) => ({ body: [{ id: 1, at: '2024-07-14', from: url.pathname }] });

describe('a StateDelegatingStream as a parent', () => {
  it.each([
    ['is read in full when its state is older than the API keeps changes', '2024-06-01', '/all'],
    ['is asked for changes while the API still has them', '2024-07-13', '/changes'],
  ])('%s', async (_, at, path) => {
    const clock = fakeClock(Date.UTC(2024, 6, 15));
    const { asked, states, statuses } = await readStream(child, api, { state: stateAt(at), clock });
    expect(asked[0]).toBe(`GET ${path}`);
    expect(statuses.at(-1)).toBe('COMPLETE');
    expect(states.at(-1)?.parent_state).toEqual({ parents: { at: '2024-07-14' } });
  });
});
