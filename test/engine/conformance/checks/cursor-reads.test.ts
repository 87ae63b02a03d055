import { cursorReads } from '../../../../engine/conformance/checks/cursor-reads.ts';
import { harness } from '../harness.ts';

const { expectPass, expectNothing, expectViolations } = harness(cursorReads);

const whole = '%Y-%m-%dT%H:%M:%SZ';
const parts = '%Y-%m-%dT%H:%M:%S.%fZ';

/** Streams whose cursors write by the first format, and read by the others. */
const streams = (...cursors: readonly (readonly [string, ...string[]])[]) =>
  `version: 6.0.0
type: DeclarativeSource
check: { type: CheckStream, stream_names: [s0] }
streams:
${cursors
  .map(
    ([sent, ...read], index) => `  - type: DeclarativeStream
    name: s${index}
    retriever:
      requester: { url: "https://api.test/s${index}" }
      record_selector: { extractor: { field_path: [data] } }
    incremental_sync:
      type: DatetimeBasedCursor
      cursor_field: at${index}
      datetime_format: "${sent}"
      cursor_datetime_formats: ${JSON.stringify(read)}
      start_datetime: { type: MinMaxDatetime, datetime: "2026-01-01", datetime_format: "%Y-%m-%d" }
    schema_loader: { type: InlineSchemaLoader, schema: { type: object, properties: {} } }`,
  )
  .join('\n')}
`;

describe('cursor-reads', () => {
  it('passes where each cursor reads what it writes, or several do not', async () => {
    await expectPass(streams([parts, parts], [parts, whole, parts], [whole, whole]));
    await expectPass(streams([parts, parts], [parts, parts], [parts, whole], [parts, whole]));
    await expectNothing(streams([parts, parts], [parts, whole]));
  });

  it('passes for another way to write moments altogether', async () => {
    await expectPass(streams([parts, parts], [parts, parts], [parts, '%Y-%m-%d']));
    await expectPass(streams([parts, parts], [parts, parts], ['%s', whole]));
  });

  it('passes where the others do not say which one is wrong', async () => {
    await expectPass(streams([parts, parts], [whole, whole], [parts, whole]));
    await expectPass(streams([parts, parts, whole], [parts, whole, parts], [parts, whole]));
  });

  it('finds a cursor that is added from a window and read in another way', async () => {
    const added = (read: string, value: string) =>
      streams([parts, read]).replace(
        'schema_loader:',
        `transformations: [{ type: AddFields, fields: [{ path: [at0], value: "${value}" }] }]\n    schema_loader:`,
      );
    const end = '{{ stream_interval.end_time }}';
    await expectViolations(added(whole, end), [
      {
        message: `"at0" of stream "s0" is added from a window, which is written as ${parts}, and it is read by ${whole}.`,
        at: `"${whole}"]`,
        stream: 's0',
      },
    ]);
    await expectNothing(added(parts, end));
    await expectNothing(added(whole, "{{ format_datetime(stream_interval.end_time, '%Y') }}"));
    await expectNothing(added(whole, '{{ record.at }}'));
  });

  it('finds the one that reads other moments than it writes', async () => {
    await expectViolations(streams([parts, parts], [parts, whole], [parts, parts]), [
      {
        message: `The cursor of stream "s1" has ${whole} here and ${parts} beside it, so it does not read what it writes; all 2 other cursors do, with ${parts}.`,
        at: `"${whole}"]`,
        stream: 's1',
      },
    ]);
    await expectViolations(streams([whole, whole], [parts, whole], [whole, whole]), [
      { message: /has %Y-%m-%dT%H:%M:%S\.%fZ here/, at: `"${parts}"` },
    ]);
  });
});
