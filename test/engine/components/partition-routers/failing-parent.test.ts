import { readStream } from '../../../kit/read-manifest.ts';
import { type Answers, fakeClock } from '../../../kit/scope.ts';

const february = Date.UTC(2024, 1, 1);

const parents = (indent: string) =>
  `
type: SubstreamPartitionRouter
parent_stream_configs:
  - parent_key: id
    partition_field: id
    incremental_dependency: true
    stream:
      type: DeclarativeStream
      name: parents
      incremental_sync:
        { type: DatetimeBasedCursor, cursor_field: at, datetime_format: "%Y-%m-%d", start_datetime: "2024-01-01" }
      retriever:
        requester: { url: "https://api.test/parents" }
        record_selector: { extractor: { field_path: [items] } }
        paginator:
          type: DefaultPaginator
          page_token_option: { inject_into: request_parameter, field_name: page }
          pagination_strategy: { type: CursorPagination, cursor_value: "{{ response.next }}" }`
    .split('\n')
    .join(`\n${indent}`);
const children = (router: string) => `
name: children
incremental_sync:
  { type: DatetimeBasedCursor, cursor_field: at, datetime_format: "%Y-%m-%d", start_datetime: "2024-01-01" }
retriever:
  requester: { url: "https://api.test/children/{{ stream_partition.id }}" }
  record_selector: { extractor: { field_path: [] } }
  partition_router:${router}
`;
/** The second page of the parents fails. */
const api: Answers = ({ url }) => {
  if (url.pathname !== '/parents') return { body: [{ id: url.pathname, at: '2024-01-05' }] };
  if (url.search !== '') return { status: 400 };
  return { body: { items: [1, 2, 3].map((id) => ({ id, at: `2024-01-0${id}` })), next: 'b' } };
};

describe('a parent that fails midway', () => {
  it('has children for all its records that could be read, and its state stays where it was', async () => {
    const { records, states, statuses } = await readStream(children(parents('    ')), api, {
      clock: fakeClock(february),
    });
    expect(records.map(({ id }) => id)).toEqual(['/children/1', '/children/2', '/children/3']);
    expect(statuses.at(-1)).toBe('INCOMPLETE');
    expect(states.at(-1)?.parent_state ?? {}).not.toHaveProperty('parents.at', '2024-01-03');
    expect(states.at(-1)?.state).toBeUndefined();
  });

  it('gives a last group that is smaller', async () => {
    const router = `
    type: GroupingPartitionRouter
    group_size: 2
    underlying_partition_router:${parents('      ')}`;
    const { asked } = await readStream(children(router), api, { clock: fakeClock(february) });
    expect(asked.filter((request) => request.includes('children'))).toHaveLength(2);
  });
});
