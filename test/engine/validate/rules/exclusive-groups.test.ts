import { exclusiveGroups } from '../../../../engine/validate/rules/exclusive-groups.ts';
import { harness } from '../harness.ts';

const { expectValid, expectErrors } = harness(exclusiveGroups);

const stream = (name: string, parent?: string) => {
  const router =
    parent === undefined
      ? ''
      : `, partition_router: { type: SubstreamPartitionRouter, parent_stream_configs: [{ parent_key: id, partition_field: id, stream: { $ref: "#/definitions/${parent}" } }] }`;
  return `{ name: ${name}, retriever: { requester: { url: https://a.b }, record_selector: { extractor: { field_path: [] } }${router} } }`;
};
const manifest = (members: string) => `version: 6.0.0
type: DeclarativeSource
check: { type: CheckStream, stream_names: [a] }
definitions:
  a: ${stream('a')}
  b: ${stream('b', 'a')}
  c: ${stream('c', 'b')}
streams: [{ $ref: "#/definitions/a" }, { $ref: "#/definitions/b" }, { $ref: "#/definitions/c" }]
stream_groups: { crm: { streams: [${members}] } }`;

describe('exclusiveGroups', () => {
  it('hold streams that do not read each other', () => {
    expectValid(manifest('{ $ref: "#/definitions/a" }'));
  });

  it('do not hold a stream and its grandparent', () => {
    expectErrors(manifest('{ $ref: "#/definitions/a" }, { $ref: "#/definitions/c" }'), [
      {
        message:
          'The streams "c" and "a" are both in the group "crm", but "a" is read for "c": they cannot exclude each other.',
        at: '{ name: c',
      },
    ]);
  });
});
