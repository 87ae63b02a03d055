import { sliceFields } from '../../../../engine/validate/rules/slice-fields.ts';
import { harness, withRetriever } from '../harness.ts';

const { expectValid, expectErrors } = harness(sliceFields);

const retriever = (template: string, router = '') =>
  withRetriever(`
requester: { url: "https://a.b/${template}" }${router}`);
const list = '\npartition_router: { type: ListPartitionRouter, cursor_field: region, values: [eu, us] }';

describe('sliceFields', () => {
  it('are what the stream is split by', () => {
    expectValid(retriever("{{ stream_partition.region }}/{{ stream_slice['region'] }}", list));
    expectValid(retriever("{{ stream_interval['start_time'] }}/{{ stream_slice.get('x', 1) }}", list));
  });

  it('have names that nobody else makes up', () => {
    expectErrors(retriever('{{ stream_partition.regoin }}', list), [
      {
        severity: 'warning',
        message: 'The slices of this stream have no "regoin". Did you mean "region"?',
        at: 'stream_partition.regoin',
      },
    ]);
    expectErrors(retriever("{{ stream_slice['event_id'] }}"), [
      {
        severity: 'warning',
        message: 'The slices of this stream have no "event_id". This stream is not split into partitions.',
        at: "stream_slice['event_id']",
      },
    ]);
  });

  it('are windows where the stream is incremental', () => {
    const cursor =
      'incremental_sync: { type: DatetimeBasedCursor, cursor_field: at, datetime_format: "%Y", start_datetime: "2024" }';
    expectErrors(withRetriever('requester: { url: "https://a.b/{{ stream_interval.start_tim }}" }', cursor), [
      {
        severity: 'warning',
        message: 'The slices of this stream have no "start_tim". Did you mean "start_time"?',
        at: 'stream_interval.start_tim',
      },
    ]);
  });

  it('are all that transformations can take, too', () => {
    const added = (template: string) =>
      `transformations: [{ type: AddFields, fields: [{ path: [at], value: "{{ ${template} }}" }] }]`;
    const valid = `requester: { url: "https://a.b/items" }${list}`;
    expectValid(withRetriever(valid, added("stream_partition['region']")));
    expectValid(withRetriever(valid, added('stream_slice.parent_slice.id ~ record.id')));
    expectErrors(withRetriever(valid, added("stream_partition['id']")), [
      {
        severity: 'warning',
        message: 'The slices of this stream have no "id". They have "region".',
        at: "stream_partition['id']",
      },
    ]);
  });

  it('are not known where a hook makes the slices', () => {
    const custom = list.replace('ListPartitionRouter', 'CustomPartitionRouter, class_name: a.B');
    expectErrors(retriever('{{ stream_partition.x }}', custom), [
      { severity: 'warning', message: expect.stringContaining('needs a hook named "B"'), at: 'a.B' },
    ]);
  });

  it('are read by requesters that are hooks, too, in fields that are templates by their names', () => {
    const custom = (template: string) =>
      withRetriever(`
requester: { type: CustomRequester, class_name: a.B, path: "/teams/${template}" }${list}`);
    const noHook = {
      severity: 'warning' as const,
      message: expect.stringContaining('needs a hook named "B"'),
      at: 'a.B',
    };
    expectErrors(custom("{{ stream_slice['region'] }}"), [noHook]);
    expectErrors(custom("{{ stream_slice['team_gid'] }}"), [
      {
        severity: 'warning',
        message: 'The slices of this stream have no "team_gid". They have "region".',
        at: "stream_slice['team_gid']",
      },
      noHook,
    ]);
  });

  it('are nothing where they are missing, unless something stands in for them', () => {
    expectValid(retriever("{{ stream_slice.get('x', 1) }}/{{ stream_slice.get('x') or 1 }}", list));
    expectErrors(retriever("{{ stream_slice.get('x') }}", list), [
      {
        severity: 'warning',
        message: 'The slices of this stream have no "x". They have "region".',
        at: "stream_slice.get('x')",
      },
    ]);
  });

  const substream = (router: string) => `
partition_router:
  type: SubstreamPartitionRouter
  parent_stream_configs:
    - type: ParentStreamConfig
      parent_key: id
      partition_field: board_id
      stream:
        type: DeclarativeStream
        name: boards
        schema_loader: { type: InlineSchemaLoader, schema: {} }
        retriever: { requester: { url: "https://a.b/boards" }, record_selector: { extractor: { field_path: [] } }${router} }`;

  it('do not have what the parent was split by, but in the slice of the parent', () => {
    expectValid(retriever('{{ stream_slice.parent_slice.region }}', substream(`, ${list.trim()}`)));
    expectErrors(retriever('{{ stream_slice.region }}', substream(`, ${list.trim()}`)), [
      {
        severity: 'warning',
        message: 'The slices of this stream have no "region". They have "board_id".',
        at: 'stream_slice.region',
      },
    ]);
    expectErrors(retriever('{{ stream_slice.parent_slice.id }}', substream(`, ${list.trim()}`)), [
      {
        severity: 'warning',
        message: 'The slices of the parents of this stream have no "id". They have "region".',
        at: 'stream_slice.parent_slice.id',
      },
    ]);
    expectErrors(retriever('{{ stream_slice.parent_slice.id }}', substream('')), [
      {
        severity: 'warning',
        message:
          'The slices of the parents of this stream have no "id". Those are not split into partitions.',
        at: 'stream_slice.parent_slice.id',
      },
    ]);
  });
});
