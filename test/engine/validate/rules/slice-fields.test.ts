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
});
