import { manifestValid } from '../../../../engine/conformance/checks/manifest-valid.ts';
import { harness, manifestWith } from '../harness.ts';

const { expectPass, expectViolations, run } = harness(manifestValid);

describe('manifest-valid', () => {
  it('passes when validate has nothing to say', async () => {
    await expectPass(manifestWith());
  });

  it('says what validate says', async () => {
    await expectViolations(manifestWith().replace('field_path: []', 'field_pathh: []'), [
      { message: /field_path/ },
      { message: /Unknown field "field_pathh" on DpathExtractor/, at: 'field_pathh' },
    ]);
  });

  it('says once what is found by two ways to one definition', async () => {
    const shared = manifestWith({
      root: `definitions:
  retriever:
    type: SimpleRetriever
    incremental_sync: { type: DatetimeBasedCursor }
    requester: { url: https://api.test/all }
    record_selector: { extractor: { field_path: [] } }
  all: { type: DeclarativeStream, name: all, retriever: { $ref: "#/definitions/retriever" } }`,
    }).replace(
      /retriever:\n +requester: .*\n.*/,
      `retriever:
      $ref: "#/definitions/retriever"
      partition_router:
        type: SubstreamPartitionRouter
        parent_stream_configs: [{ stream: "#/definitions/all", parent_key: id, partition_field: id }]`,
    );
    const { violations } = await run(shared);
    const unknown = violations.filter(({ message }) =>
      message.startsWith('Unknown field "incremental_sync"'),
    );
    expect(unknown).toHaveLength(1);
  });
});
