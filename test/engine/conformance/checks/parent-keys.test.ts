import { parentKeys } from '../../../../engine/conformance/checks/parent-keys.ts';
import { harness } from '../harness.ts';

const { expectPass, expectViolations } = harness(parentKeys);

const stream = (name: string, more = '') => `  - type: DeclarativeStream
    name: ${name}
    primary_key: id
    retriever:
      requester: { url: "https://api.test/${name}" }
      record_selector: { extractor: { field_path: [data] } }
${more}`;

const children = (parent: string, key: string, field: string, path = 'responses') => `version: 6.0.0
type: DeclarativeSource
check: { type: CheckStream, stream_names: [surveys] }
streams:
${stream('surveys')}
${stream('tooltips')}
${stream(
  'responses',
  `      partition_router:
        type: SubstreamPartitionRouter
        parent_stream_configs:
          - { type: ParentStreamConfig, parent_key: ${key}, partition_field: ${field}, stream: "#/streams/${parent}" }`,
)
  .replace(/"#\/streams\/(\d)"/, '{ $ref: "#/streams/$1" }')
  .replace('https://api.test/responses', `https://api.test/${path}`)}
`;

describe('parent-keys', () => {
  it('passes for an id of the stream that it names', async () => {
    await expectPass(children('0', 'id', 'survey_id'));
    await expectPass(children('0', 'title', 'title'));
    await expectPass(children('1', 'survey_id', 'survey_id'));
  });

  it('finds another parent than the one in the path', async () => {
    const path = 'surveys/{{ stream_partition.parent_id }}/responses';
    await expectPass(children('0', 'id', 'parent_id', path));
    await expectPass(children('1', 'id', 'parent_id', path.replace('surveys', 'lists')));
    await expectPass(children('1', 'id', 'tooltip', path.replace('parent_id', 'tooltip')));
    await expectViolations(children('1', 'id', 'parent_id', path), [
      {
        message:
          'The path of stream "responses" has a record of "surveys" there, and the parent is "tooltips": is "surveys" the parent?',
        at: '"#/streams/1"',
        stream: 'responses',
      },
    ]);
  });

  it('takes a step of a path that has the parent of the parent for no word about the parent', async () => {
    const path = (read: string) => `surveys/{{ ${read} }}/tooltips/{{ stream_slice.id }}/responses`;
    await expectPass(children('1', 'id', 'id', path('stream_slice.parent_slice.id')));
    await expectPass(children('1', 'id', 'id', path('config.id')));
    await expectViolations(children('1', 'id', 'id', path('stream_slice.id')), [
      { message: /has a record of "surveys" there, and the parent is "tooltips"/ },
    ]);
  });

  it('takes what has the id of its parent, and none of what the path says, for its own', async () => {
    const path = 'surveys/{{ stream_partition.id }}/responses';
    const having = (...names: string[]) =>
      children('1', 'id', 'id', path).replace(
        '    name: responses\n',
        `    name: responses
    schema_loader: { type: InlineSchemaLoader, schema: { type: object, properties: { ${names.map((name) => `${name}: { type: string }`).join(', ')} } } }
`,
      );
    await expectPass(having('id', 'tooltip_id'));
    for (const names of [['id', 'tooltip_id', 'survey_id'], ['id'], ['survey_id']])
      await expectViolations(having(...names), [{ message: /is "surveys" the parent\?$/ }]);
  });

  it('finds another word than that of the parent before its id at the end of a path', async () => {
    const path = (word: string, rest = '') => `containers/${word}/{{ stream_partition.survey_id }}${rest}`;
    await expectPass(children('0', 'id', 'survey_id', path('surveys')));
    await expectPass(children('0', 'id', 'survey_id', path('boxes')));
    await expectPass(children('0', 'id', 'survey_id', path('tooltips', '/responses')));
    await expectViolations(children('0', 'id', 'survey_id', path('tooltips')), [
      {
        message:
          'The path of stream "responses" has "survey_id" where it has a record of "tooltips", and "survey_id" is one of "surveys".',
        at: 'tooltips',
        stream: 'responses',
      },
    ]);
  });

  it('takes a stream for what the end of its path says', async () => {
    const path = 'surveys/{{ stream_partition.parent_id }}/responses';
    const read = (from: string) =>
      children('1', 'id', 'parent_id', path).replace('https://api.test/tooltips', `https://api.test/${from}`);
    await expectPass(read('users/{{ config.user }}/surveys'));
    await expectPass(read('surveys/{{ config.survey }}'));
    await expectViolations(read('surveys/tooltips'), [{ message: /is "surveys" the parent\?$/ }]);
  });

  it('finds another parent than the one that is named', async () => {
    await expectViolations(children('1', 'id', 'survey_id'), [
      {
        message:
          '"survey_id" comes from the stream "tooltips", and there is a stream "surveys": is that the parent?',
        at: 'survey_id',
      },
    ]);
  });

  it('takes the own id of a record for no id of its parent', async () => {
    const parts = (key: string, field: string, path?: string) =>
      children('1', key, field, path).replaceAll('tooltips', 'survey_tooltips');
    await expectPass(parts('survey_id', 'survey_id'));
    await expectPass(parts('id', 'survey_tooltip_id'));
    await expectViolations(
      parts('id', 'survey_id').replaceAll('primary_key: id', 'primary_key: [id, survey_id]'),
      [{ message: /"survey_id" comes from the stream "survey_tooltips"/ }],
    );
    // Without a key that is said, "id" is the own one, too.
    await expectViolations(parts('id', 'survey_id').replaceAll('    primary_key: id\n', ''), [
      { message: /"survey_id" comes from the stream "survey_tooltips"/ },
    ]);
    await expectViolations(parts('id', 'survey_id'), [
      { message: /"survey_id" comes from the stream "survey_tooltips"/, at: 'survey_id' },
    ]);
    await expectViolations(parts('id', 'parent_id', 'surveys/{{ stream_partition.parent_id }}/responses'), [
      { message: /has a record of "surveys" there, and the parent is "survey_tooltips"/ },
    ]);
  });

  it('finds the id of something else, whatever the partition is called', async () => {
    await expectViolations(children('0', 'owner_id', 'parent_id'), [
      { message: /"parent_id" takes "owner_id" of "surveys", which by its name says/, at: 'owner_id' },
    ]);
  });

  const declared = (yaml: string, ...names: string[]) =>
    yaml.replace(
      '    name: surveys\n',
      `    name: surveys
    schema_loader: { type: InlineSchemaLoader, schema: { type: object, properties: { ${names.map((name) => `${name}: { type: string }`).join(', ')} } } }
`,
    );

  it('finds another field than the one that the partition is called', async () => {
    const listed = (key: string, field: string, path?: string) =>
      declared(children('0', key, field, path), 'id', 'slug', 'key', 'owner_id', 'survey_code');
    await expectPass(listed('id', 'survey_id'));
    await expectPass(listed('key', 'survey_key'));
    await expectPass(listed('slug', 'survey'));
    await expectViolations(listed('slug', 'key'), [
      {
        message: '"key" takes "slug" of "surveys", whose records have a field "key": was that meant?',
        at: 'slug',
        stream: 'responses',
      },
    ]);
    await expectViolations(listed('id', 'survey_key'), [
      { message: /^"survey_key" takes "id" of "surveys"/ },
    ]);
  });

  it('finds another field than the one that a partition of a parent is called', async () => {
    const listed = (key: string) =>
      declared(children('0', key, 'survey_parent_number'), 'id', 'survey_number', 'survey_code');
    await expectPass(listed('survey_number'));
    await expectViolations(listed('id'), [
      {
        message: /"survey_parent_number" takes "id" of "surveys", whose records have a field "survey_number"/,
      },
    ]);
  });

  it('finds what says to which other record one belongs', async () => {
    await expectViolations(children('0', 'owner_id', 'survey_id'), [
      {
        message:
          '"survey_id" takes "owner_id" of "surveys", which by its name says to what a record belongs: its primary key is "id".',
        at: 'owner_id',
      },
    ]);
  });

  it('lets the entries of a log say what is read', async () => {
    await expectPass(children('0', 'owner_id', 'id').replaceAll('surveys', 'activity_logs'));
  });

  it('lets a parent make of its own key what is taken, and of nothing else', async () => {
    const made = (from: string) =>
      children('0', 'owner_id', 'survey_id').replace(
        /(name: surveys\n)/,
        `$1    transformations: [{ type: AddFields, fields: [{ path: [owner_id], value: "{{ record.${from} | string }}" }] }]\n`,
      );
    await expectPass(made('id'));
    await expectViolations(made('owner'), [{ message: /^"survey_id" takes "owner_id" of "surveys"/ }]);
  });

  it('finds another field than the one that it is sent as', async () => {
    const sent = (key: string) =>
      declared(children('0', key, 'part'), 'id', 'code').replace(
        'requester: { url: "https://api.test/responses" }',
        `requester: { url: "https://api.test/responses", request_parameters: { code: "{{ stream_partition['part'] }}" } }`,
      );
    await expectPass(sent('code'));
    await expectViolations(sent('slug'), [{ message: /^"code" takes "slug" of "surveys"/ }]);
  });

  it('lets a partition be an object, of which parts are read', async () => {
    const read = (template: string) =>
      declared(children('0', 'origin', 'id', `surveys/{{ ${template} }}/responses`), 'id', 'title');
    await expectPass(read('stream_partition.id.survey_id'));
    await expectPass(read("stream_slice['id']['survey_id']"));
    await expectViolations(read('stream_partition.id'), [{ message: /^"id" takes "origin" of "surveys"/ }]);
  });
});
