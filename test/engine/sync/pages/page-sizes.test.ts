import { RejectedPageError } from '../../../../engine/http/send/rejected-page-error.ts';
import { defineHook } from '../../../../engine/language/hook.ts';
import { readStream } from '../../../kit/read-manifest.ts';
import { type Answer, type Answers, fakeClock } from '../../../kit/scope.ts';

interface Parts {
  readonly reduction?: string;
  readonly strategy?: string;
  readonly filter?: string;
}

const stream = ({
  reduction = 'type: PageSizeReduction',
  strategy = 'type: OffsetIncrement, page_size: 8',
  filter = 'http_codes: [413], action: REDUCE_PAGE_SIZE, error_message: too much',
}: Parts = {}) => `
name: items
retriever:
  requester:
    url: https://api.test/items
    error_handler:
      type: DefaultErrorHandler
      response_filters: [{ ${filter} }]
  record_selector: { extractor: { field_path: [items] } }
  paginator:
    type: DefaultPaginator
    page_size_option: { inject_into: request_parameter, field_name: limit }
    page_token_option: { inject_into: request_parameter, field_name: offset }
    pagination_strategy: { ${strategy} }
  page_size_reduction: { ${reduction} }
`;

/** An API of `total` records that refuses pages of more than `most`. */
function api(total: number, most: number | ((offset: number) => number)): Answers {
  return ({ url }): Answer => {
    const limit = Number(url.searchParams.get('limit'));
    const offset = Number(url.searchParams.get('offset') ?? 0);
    if (limit > (typeof most === 'number' ? most : most(offset))) return { status: 413 };
    const ids = Array.from({ length: Math.min(limit, total - offset) }, (_, index) => ({
      id: offset + index,
    }));
    return { body: { items: ids, next: offset + limit < total ? offset + limit : null } };
  };
}

const idsTo = (count: number) => Array.from({ length: count }, (_, id) => ({ id }));

describe('page_size_reduction', () => {
  it('requests the same page with fewer records, and keeps to that size', async () => {
    const clock = fakeClock();
    const { records, asked, statuses } = await readStream(stream(), api(5, 2), { clock });
    expect(asked).toEqual([
      'GET /items?limit=8',
      'GET /items?limit=4',
      'GET /items?limit=2',
      'GET /items?offset=2&limit=2',
      'GET /items?offset=4&limit=2',
    ]);
    expect(records).toEqual(idsTo(5));
    expect(clock.sleeps).toEqual([500, 1000]);
    expect(statuses.at(-1)).toBe('COMPLETE');
  });

  it('returns to the full size after every page when the policy says so', async () => {
    const reduction = 'type: PageSizeReduction, reduction_factor: 4, reset_policy: AFTER_SUCCESSFUL_PAGE';
    const { records, asked } = await readStream(stream({ reduction }), api(3, 2));
    expect(records).toEqual(idsTo(3));
    expect(asked).toEqual([
      'GET /items?limit=8',
      'GET /items?limit=2',
      'GET /items?offset=2&limit=8',
      'GET /items?offset=2&limit=2',
    ]);
  });

  it('counts attempts anew after a page that could be read', async () => {
    const most = (offset: number) => (offset === 0 ? 4 : offset === 4 ? 2 : 1);
    const reduction = 'type: PageSizeReduction, max_attempts: 1';
    const { records } = await readStream(stream({ reduction }), api(7, most));
    expect(records).toEqual(idsTo(7));
  });

  it.each([
    ['attempts', 'type: PageSizeReduction, max_attempts: 2, failure_message: Narrow it down.', 3],
    ['sizes', 'type: PageSizeReduction, minimum_page_size: 4, failure_message: Narrow it down.', 2],
    [
      'retries',
      'type: PageSizeReduction, minimum_page_size: 4, retries_at_minimum_page_size: 2, failure_message: Narrow it down.',
      4,
    ],
  ])('fails for now when there are no %s left', async (_what, reduction, requests) => {
    const { errors, asked } = await readStream(stream({ reduction }), api(5, 0));
    expect(asked).toHaveLength(requests);
    expect(errors[0]?.kind).toBe('transient_error');
    expect(errors[0]?.message).toMatch(/too much.*Narrow it down\.$/);
  });

  it('tells a stop condition how many records were requested', async () => {
    const strategy =
      'type: CursorPagination, page_size: 8, cursor_value: "{{ response.next }}", stop_condition: "{{ last_page_size < page_size }}"';
    const { records, asked } = await readStream(stream({ strategy }), api(5, 4));
    expect(records).toEqual(idsTo(5));
    expect(asked).toHaveLength(3);
  });

  it.each([
    [
      'numbered pages',
      { strategy: 'type: PageIncrement, page_size: 8' },
      'OffsetIncrement or CursorPagination',
    ],
    ['no page size', { strategy: 'type: OffsetIncrement' }, 'page_size'],
    [
      'a page size that is the least one',
      { strategy: 'type: OffsetIncrement, page_size: 1' },
      'can never get smaller',
    ],
    [
      'a condition with a fixed size',
      {
        strategy:
          'type: CursorPagination, page_size: 8, cursor_value: "{{ response.next }}", stop_condition: "{{ last_page_size < 8 }}"',
      },
      'Compare "last_page_size" with "page_size"',
    ],
  ])('is refused with %s', async (_what, parts: Parts, message) => {
    const { errors, asked } = await readStream(stream(parts), api(5, 2));
    expect(asked).toEqual([]);
    expect(errors[0]).toMatchObject({ kind: 'config_error', message: expect.stringContaining(message) });
  });

  it('is needed for the action', async () => {
    const { errors } = await readStream(stream().replace(/ {2}page_size_reduction.*\n/, ''), api(5, 2));
    expect(errors[0]?.message).toContain('needs "page_size_reduction"');
  });

  it('is said to be of no use when no filter asks for it', async () => {
    const { logs } = await readStream(stream({ filter: 'http_codes: [413], action: RETRY' }), api(5, 9));
    expect(logs.some((line) => line.startsWith('WARN') && line.includes('never used'))).toBe(true);
  });

  it('is refused in the middle of a page, whose first records would come twice', async () => {
    const Halves = defineHook('RecordExtractor', {
      name: 'Halves',
      fields: () => ({}),
      make: () => ({
        async *extract() {
          yield [{ id: 0 }];
          throw new RejectedPageError('REDUCE_PAGE_SIZE', 'too much', 'a list');
        },
      }),
    });
    const yaml = stream().replace(
      '{ field_path: [items] }',
      '{ type: CustomRecordExtractor, class_name: Halves }',
    );
    const { records, errors, asked } = await readStream(yaml, api(5, 8), { hooks: [Halves] });
    expect(asked).toEqual(['GET /items?limit=8']);
    expect(records).toEqual([{ id: 0 }]);
    expect(errors[0]).toMatchObject({
      kind: 'config_error',
      message:
        'A smaller page of stream "items" was asked for in the middle of one, whose records would be read twice. REDUCE_PAGE_SIZE belongs to the error handler of the stream\'s own requester.',
    });
  });

  it('ends with what the API said when every size that may be tried is refused', async () => {
    const clock = fakeClock();
    const reduction =
      'type: PageSizeReduction, minimum_page_size: 3, retries_at_minimum_page_size: 2, failure_message: " Ask support. "';
    const { errors, asked, logs } = await readStream(stream({ reduction }), api(5, 1), { clock });
    expect(asked).toEqual([8, 4, 3, 3, 3].map((limit) => `GET /items?limit=${limit}`));
    expect(clock.sleeps).toEqual([500, 1000, 500, 1000]);
    expect(logs.filter((line) => line.includes('smaller page'))).toEqual([
      'INFO The API asks for a smaller page of stream "items": 4 records instead of 8 are requested in 0.5 seconds.',
      'INFO The API asks for a smaller page of stream "items": 3 records instead of 4 are requested in 1 seconds.',
      'INFO The API asks for a smaller page of stream "items": the same one of 3 records is requested again in 0.5 seconds.',
      'INFO The API asks for a smaller page of stream "items": the same one of 3 records is requested again in 1 seconds.',
    ]);
    expect(errors[0]).toMatchObject({
      kind: 'transient_error',
      message:
        'The API refuses pages of stream "items" even with 3 records each, and no smaller ones may be requested. The API said: too much Ask support.',
    });
  });

  it('ends when the sizes were reduced as often as allowed', async () => {
    const reduction = 'type: PageSizeReduction, max_attempts: 2';
    const { errors, asked } = await readStream(stream({ reduction }), api(5, 1));
    expect(asked).toEqual([8, 4, 2].map((limit) => `GET /items?limit=${limit}`));
    expect(errors[0]?.message).toBe(
      'The API refuses pages of stream "items" of every size that was tried, down to 2 records. The API said: too much',
    );
  });

  it('says so when a config makes pages as small as they may be', async () => {
    const { errors, asked } = await readStream(
      stream({
        reduction: 'type: PageSizeReduction, minimum_page_size: 10, retries_at_minimum_page_size: 0',
        strategy: `type: OffsetIncrement, page_size: "{{ config['size'] }}"`,
      }),
      api(5, 1),
      { config: { size: 8 } },
    );
    expect(asked).toEqual(['GET /items?limit=8']);
    expect(errors[0]).toMatchObject({
      kind: 'config_error',
      message:
        'The page size of stream "items" is 8, and "minimum_page_size" is 10, so no smaller page can be requested.',
    });
  });
});
