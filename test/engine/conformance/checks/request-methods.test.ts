import { requestMethods } from '../../../../engine/conformance/checks/request-methods.ts';
import { harness } from '../harness.ts';

const { expectPass, expectViolations } = harness(requestMethods);

const asked = (...requesters: readonly string[]) => `version: 6.0.0
type: DeclarativeSource
check: { type: CheckStream, stream_names: [s0] }
streams:
${requesters
  .map(
    (requester, index) => `  - type: DeclarativeStream
    name: s${index}
    retriever:
      requester: { url: "https://api.test/s${index}", ${requester} }
      record_selector: { extractor: { field_path: [data] } }`,
  )
  .join('\n')}
`;

describe('request-methods', () => {
  it('passes for what APIs answer', async () => {
    await expectPass(asked('http_method: GET', 'http_method: POST, request_body_json: { query: x }'));
    await expectPass(asked('http_method: POST', 'http_method: POST'));
  });

  it('finds a body of a GET', async () => {
    await expectViolations(asked('http_method: GET, request_body_json: { query: x }'), [
      {
        message:
          '"request_body_json" is sent with GET, which servers leave unread: should "http_method" be POST?',
        at: 'GET',
      },
    ]);
  });

  it('finds a POST without a body among others that are read by GET', async () => {
    await expectViolations(asked('http_method: GET', 'http_method: POST', 'http_method: GET'), [
      {
        message: /sent by POST without anything in its body, and the other requests of the manifest by GET/,
        at: 'POST',
      },
    ]);
  });

  it('finds what changes what it reads', async () => {
    await expectViolations(asked('http_method: DELETE'), [
      { message: /^DELETE changes what it is sent to/, at: 'DELETE' },
    ]);
  });
});
