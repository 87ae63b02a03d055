import { findingsIn, manifestOf, readStream } from '../../kit/read-manifest.ts';

const stream = (requester: string, more = '') => `
name: items
retriever:
  requester: { url: https://api.test/items, ${requester} }
  record_selector: { extractor: { field_path: [] } }${more}
`;
const answers = () => ({ body: [{ id: 1 }] });
const broken = '{{ response.next | nothing }}';

describe('a template that cannot be read, in a field that is not used', () => {
  it.each([
    [
      'the message of a response filter that matches nothing',
      stream(
        `error_handler: { response_filters: [{ http_codes: [418], action: FAIL, error_message: "${broken}" }] }`,
      ),
    ],
    [
      'the predicate of a filter behind one that matches',
      stream(
        `error_handler: { response_filters: [{ http_codes: [200], action: SUCCESS }, { predicate: "${broken}", action: FAIL }] }`,
      ),
    ],
  ])('does not fail the read, and is an error of the manifest: %s', async (_, yaml) => {
    const { records, errors } = await readStream(yaml, answers);
    expect(errors).toEqual([]);
    expect(records).toEqual([{ id: 1 }]);
    expect(findingsIn(manifestOf(yaml.trim())).join()).toContain(`No filter named 'nothing'`);
  });

  it('fails the read where it is used', async () => {
    const { errors } = await readStream(stream(`request_parameters: { a: "${broken}" }`), answers);
    expect(errors[0]?.message).toContain(`No filter named 'nothing'`);
  });
});
