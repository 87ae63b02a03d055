import { configure } from '../../../../engine/connector/connector.ts';
import { loadManifest } from '../../../../engine/connector/load-manifest.ts';
import { manifestOf, readStream } from '../../../kit/read-manifest.ts';
import { type Answer, fakeTransport } from '../../../kit/scope.ts';

interface Parts {
  readonly requester?: string;
  readonly retriever?: string;
  readonly stream?: string;
}

const stream = ({ requester = '', retriever = '', stream: rest = '' }: Parts = {}) => `
name: items
${rest}
retriever:
  requester:
    url: https://api.test/items
    error_handler:
      type: DefaultErrorHandler
      response_filters:
        - { http_codes: [404], action: IGNORE }
        - { http_codes: [409], action: RESET_PAGINATION }
    ${requester}
  record_selector: { extractor: { field_path: [items] } }
  paginator:
    type: DefaultPaginator
    page_token_option: { inject_into: request_parameter, field_name: page }
    pagination_strategy: { type: CursorPagination, cursor_value: "{{ response.next }}" }
  ${retriever}
`;
const page = (ids: readonly number[], next?: string): Answer => ({
  body: { items: ids.map((id) => ({ id, at: `2024-01-0${id}` })), next },
});
const byCursor = `incremental_sync:
  type: DatetimeBasedCursor
  cursor_field: at
  datetime_format: "%Y-%m-%d"
  start_datetime: "2024-01-01"
  end_datetime: "2024-01-31"
  start_time_option: { inject_into: request_parameter, field_name: since }
`;

describe('readPages', () => {
  it('asks for the next page while the current one is still being written', async () => {
    const order: string[] = [];
    const transport = fakeTransport(({ url }) => {
      order.push(`asked ${url.search}`);
      return url.search === '' ? page([1], 'b') : page([2]);
    });
    const connector = configure(loadManifest({ name: 'x', text: manifestOf(stream()) }), {}, { transport });
    for await (const event of connector.read({ streams: [{ name: 'items' }] })) {
      if (event.kind !== 'records') continue;
      await new Promise(setImmediate);
      order.push(`wrote ${event.records[0]?.id}`);
    }
    expect(order).toEqual(['asked ', 'asked ?page=b', 'wrote 1', 'wrote 2']);
  });

  it('takes neither records nor a next page from an error that is ignored', async () => {
    const { records, asked, statuses } = await readStream(stream(), [
      page([1], 'b'),
      { ...page([2], 'c'), status: 404 },
    ]);
    expect(records.map(({ id }) => id)).toEqual([1]);
    expect(asked).toHaveLength(2);
    expect(statuses.at(-1)).toBe('COMPLETE');
  });

  it('takes no lines from an error that is ignored', async () => {
    const lines = Array.from({ length: 3000 }, (_, id) => `{"id":${id}}`).join('\n');
    const yaml = stream({ retriever: 'decoder: { type: JsonlDecoder }' }).replace('[items]', '[]');
    const { records } = await readStream(yaml, [{ status: 404, body: lines }]);
    expect(records).toEqual([]);
  });

  it('keeps the records of other chunks when one chunk of properties is answered with an ignored error', async () => {
    const yaml = stream({
      requester: `request_parameters:
      fields:
        type: QueryProperties
        property_list: [a, b]
        property_chunking:
          type: PropertyChunking
          property_limit_type: property_count
          property_limit: 1
          record_merge_strategy: { type: GroupByKeyMergeStrategy, key: id }`,
    });
    const { records } = await readStream(yaml, ({ url }) =>
      url.searchParams.get('fields') === 'a' ? { body: { items: [{ id: 1, a: 1 }] } } : { status: 404 },
    );
    expect(records).toEqual([{ id: 1, a: 1 }]);
  });
});

describe('what was read before something breaks', () => {
  it('is handed out when the next token cannot be found', async () => {
    const { records, statuses } = await readStream(
      stream().replace('{{ response.next }}', '{{ 1 / response.next }}'),
      [page([1, 2])],
    );
    expect(records.map(({ id }) => id)).toEqual([1, 2]);
    expect(statuses.at(-1)).toBe('INCOMPLETE');
  });

  it('includes the records before one that is none', async () => {
    const { records, statuses } = await readStream(stream(), [
      { body: { items: [{ id: 1 }, 'none', { id: 3 }] } },
    ]);
    expect(records.map(({ id }) => id)).toEqual([1]);
    expect(statuses.at(-1)).toBe('INCOMPLETE');
  });
});

describe('pagination resets', () => {
  it('count the pages of a test read anew', async () => {
    const yaml = stream({ retriever: 'pagination_reset: { type: PaginationReset, action: RESET }' });
    const { asked } = await readStream(
      yaml,
      [page([1], 'b'), { status: 409 }, page([1], 'b'), page([2], 'c'), page([3])],
      { surroundings: { limits: { pagesPerSlice: 2, slices: 1 } } },
    );
    expect(asked).toEqual(['GET /items', 'GET /items?page=b', 'GET /items', 'GET /items?page=b']);
  });

  it('reads the slice again from its first page when the API says so', async () => {
    const { asked, records } = await readStream(
      stream({ retriever: 'pagination_reset: { type: PaginationReset, action: RESET }' }),
      [page([1], 'b'), { status: 409 }, page([1], 'b'), page([2])],
    );
    expect(asked).toEqual(['GET /items', 'GET /items?page=b', 'GET /items', 'GET /items?page=b']);
    expect(records.map(({ id }) => id)).toEqual([1, 1, 2]);
  });

  it('gives up when it has to start again and again', async () => {
    const { errors, asked } = await readStream(
      stream({ retriever: 'pagination_reset: { type: PaginationReset, action: RESET }' }),
      () => ({ status: 409 }),
    );
    expect(asked).toHaveLength(2);
    expect(errors[0]?.message).toMatch(/had to start again 2 times at the same place/);
  });

  it('works for partitions with integers of any size', async () => {
    const { records } = await readStream(
      stream({
        retriever: `pagination_reset: { type: PaginationReset, action: RESET }
  partition_router: { type: ListPartitionRouter, values: "{{ [12345678901234567890] }}", cursor_field: id }`,
      }),
      [{ status: 409 }, page([1])],
    );
    expect(records.map(({ id }) => id)).toEqual([1]);
  });

  it('goes on from the last cursor value when a slice has given as many records as the API allows', async () => {
    const { asked, records } = await readStream(
      stream({
        stream: byCursor,
        retriever:
          'pagination_reset: { type: PaginationReset, action: SPLIT_USING_CURSOR, limits: { number_of_records: 2 } }',
      }),
      [page([1, 2], 'b'), page([3, 4], 'b'), page([5])],
    );
    expect(asked).toEqual([
      'GET /items?since=2024-01-01',
      'GET /items?since=2024-01-02',
      'GET /items?since=2024-01-04',
    ]);
    expect(records.map(({ id }) => id)).toEqual([1, 2, 3, 4, 5]);
  });
});

describe('data feeds', () => {
  it('end at the first record that the state covers, and leave older ones out', async () => {
    const { asked, records } = await readStream(
      stream({ stream: byCursor.replace('incremental_sync:', 'incremental_sync:\n  is_data_feed: true') }),
      [page([9, 8], 'b'), page([6, 4], 'c')],
      { state: { at: '2024-01-05' } },
    );
    expect(asked).toHaveLength(2);
    expect(records.map(({ id }) => id)).toEqual([9, 8, 6]);
  });
});

describe('options of the slice', () => {
  const router =
    'partition_router: { type: ListPartitionRouter, values: [a], cursor_field: kind, request_option: { inject_into: request_parameter, field_name: kind } }';

  it('go with every page', async () => {
    const { asked } = await readStream(stream({ retriever: router }), [page([1], 'b'), page([2])]);
    expect(asked).toEqual(['GET /items?kind=a', 'GET /items?page=b&kind=a']);
  });

  it('go with the first page only where the manifest says so', async () => {
    const { asked } = await readStream(
      stream({ retriever: `${router}\n  ignore_stream_slicer_parameters_on_paginated_requests: true` }),
      [page([1], 'b'), page([2])],
    );
    expect(asked).toEqual(['GET /items?kind=a', 'GET /items?page=b']);
  });
});

describe('records that pages are made of', () => {
  it('leave the page alone that the paginator looks at', async () => {
    const { asked } = await readStream(
      stream({ stream: 'transformations: [{ type: RemoveFields, field_pointers: [[id]] }]' }).replace(
        '{{ response.next }}',
        "{{ response['items'][0]['id'] if response['items'] }}",
      ),
      [page([7]), page([])],
    );
    expect(asked[1]).toBe('GET /items?page=7');
  });
});
