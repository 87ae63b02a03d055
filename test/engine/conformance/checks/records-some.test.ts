import { recordsSome } from '../../../../engine/conformance/checks/records-some.ts';
import { harness, itemsWith, streamWith } from '../harness.ts';

const { run, expectPass, expectViolations } = harness(recordsSome);

/** A stream that is filtered, with lists of ids in its config that may be left out. */
const filtered = (condition: string, more = '') =>
  itemsWith({
    selector: `record_filter: { type: RecordFilter, condition: "{{ ${condition} }}" }`,
    spec: `token: { type: string, airbyte_secret: true }
ids: { type: array, items: { type: string } }
listed: { type: string, description: with commas }`,
    schema: 'id: { type: string }\nstatus: { type: string }',
  }).replace('\nspec:', `${more}\nspec:`);

const child = streamWith(
  'notes',
  'schema_loader: { type: InlineSchemaLoader, schema: { type: object, properties: { id: {} } } }',
).replace(
  '    retriever:',
  `    retriever:
      partition_router:
        type: SubstreamPartitionRouter
        parent_stream_configs:
          - { type: ParentStreamConfig, parent_key: id, partition_field: item, stream: "#/streams/0" }`,
);

describe('records-some', () => {
  it.each([
    'record.id in config.ids or not config.ids',
    "record['id'] in config.get('ids', []) if config.get('ids') else true",
    "not config.listed or record.id in config.listed.split(',')",
    "record.status == 'open'",
  ])(
    'passes where a filter is %s, and there are records of another stream for those that are kept',
    async (text) => {
      await expectPass(filtered(text, child));
    },
  );

  it.each(['record.id in config.ids or config.ids', 'record.id in config.ids if config.ids else false'])(
    'finds that %s keeps nothing where the list is left out',
    async (condition) => {
      await expectViolations(filtered(condition), [
        {
          message:
            'Without "ids", which the config may leave out, every record of stream "items" is left out: is an empty list to let all pass?',
          severity: 'warning',
        },
      ]);
    },
  );

  it('says nothing of a filter that asks for what nobody can make up', async () => {
    const { violations, notRun } = await run(filtered('record.id == config.ids | length', child));
    expect(violations).toEqual([]);
    expect(notRun.map(({ stream, reason }) => [stream, reason])).toEqual([
      ['items', 'its filter compares records with the config that it is tried with'],
      ['notes', 'every record of its parent "items" is left out by a filter'],
    ]);
  });

  it('finds a filter that keeps nothing, once', async () => {
    await expectViolations(filtered("record.status == 'open' and record.status == 'closed'", child), [
      { message: /^Every record of stream "items" is left out/, stream: 'items', severity: 'error' },
    ]);
  });

  it('finds a key of a parent that no record has', async () => {
    await expectViolations(filtered('true', child.replace('parent_key: id', 'parent_key: guid')), [
      { message: /^Stream "notes" has no partition/, at: 'guid', severity: 'error' },
    ]);
  });
});
