import { decisionsOf } from '../../kit/decisions.ts';
import { fakeClock } from '../../kit/scope.ts';

/** A stream with whatever its retriever has besides the plain parts. */
function items(retriever = '', stream = '', requester = ''): string {
  return `
name: items
primary_key: id
${stream}
retriever:
  type: SimpleRetriever
  requester:
    type: HttpRequester
    url: https://api.test/items
${indent(requester, 4)}
  record_selector:
    type: RecordSelector
    extractor: { type: DpathExtractor, field_path: [data] }
${indent(retriever, 2)}
`;
}

function indent(text: string, by: number): string {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => ' '.repeat(by) + line)
    .join('\n');
}

const page = (...ids: unknown[]) => ({ body: { data: ids.map((id) => ({ id })) } });

describe('page.stop', () => {
  test('without a paginator', async () => {
    const { of } = await decisionsOf(items(), [page(1)]);
    expect(of('page.stop')).toMatchObject([
      { stream: 'items', page: 1, slice: { partition: {} }, outcome: { reason: 'no paginator' } },
    ]);
  });

  test('a stop condition that is true', async () => {
    const paginator = `
paginator:
  type: DefaultPaginator
  page_token_option: { type: RequestOption, inject_into: request_parameter, field_name: after }
  pagination_strategy:
    type: CursorPagination
    cursor_value: "{{ response.next }}"
    stop_condition: "{{ not response.next }}"
`;
    const read = await decisionsOf(items(paginator), [
      { body: { data: [{ id: 1 }], next: 'a' } },
      { body: { data: [{ id: 2 }] } },
    ]);
    const [stop, ...others] = read.of('page.stop');
    expect(others).toEqual([]);
    expect(stop).toMatchObject({ page: 2, outcome: { reason: 'condition' } });
    expect(stop && read.lineOf(stop)).toBe('stop_condition: "{{ not response.next }}"');
  });

  test('a token that is not found', async () => {
    const paginator = `
paginator:
  type: DefaultPaginator
  page_token_option: { type: RequestOption, inject_into: request_parameter, field_name: after }
  pagination_strategy:
    type: CursorPagination
    cursor_value: "{{ response.next }}"
`;
    const read = await decisionsOf(items(paginator), [page(1)]);
    const [stop] = read.of('page.stop');
    expect(stop?.outcome).toEqual({ reason: 'no token' });
    expect(stop && read.lineOf(stop)).toBe('cursor_value: "{{ response.next }}"');
  });

  const counting = (strategy: string) => `
paginator:
  type: DefaultPaginator
  page_token_option: { type: RequestOption, inject_into: request_parameter, field_name: page }
  pagination_strategy: { type: ${strategy}, page_size: 2 }
`;
  test.each(['PageIncrement', 'OffsetIncrement'])('a short page and an empty one, by %s', async (type) => {
    const short = await decisionsOf(items(counting(type)), [page(1, 2), page(3)]);
    expect(short.of('page.stop')).toMatchObject([{ page: 2, outcome: { reason: 'short page' } }]);
    expect(short.lineOf(short.of('page.stop')[0] as never)).toContain('page_size: 2');
    const empty = await decisionsOf(items(counting(type)), [page(1, 2), page()]);
    expect(empty.of('page.stop')).toMatchObject([{ page: 2, outcome: { reason: 'empty page' } }]);
  });

  test('a page that comes again and again', async () => {
    const read = await decisionsOf(items(counting('PageIncrement')), () => page(1, 2));
    expect(read.of('page.stop')).toMatchObject([{ page: 3, outcome: { reason: 'repeated token' } }]);
    expect(read.statuses.at(-1)).toBe('INCOMPLETE');
  });

  test('as many pages as are allowed, unless there are no more anyway', async () => {
    const surroundings = { limits: { pagesPerSlice: 2, slices: 1 } };
    let next = 0;
    const more = await decisionsOf(items(counting('PageIncrement')), () => page(++next, ++next), {
      surroundings,
    });
    expect(more.of('page.stop')).toMatchObject([{ page: 2, outcome: { reason: 'limit' } }]);
    const last = await decisionsOf(items(counting('PageIncrement')), [page(1, 2), page(3)], { surroundings });
    expect(last.of('page.stop')).toMatchObject([{ page: 2, outcome: { reason: 'short page' } }]);
    expect(last.asked).toHaveLength(2);
  });

  test('the config allows no more pages', async () => {
    let next = 0;
    const read = await decisionsOf(items(counting('PageIncrement')), () => page(++next, ++next), {
      config: { __manifold_max_pages_per_slice: 2 },
    });
    expect(read.of('page.stop')).toMatchObject([{ page: 2, outcome: { reason: 'limit' } }]);
  });

  test('an error that is ignored', async () => {
    const handler = `
error_handler:
  type: DefaultErrorHandler
  response_filters:
    - { type: HttpResponseFilter, http_codes: [404], action: IGNORE }
`;
    const read = await decisionsOf(items('', '', handler), [{ status: 404 }]);
    expect(read.of('page.stop')).toMatchObject([{ page: 1, outcome: { reason: 'ignored error' } }]);
  });
});

const cursor = (more = '') => `
incremental_sync:
  type: DatetimeBasedCursor
  cursor_field: at
  datetime_format: "%Y-%m-%d"
  start_datetime: "2023-12-01"
${indent(more, 2)}
`;

describe('record.drop', () => {
  const filter = `
  record_filter:
    type: RecordFilter
    condition: "{{ record.id > 1 }}"
`;

  test('by a filter, with its line and the key of the record', async () => {
    const read = await decisionsOf(items(indent(filter, 0).replace(/^/gm, '')), [page(1, 2)]);
    const [drop, ...others] = read.of('record.drop');
    expect(others).toEqual([]);
    expect(drop).toMatchObject({
      stream: 'items',
      page: 1,
      recordKey: { id: 1 },
      outcome: { by: 'record_filter', record: { id: 1 } },
    });
    expect(drop && read.lineOf(drop)).toBe('condition: "{{ record.id > 1 }}"');
    expect(read.of('page.read')).toMatchObject([{ page: 1, outcome: { found: 2, dropped: 1, emitted: 1 } }]);
  });

  test('by a cursor that compares at the client', async () => {
    const read = await decisionsOf(items('', cursor('is_client_side_incremental: true')), [
      {
        body: {
          data: [
            { id: 1, at: '2023-06-01' },
            { id: 2, at: '2023-12-31' },
          ],
        },
      },
    ]);
    const [drop] = read.of('record.drop');
    expect(drop).toMatchObject({ recordKey: { id: 1 }, outcome: { by: 'cursor' } });
    expect(drop && read.lineOf(drop)).toBe('type: DatetimeBasedCursor');
  });

  test('by the cursor of a feed, which then stops', async () => {
    const paginator = `
paginator:
  type: DefaultPaginator
  page_token_option: { type: RequestOption, inject_into: request_parameter, field_name: page }
  pagination_strategy: { type: PageIncrement }
`;
    const read = await decisionsOf(items(paginator, cursor('is_data_feed: true')), [
      {
        body: {
          data: [
            { id: 2, at: '2023-12-31' },
            { id: 1, at: '2023-06-01' },
          ],
        },
      },
    ]);
    expect(read.of('record.drop')).toMatchObject([{ recordKey: { id: 1 }, outcome: { by: 'cursor' } }]);
    expect(read.of('page.read')).toMatchObject([{ outcome: { found: 2, dropped: 1, emitted: 1 } }]);
    expect(read.of('page.stop')).toMatchObject([{ page: 1, outcome: { reason: 'old record' } }]);
    expect(read.records).toHaveLength(1);
  });
});

describe('requests', () => {
  const handler = `
error_handler:
  type: CompositeErrorHandler
  error_handlers:
    - type: DefaultErrorHandler
      response_filters:
        - { type: HttpResponseFilter, predicate: "{{ response.code == 'busy' }}", action: RETRY }
      backoff_strategies:
        - { type: WaitTimeFromHeader, header: wait }
        - { type: ConstantBackoffStrategy, backoff_time_in_seconds: 7 }
`;

  test('which filter matched, and which strategy says how long to wait', async () => {
    const clock = fakeClock();
    const read = await decisionsOf(
      items('', '', handler),
      [
        { body: { code: 'busy' } },
        { body: { code: 'busy' }, headers: { wait: '3' } },
        { status: 500 },
        page(1),
      ],
      { clock },
    );
    const matches = read.of('filter.match');
    expect(matches.map(({ outcome }) => outcome)).toEqual([
      { action: 'RETRY', status: 200, by: 'predicate', attempt: 1 },
      { action: 'RETRY', status: 200, by: 'predicate', attempt: 2 },
      { action: 'RETRY', status: 500, by: 'status', attempt: 3 },
    ]);
    expect(matches.map(read.lineOf)).toEqual([
      expect.stringContaining('predicate'),
      expect.stringContaining('predicate'),
      undefined,
    ]);
    const waits = read.of('backoff.wait');
    expect(waits.map(({ outcome, page }) => [outcome.by, outcome.seconds, page])).toEqual([
      ['strategy', 8, 1],
      ['strategy', 4, 1],
      ['strategy', 8, 1],
    ]);
    expect(waits.map(read.lineOf)).toEqual([
      expect.stringContaining('ConstantBackoffStrategy'),
      expect.stringContaining('WaitTimeFromHeader'),
      expect.stringContaining('ConstantBackoffStrategy'),
    ]);
    expect(waits.map(({ outcome }) => outcome.seconds * 1000)).toEqual(clock.sleeps);
  });

  test('waits that no strategy decides', async () => {
    const read = await decisionsOf(items(), [{ status: 500 }, { status: 429 }, page(1)]);
    expect(read.of('backoff.wait').map(({ outcome, place }) => [outcome.by, place])).toEqual([
      ['default', undefined],
      ['rate limit', undefined],
    ]);
  });

  test('waits for the budget', async () => {
    const budget = `
api_budget:
  type: HTTPAPIBudget
  policies:
    - type: MovingWindowCallRatePolicy
      rates: [{ limit: 1, interval: PT10S }]
      matchers: []
`;
    const paginator = `
paginator:
  type: DefaultPaginator
  page_token_option: { type: RequestOption, inject_into: request_parameter, field_name: page }
  pagination_strategy: { type: PageIncrement, page_size: 1 }
`;
    const read = await decisionsOf(items(paginator), [page(1), page()], { root: budget });
    expect(read.of('backoff.wait')).toMatchObject([{ page: 2, outcome: { by: 'budget' } }]);
    expect(read.of('backoff.wait')[0]?.outcome.seconds).toBeCloseTo(10, 0);
  });

  test('answers from the cache', async () => {
    const children = `
name: children
retriever:
  type: SimpleRetriever
  requester: { type: HttpRequester, url: https://api.test/items, use_cache: true }
  record_selector: { type: RecordSelector, extractor: { type: DpathExtractor, field_path: [data] } }
  partition_router: { type: ListPartitionRouter, values: [a, b], cursor_field: letter }
`;
    const read = await decisionsOf(children, [page(1)]);
    expect(read.of('cache.hit')).toMatchObject([
      {
        stream: 'children',
        slice: { partition: { letter: 'b' } },
        outcome: { method: 'GET', url: 'https://api.test/items', status: 200 },
      },
    ]);
    const [hit] = read.of('cache.hit');
    expect(hit && read.lineOf(hit)).toContain('HttpRequester');
  });
});

test('which way a template went', async () => {
  const parameters = `
request_parameters:
  plain: "{{ 'yes' if config.flag else 'no' }}"
  block: "{% if config.flag %}one{% elif config.other %}two{% else %}three{% endif %}"
  side: "{{ config.flag or 'none' }}"
`;
  const read = await decisionsOf(items('', '', parameters), [page(1)], { config: { other: true } });
  const branches = read.of('template.branch');
  expect(branches.map(({ outcome }) => [outcome.of, outcome.arm])).toEqual([
    ['inline if', 'else'],
    ['if', 1],
    ['or', 'right'],
  ]);
  expect(branches.map(read.lineOf)).toEqual([
    expect.stringMatching(/^plain:/),
    expect.stringMatching(/^block:/),
    expect.stringMatching(/^side:/),
  ]);
});

test('a condition is a choice too', async () => {
  const filter = `
record_selector:
  type: RecordSelector
  extractor: { type: DpathExtractor, field_path: [data] }
  record_filter: { type: RecordFilter, condition: "{{ record.id > 1 and record.id < 9 }}" }
`;
  const stream = items(filter).replace(/ {2}record_selector:\n {4}type[^\n]*\n {4}extractor[^\n]*\n/, '');
  const read = await decisionsOf(stream, [page(1, 2)]);
  expect(read.of('template.branch').map(({ outcome }) => [outcome.of, outcome.arm])).toEqual([
    ['and', 'left'],
    ['condition', 'false'],
    ['and', 'right'],
    ['condition', 'true'],
  ]);
});

describe('slices', () => {
  const router = 'partition_router: { type: ListPartitionRouter, values: [a, b, a], cursor_field: letter }';

  test('which partitions there are, and which are skipped', async () => {
    const read = await decisionsOf(items(router, cursor()), () => page(1));
    expect(read.of('partition').map(({ outcome }) => outcome.partition)).toEqual([
      { letter: 'a' },
      { letter: 'b' },
      { letter: 'a' },
    ]);
    expect(read.of('partition').map(read.lineOf)).toEqual([router, router, router]);
    expect(read.of('cursor.skip')).toMatchObject([
      { stream: 'items', slice: { partition: { letter: 'a' } }, outcome: { reason: 'repeated partition' } },
    ]);
  });

  test('partitions of a stream without a cursor', async () => {
    const read = await decisionsOf(items(router), () => page(1));
    expect(read.of('partition')).toHaveLength(3);
  });

  test('a stream of which nothing is left', async () => {
    const strict = 'is_compare_strictly: true\nend_datetime: "2023-12-01"';
    const read = await decisionsOf(items('', cursor(strict)), []);
    expect(read.of('cursor.skip')).toMatchObject([
      { stream: 'items', slice: { partition: {} }, outcome: { reason: 'nothing left' } },
    ]);
    expect(read.of('cursor.skip').map(read.lineOf)).toEqual(['type: DatetimeBasedCursor']);
  });
});

test('what each template saw', async () => {
  const seen: unknown[] = [];
  const parameters = 'request_parameters: { who: "{{ config.name }}" }';
  const surroundings = {
    onEvaluation: (one: { readonly context: object; readonly value: unknown }) => void seen.push(one),
  };
  await decisionsOf(items('', '', parameters), [page(1)], { config: { name: 'Ada' }, surroundings });
  expect(seen).toContainEqual(
    expect.objectContaining({
      stream: 'items',
      value: { who: 'Ada' },
      context: expect.objectContaining({ config: { name: 'Ada' } }),
    }),
  );
});
