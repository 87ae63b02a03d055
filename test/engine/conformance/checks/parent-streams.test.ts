import { parentStreams } from '../../../../engine/conformance/checks/parent-streams.ts';
import { harness } from '../harness.ts';

const { expectPass, expectViolations } = harness(parentStreams);

const stream = (name: string, more = '') => `  - type: DeclarativeStream
    name: ${name}
    primary_key: id
    retriever:
      requester: { url: "https://api.test/${name}" }
      record_selector: { extractor: { field_path: [data] } }
${more}`;

/** A child called so, of the first or the second stream. */
const child = (name: string, parent: 0 | 1, { field = 'parent_id', path = 'answers', key = 'id' } = {}) =>
  `version: 6.0.0
type: DeclarativeSource
check: { type: CheckStream, stream_names: [surveys] }
streams:
${stream('surveys')}
${stream('tooltips')}
${stream(
  name,
  `      partition_router:
        type: SubstreamPartitionRouter
        parent_stream_configs:
          - { type: ParentStreamConfig, parent_key: ${key}, partition_field: ${field}, stream: { $ref: "#/streams/${parent}" } }`,
).replace(`https://api.test/${name}`, `https://api.test/${path}`)}
`;

describe('parent-streams', () => {
  it('passes where something says that this is the parent, or nothing that another one is', async () => {
    await expectPass(child('survey_responses', 0));
    await expectPass(child('tooltip_surveys', 1));
    // Surveys of something: that they are surveys says nothing of whose.
    await expectPass(child('open_surveys', 1));
    await expectPass(child('responses', 1));
    await expectPass(child('survey_responses', 1, { field: 'tooltip_id' }));
    await expectPass(child('survey_responses', 1, { key: 'survey_id' }));
    await expectPass(child('survey_responses', 1, { path: 'tooltips/answers' }));
    await expectPass(child('survey_responses', 1, { path: 'boxes/{{ stream_partition.parent_id }}' }));
  });

  it('finds that a stream has the name of another parent', async () => {
    await expectViolations(child('survey_responses', 1), [
      {
        message:
          'Stream "survey_responses" is read for each record of "tooltips", with which it has no word in common, and there is a stream "surveys": is that the parent?',
        at: '"#/streams/1"',
        stream: 'survey_responses',
      },
    ]);
  });
});
