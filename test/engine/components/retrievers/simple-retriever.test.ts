import { readStream } from '../../../kit/read-manifest.ts';
import type { Answer } from '../../../kit/scope.ts';

const stream = (retriever: string, requester = '') => `
name: items
retriever:
  requester: { url: "https://api.test/items", ${requester} }
  record_selector: { extractor: { field_path: [items] } }
  ${retriever}
`;
const items = (...ids: readonly unknown[]): Answer => ({ body: { items: ids.map((id) => ({ id })) } });
const one = 'concurrency_level: { default_concurrency: 1 }';

describe('SimpleRetriever', () => {
  it('reads JSON and one page unless told otherwise', async () => {
    const { records, asked } = await readStream(stream(''), [items(1, 2)]);
    expect(records).toEqual([{ id: 1 }, { id: 2 }]);
    expect(asked).toEqual(['GET /items']);
  });

  it('reads what its decoder reads', async () => {
    const yaml = stream('decoder: { type: CsvDecoder }').replace('[items]', '[]');
    const { records } = await readStream(yaml, [{ body: 'id,name\n1,a\n2,b\n' }]);
    expect(records).toEqual([
      { id: '1', name: 'a' },
      { id: '2', name: 'b' },
    ]);
  });

  it('reads every combination of several routers, the last one varying fastest', async () => {
    const router = (field: string, ...values: readonly string[]) =>
      `{ type: ListPartitionRouter, cursor_field: ${field}, values: [${values}], request_option: { inject_into: request_parameter, field_name: ${field} } }`;
    const { asked } = await readStream(
      stream(`partition_router: [${router('a', 'x', 'y')}, ${router('b', 'p', 'q')}]`),
      () => items(),
      { root: one },
    );
    expect(asked).toEqual([
      'GET /items?b=p&a=x',
      'GET /items?b=q&a=x',
      'GET /items?b=p&a=y',
      'GET /items?b=q&a=y',
    ]);
  });

  it('shows partition and window to the templates of its requester', async () => {
    const yaml = `
name: items
incremental_sync:
  type: DatetimeBasedCursor
  cursor_field: at
  datetime_format: "%Y-%m-%d"
  start_datetime: "2024-01-01"
  end_datetime: "2024-01-02"
retriever:
  requester:
    url: "https://api.test/{{ stream_partition.kind }}"
    request_parameters:
      since: "{{ stream_interval.start_time }}"
      both: "{{ stream_slice['kind'] }}-{{ stream_slice['end_time'] }}"
  record_selector: { extractor: { field_path: [items] } }
  partition_router: { type: ListPartitionRouter, values: [users], cursor_field: kind }
`;
    const { asked } = await readStream(yaml, [items()]);
    expect(asked).toEqual(['GET /users?since=2024-01-01&both=users-2024-01-02']);
  });

  it('takes the first page of a child out of its parent, and asks for what follows', async () => {
    const parents = `{ name: parents, transformations: [{ type: AddFields, fields: [{ path: [children, ratio], value: "{{ 2 / 2 }}" }] }], retriever: { requester: { url: "https://api.test/parents" }, record_selector: { extractor: { field_path: [] } } } }`;
    const yaml = `
name: items
retriever:
  requester: { url: "https://api.test/items/{{ stream_partition.parent }}" }
  record_selector: { extractor: { field_path: [items] } }
  paginator:
    type: DefaultPaginator
    page_token_option: { inject_into: request_parameter, field_name: after }
    pagination_strategy: { type: CursorPagination, cursor_value: "{{ response.next ~ response.ratio if response.next }}" }
  partition_router:
    type: SubstreamPartitionRouter
    parent_stream_configs:
      - { parent_key: id, partition_field: parent, lazy_read_pointer: [children], stream: ${parents} }
`;
    const { asked, records } = await readStream(yaml, ({ url }) => {
      if (url.pathname !== '/parents') return { body: { items: [{ id: 3 }] } };
      return {
        body: [
          { id: 'p', children: { items: [{ id: 1 }], next: 'b' } },
          { id: 'q', children: { items: [{ id: 2 }] } },
        ],
      };
    });
    expect(asked).toEqual(['GET /parents', 'GET /items/p?after=b1.0']);
    expect(records.map(({ id }) => id).sort()).toEqual([1, 2, 3]);
  });

  it('fails one slice and reads the others', async () => {
    const { records, errors, statuses } = await readStream(
      stream(
        'partition_router: { type: ListPartitionRouter, values: [a, b, c], cursor_field: kind, request_option: { inject_into: request_parameter, field_name: kind } }',
      ),
      ({ url }) => (url.searchParams.get('kind') === 'b' ? { status: 404 } : items(url.search)),
    );
    expect(records).toHaveLength(2);
    expect(errors.map(({ path }) => path.at(-1))).toEqual(['partition {"kind":"b"}']);
    expect(statuses.at(-1)).toBe('INCOMPLETE');
  });

  it('refuses to count records that a filter hides', async () => {
    const yaml = stream(
      'pagination_reset: { type: PaginationReset, action: RESET, limits: { number_of_records: 2 } }',
    ).replace('[items] } }', '[items] }, record_filter: { condition: "{{ true }}" } }');
    const { errors, statuses, asked } = await readStream(yaml, [items(1)]);
    expect(errors[0]?.message).toContain('cannot be combined with a "record_filter"');
    // No stream of the manifest can be made, so none is begun.
    expect([statuses, asked]).toEqual([[], []]);
  });

  it('takes what its parent carries of it only when it was never read before', async () => {
    const child = (state: Record<string, unknown> | undefined) =>
      readStream(
        stream(`partition_router:
    type: SubstreamPartitionRouter
    parent_stream_configs:
      - parent_key: id
        partition_field: parent
        lazy_read_pointer: [kids]
        stream:
          name: parents
          retriever:
            requester: { url: "https://api.test/parents" }
            record_selector: { extractor: { field_path: [] } }`),
        ({ url }) =>
          url.pathname === '/parents'
            ? { body: [{ id: 1, kids: { items: [{ id: 'inside' }] } }] }
            : items('asked'),
        { streams: ['items'], ...(state !== undefined && { state }) },
      );
    expect((await child(undefined)).records).toEqual([{ id: 'inside' }]);
    expect((await child({ __ab_no_cursor_state_message: true })).records).toEqual([{ id: 'asked' }]);
  });
});
