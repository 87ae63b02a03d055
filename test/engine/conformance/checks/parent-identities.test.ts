import { parentIdentities } from '../../../../engine/conformance/checks/parent-identities.ts';
import { harness } from '../harness.ts';

const { expectPass, expectViolations } = harness(parentIdentities);

const stream = (name: string, key: string, more = '') => `  - type: DeclarativeStream
    name: ${name}
${key === '' ? '' : `    primary_key: ${key}\n`}    retriever:
      requester: { url: "https://api.test/${name}" }
      record_selector: { extractor: { field_path: [data] } }
${more}    schema_loader:
      type: InlineSchemaLoader
      schema:
        properties:
          id: { type: string }
          survey_id: { type: string }
          slug: { type: string }
          link: { type: string }
          eTag: { type: string }
          survey_name: { type: string }
          is_open: { type: boolean }
          first_seen: { type: string, format: date-time }
          owner_key: { type: object }
`;

interface Parts {
  readonly primaryKey?: string;
  readonly path?: string;
  readonly more?: string;
}

const child = (name: string, key: string, field: string, path = name) =>
  stream(
    name,
    'id',
    `      partition_router:
        type: SubstreamPartitionRouter
        parent_stream_configs:
          - type: ParentStreamConfig
            parent_key: ${key}
            partition_field: ${field}
            stream: { $ref: "#/streams/0" }
`,
  ).replace(`https://api.test/${name}`, `https://api.test/${path}`);

const children = (
  key: string,
  field: string,
  { primaryKey = 'id', path, more = '' }: Parts = {},
) => `version: 6.0.0
type: DeclarativeSource
check: { type: CheckStream, stream_names: [surveys] }
streams:
${stream('surveys', primaryKey)}${child('responses', key, field, path)}${more}`;

describe('parent-identities', () => {
  it.each([
    ['id', 'survey'],
    // Names of identifiers.
    ['slug', 'survey'],
    ['survey_key', 'survey'],
    ['sequence_num', 'survey_id'],
    // What the partition is called.
    ['name', 'name'],
    ['survey_title', 'title'],
    ['current_survey', 'survey_uri'],
    // A template makes something of the record.
    ['"{{ record.name }}"', 'survey'],
  ])('passes for "%s" as "%s"', async (key, field) => {
    await expectPass(children(key, field));
  });

  it('lets a path read the fields of an object', async () => {
    const path = (read: string) => `responses/{{ ${read} }}`;
    await expectPass(children('owner_key', 'owner', { path: path('stream_partition.owner.id') }));
    await expectViolations(children('owner_key', 'owner', { path: path('stream_partition.owner') }), [
      { message: /^"owner" takes "owner_key" of the parent, which is an object by its schema/ },
    ]);
  });

  it.each([
    ['name', 'survey_id', 'no id by its name'],
    ['eTag', 'survey', 'no id by its name'],
    ['title', 'survey', 'no id by its name'],
    ['survey_name', 'survey', 'no id by its name'],
    ['is_open', 'survey', 'true or false by its schema'],
    ['first_seen', 'first_seen', 'a moment by its schema'],
    ['owner_key', 'survey', 'an object by its schema'],
  ])('finds "%s" as "%s"', async (key, field, is) => {
    await expectViolations(children(key, field), [
      {
        message: `"${field}" takes "${key}" of the parent, which is ${is}: the primary key of the parent is "id".`,
        at: key,
        stream: 'responses',
      },
    ]);
  });

  it('looks for an id in the schema of a parent without a key', async () => {
    await expectViolations(children('title', 'survey', { primaryKey: '' }), [
      {
        message:
          '"survey" takes "title" of the parent, which is no id by its name: records of the parent have "id", too.',
        at: 'title',
      },
    ]);
    const without = (field: string) =>
      children('title', field, { primaryKey: '' }).replaceAll(/^ +(?:survey_)?id: .*\n/gm, '');
    await expectPass(without('survey'));
    await expectViolations(without('survey_id'), [
      { message: '"survey_id" takes "title" of the parent, which is no id by its name.' },
    ]);
  });

  it('takes an address for an id where it is not a step of one', async () => {
    await expectPass(children('link', 'survey'));
    await expectViolations(
      children('link', 'survey', { path: 'surveys/{{ stream_partition.survey }}/responses' }),
      [
        {
          message:
            '"survey" takes "link" of the parent, which is an address, and no step of one: the primary key of the parent is "id".',
        },
      ],
    );
  });

  it('passes for what two streams take of one parent', async () => {
    await expectPass(children('eTag', 'survey', { more: child('comments', 'eTag', 'survey') }));
    await expectViolations(children('eTag', 'survey', { more: child('comments', 'id', 'survey') }), [
      { message: /"survey" takes "eTag"/, stream: 'responses' },
    ]);
  });

  it('finds another id than the one that the partition is called after', async () => {
    await expectPass(children('survey_id', 'surveyId', { primaryKey: 'survey_id' }));
    await expectPass(children('slug', 'slug', { primaryKey: 'survey_id' }));
    await expectPass(children('id', 'id', { primaryKey: 'survey_id' }));
    await expectViolations(children('id', 'surveyId', { primaryKey: 'survey_id' }), [
      {
        message:
          '"surveyId" takes "id" of the parent, whose primary key is "survey_id", as the partition is called.',
        at: 'id',
      },
    ]);
  });

  it('finds another id than the one that other streams take under the same name', async () => {
    await expectViolations(
      children('slug', 'survey', { more: child('answers', 'id', 'survey') + child('notes', 'id', 'survey') }),
      [
        {
          message:
            '"survey" takes "slug" of the parent, whose primary key is "id", and stream "answers" takes that under the same name.',
        },
      ],
    );
    // Several ids of a survey are sent.
    await expectPass(children('slug', 'survey', { more: child('notes', 'id', 'survey_id') }));
    const two = child('answers', 'id', 'survey') + child('notes', 'slug', 'survey');
    await expectPass(children('slug', 'survey', { more: two }));
  });
});
