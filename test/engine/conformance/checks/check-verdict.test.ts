import { checkVerdict } from '../../../../engine/conformance/checks/check-verdict.ts';
import { harness, itemsWith } from '../harness.ts';

const { expectPass, expectViolations, run } = harness(checkVerdict);

describe('check-verdict', () => {
  it('passes where the verdict follows the answers', async () => {
    await expectPass(itemsWith());
  });

  it('says in a sentence why it fails, and points at the place', async () => {
    const broken = itemsWith({ path: "/{{ config['a']['b'] }}" });
    await expectViolations(broken, [
      { message: /^`check` fails although the API answers: .*UndefinedError/, at: '{ type: CheckStream' },
    ]);
    const { violations } = await run(broken);
    expect(violations[0]?.message).not.toContain('\n');
    expect(violations[0]?.places[1]?.pointer).toContain('/requester/url');
  });

  it('warns where nobody is told of a mistyped credential', async () => {
    const ignored = itemsWith({
      requester: `error_handler:
  type: DefaultErrorHandler
  response_filters: [{ type: HttpResponseFilter, http_codes: [401], action: IGNORE }]`,
    });
    await expectViolations(ignored, [
      { message: /every request with 401 makes `check` succeed/, severity: 'warning' },
    ]);
  });

  it.each(['Error', 'An unknown error occurred.', '" "', '"Failed: undefined"', '"Reason: [object Object]"'])(
    'warns where all that is said of a mistyped credential is %s',
    async (message) => {
      await expectViolations(itemsWith({ requester: refusing(message) }), [
        { message: /reads neither a status nor a reason/, severity: 'warning' },
      ]);
    },
  );

  it('points at the message that says nothing', async () => {
    await expectViolations(itemsWith({ requester: refusing('Error') }), [
      { message: /`check` only says "Error": whoever mistypes/, at: 'Error' },
    ]);
  });

  it.each([
    'The token is not valid.',
    'Unauthorized',
    '"{{ response.detail }}"',
    '"Sorry: {{ response.detail }}"',
  ])('takes %s for a reason, or for what real answers may have one in', async (message) => {
    await expectPass(itemsWith({ requester: refusing(message) }));
  });

  it('does not know what check says of a stream whose parents a filter leaves out for their partition', async () => {
    const child = (filter: string, key = 'id') =>
      itemsWith().replace(
        '      record_selector:',
        `      partition_router:
        type: SubstreamPartitionRouter
        parent_stream_configs:
          - type: ParentStreamConfig
            parent_key: ${key}
            partition_field: group_id
            stream:
              type: DeclarativeStream
              name: groups
              primary_key: id
              schema_loader: { type: InlineSchemaLoader, schema: { type: object, properties: { id: { type: integer } } } }
              retriever:
                type: SimpleRetriever
                requester: { type: HttpRequester, url: "https://api.test/groups" }
                record_selector: { extractor: { type: DpathExtractor, field_path: [] } ${filter} }
      record_selector:`,
      );
    const ofPartition = `, record_filter: { type: RecordFilter, condition: "{{ stream_slice.extra_fields['kind'] == 'open' }}" }`;
    const { violations, notRun } = await run(child(ofPartition));
    expect(violations).toEqual([]);
    expect(notRun.map(({ reason }) => reason)).toEqual([
      'every record of stream "groups" that was made up is left out by a filter',
    ]);
    await expectPass(child(''));
    await expectViolations(child('', 'uid.of'), [{ message: /^`check` fails although the API answers: / }]);
  });
});

function refusing(message: string): string {
  return `error_handler:
  type: DefaultErrorHandler
  response_filters: [{ type: HttpResponseFilter, http_codes: [401], action: FAIL, error_message: ${message} }]`;
}
