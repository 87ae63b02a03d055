import { cursorPeers } from '../../../../engine/conformance/checks/cursor-peers.ts';
import { harness, streamWith } from '../harness.ts';

const { expectPass, expectViolations } = harness(cursorPeers);

const stream = (name: string, [cursor = '', fields = '', start]: readonly string[]) =>
  streamWith(
    name,
    `incremental_sync:
  type: DatetimeBasedCursor
  cursor_field: ${cursor}
  datetime_format: "%Y-%m-%d"
  start_datetime: "2026-01-01"
${start === undefined ? '' : `  start_time_option: { type: RequestOption, inject_into: request_parameter, field_name: ${start} }\n`}schema_loader:
  type: InlineSchemaLoader
  schema: { type: object, properties: { ${fields
    .split(' ')
    .map((field) => `${field}: {}`)
    .join(', ')} } }`,
  );

/** Streams with a cursor, the fields of their records, and how they ask for a start. */
const manifest = (...all: readonly (readonly string[])[]) => `version: 6.0.0
type: DeclarativeSource
check: { type: CheckStream, stream_names: [s0] }
streams:${all.map((each, index) => stream(`s${index}`, each)).join('')}
`;

const both = 'created updated';
const usual = ['updated', both];

describe('cursor-peers', () => {
  it('passes where there is a reason', async () => {
    await expectPass(manifest(usual, usual, usual));
    // Its records have no other, it is asked for otherwise, one other does so too, or there are too few others.
    await expectPass(manifest(['created', 'created'], usual, usual));
    await expectPass(manifest(['created', both, 'since'], usual, usual));
    await expectPass(manifest(['created', both], ['created', both], usual, usual));
    await expectPass(manifest(['created', both], usual));
    // What tells of changes finds more.
    await expectPass(manifest(usual, ['created', both], ['created', both]));
    // A moment that only this stream has.
    await expectPass(manifest(['seen', `seen ${both}`], usual, usual));
  });

  it.each([
    [['created', both], usual, usual],
    [['seen', `seen ${both}`], usual, usual, usual, usual],
  ])('finds the odd one: %j', async (odd, ...others) => {
    await expectViolations(manifest(odd, ...others), [
      {
        message: `The cursor of stream "s0" is "${odd[0]}", and that of all other streams that have "updated" is this one: is it meant here, too?`,
        at: String(odd[0]),
        stream: 's0',
      },
    ]);
  });
});
