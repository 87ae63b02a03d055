import { schemaMembers } from '../../../../engine/validate/rules/schema-members.ts';
import { harness, withRetriever } from '../harness.ts';

const { expectValid, expectErrors } = harness(schemaMembers);

const schema =
  'schema_loader: { type: InlineSchemaLoader, schema: { properties: { id: {}, updated_at: {} } } }';
const severity = 'warning' as const;
const cursor = (field: string) =>
  `incremental_sync: { type: IncrementingCountCursor, cursor_field: ${field} }`;
const child = (key: string) => `
partition_router:
  type: SubstreamPartitionRouter
  parent_stream_configs:
    - parent_key: ${key}
      partition_field: p
      stream: { name: p, ${schema}, retriever: { requester: { url: https://a.b }, record_selector: { extractor: { field_path: [] } } } }`;

describe('schemaMembers', () => {
  it('are keys and cursors that records have', () => {
    expectValid(withRetriever('', `primary_key: [id, [updated_at]]\n${schema}\n${cursor('updated_at')}`));
    expectValid(withRetriever('', `primary_key: other`));
    expectValid(withRetriever(child('id')));
  });

  it('are looked for in the schema', () => {
    expectErrors(withRetriever('', `primary_key: [id, account]\n${schema}\n${cursor('update_at')}`), [
      { severity, message: 'The primary key "account" is not in the schema of this stream.', at: 'account]' },
      {
        severity,
        message:
          'The cursor field "update_at" is not in the schema of this stream. Did you mean "updated_at"?',
        at: 'update_at }',
      },
    ]);
    expectErrors(withRetriever(child('account/id')), [
      {
        severity,
        message: 'The parent key "account" is not in the schema of the parent stream.',
        at: 'account/id',
      },
    ]);
  });
});
