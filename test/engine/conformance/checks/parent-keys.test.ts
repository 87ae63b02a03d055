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

  it('finds an id that is a name', async () => {
    await expectViolations(children('0', 'name', 'survey_id'), [
      {
        message:
          '"survey_id" takes "name" of the parent, which is no id by its name: the primary key of the parent is "id".',
        at: 'name',
      },
    ]);
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
        at: 'parent_id',
        stream: 'responses',
      },
    ]);
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
});
