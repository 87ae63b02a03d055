import { ConnectorError } from '../../../engine/error/connector-error.ts';
import { defineHook, type IncrementalSync, type Retriever, slot } from '../../../engine/index.ts';
import { isObject } from '../../../engine/util/json/json.ts';
import { readSimulated } from './simulated.ts';

/** A position that a hook keeps by another one. */
const KeptPosition = defineHook('IncrementalSync', {
  name: 'KeptPosition',
  fields: () => ({ incremental_sync: slot('IncrementalSync', 'DatetimeBasedCursor') }),
  make: (fields, scope) => Object.freeze<IncrementalSync>({ ...fields.incremental_sync(scope) }),
});

/** Reads its stream again after a while when the first try fails, one read after the other. */
const Patient = defineHook('Retriever', {
  name: 'Patient',
  fields: () => ({ retriever: slot('Retriever', 'SimpleRetriever') }),
  make(fields, scope) {
    const inner = fields.retriever(scope);
    const turns = scope.sync.shared('turns', () => ({ last: Promise.resolve() }));
    return Object.freeze<Retriever>({
      router: inner.router,
      async *read(slice, reading) {
        const before = turns.last;
        let done = () => {};
        turns.last = new Promise((resolve) => {
          done = resolve;
        });
        await before;
        try {
          for (let attempt = 1; ; attempt++) {
            try {
              yield* inner.read(slice, reading);
              return;
            } catch (error) {
              if (attempt > 5 || !(error instanceof ConnectorError)) throw error;
              await scope.sync.clock.sleep(3_600_000, scope.sync.signal);
            }
          }
        } finally {
          done();
        }
      },
    });
  },
});

test('a stream whose cursor and retriever are hooks around others is simulated as those are', async () => {
  const { streams, errors, requests } = await readSimulated(
    `
version: 6.0.0
type: DeclarativeSource
check: { type: CheckStream, stream_names: [items] }
streams:
  - type: DeclarativeStream
    name: items
    primary_key: id
    incremental_sync:
      type: CustomIncrementalSync
      class_name: shop.KeptPosition
      incremental_sync:
        type: DatetimeBasedCursor
        cursor_field: updated_at
        datetime_format: "%Y-%m-%d"
        start_datetime: "2026-01-01"
        step: P10D
        cursor_granularity: P1D
        start_time_option: { type: RequestOption, inject_into: request_parameter, field_name: since }
        end_time_option: { type: RequestOption, inject_into: request_parameter, field_name: until }
    retriever:
      type: CustomRetriever
      class_name: shop.Patient
      retriever:
        type: SimpleRetriever
        requester: { type: HttpRequester, url: https://api.example.com/items }
        record_selector: { type: RecordSelector, extractor: { type: DpathExtractor, field_path: [data] } }
    schema_loader:
      type: InlineSchemaLoader
      schema: { type: object, properties: { id: { type: integer }, updated_at: { type: string, format: date } } }
`,
    ['items'],
    { hooks: [KeptPosition, Patient] },
  );
  expect(errors).toEqual([]);
  expect(streams.get('items')?.reason).toBeUndefined();
  expect(new Set(streams.get('items')?.emitted.map(({ id }) => id)).size).toBe(7);
  expect(requests).toEqual([
    'GET https://api.example.com/items?since=2026-01-01&until=2026-01-10',
    'GET https://api.example.com/items?since=2026-01-11&until=2026-01-15',
  ]);
});

/** Makes records of lists in what another retriever reads. */
const Items = defineHook('Retriever', {
  name: 'Items',
  fields: () => ({
    retriever: slot('Retriever', 'SimpleRetriever'),
    expander: slot('RecordExpander', 'RecordExpander'),
  }),
  make(fields, scope) {
    const around = fields.retriever(scope);
    const expander = fields.expander(scope);
    return Object.freeze<Retriever>({
      router: around.router,
      async *read(slice, reading) {
        for await (const { records } of around.read(slice, reading))
          yield { records: records.flatMap((record) => expander.expand(record).filter(isObject)) };
      },
    });
  },
});

test('records that a hook finds in lists of other records are there, in records that filters keep', async () => {
  const { streams, errors } = await readSimulated(
    `
version: 6.0.0
type: DeclarativeSource
check: { type: CheckStream, stream_names: [tags] }
streams:
  - type: DeclarativeStream
    name: tags
    primary_key: [order, id]
    retriever:
      type: CustomRetriever
      class_name: shop.Items
      expander:
        type: RecordExpander
        expand_records_from_field: [tags, data]
        parent_fields:
          - { type: ParentFieldPath, parent_path: [number, value], record_path: [order] }
          - { type: ParentFieldPath, parent_path: [changed], record_path: [order_changed] }
      retriever:
        type: CustomRetriever
        class_name: shop.Patient
        retriever:
          type: SimpleRetriever
          requester: { type: HttpRequester, url: https://api.example.com/orders }
          record_selector:
            type: RecordSelector
            extractor: { type: DpathExtractor, field_path: [orders] }
            record_filter: { type: RecordFilter, condition: "{{ record.status == 'paid' and record.changed >= '2020' }}" }
          paginator:
            type: DefaultPaginator
            page_token_option: { type: RequestOption, inject_into: request_parameter, field_name: after }
            pagination_strategy:
              { type: CursorPagination, page_size: 2, cursor_value: "{{ last_record.number.value }}", stop_condition: "{{ not response.more }}" }
    schema_loader:
      type: InlineSchemaLoader
      schema:
        type: object
        properties: { id: { type: integer }, order: { type: integer }, order_changed: { type: string, format: date } }
`,
    ['tags'],
    { hooks: [Items, Patient] },
  );
  expect(errors).toEqual([]);
  const { emitted, offered, reason } = streams.get('tags') ?? {};
  expect(reason).toBeUndefined();
  expect(offered).toBe(7);
  expect(emitted).toHaveLength(7);
  // Nothing of the records around is in them but what they take from there.
  expect(emitted?.[0]).toEqual({ id: 1, order: 1, order_changed: '2026-01-15' });
  expect(new Set(emitted?.map(({ order }) => order)).size).toBe(7);
});
