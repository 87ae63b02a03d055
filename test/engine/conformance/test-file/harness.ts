import { createSubject } from '../../../../engine/conformance/create-subject.ts';
import { readTestFile } from '../../../../engine/conformance/test-file/read-test-file.ts';
import { runTest, type TestResult } from '../../../../engine/conformance/test-file/run-test.ts';
import { loadManifest } from '../../../../engine/connector/load-manifest.ts';
import { positionOf } from '../../../../engine/error/print-location.ts';

/** A manifest with one incremental stream that searches page by page and waits when it is told to. */
export const contacts = `version: 6.0.0
type: DeclarativeSource
check: { type: CheckStream, stream_names: [contacts] }
spec:
  type: Spec
  connection_specification:
    type: object
    required: [token]
    properties: { token: { type: string, airbyte_secret: true } }
streams:
  - type: DeclarativeStream
    name: contacts
    primary_key: id
    retriever:
      requester:
        url_base: https://api.test
        path: /contacts/search
        http_method: POST
        authenticator: { type: BearerAuthenticator, api_token: "{{ config['token'] }}" }
        request_body_json: { pagination: { per_page: 2 } }
        error_handler:
          type: DefaultErrorHandler
          backoff_strategies: [{ type: WaitUntilTimeFromHeader, header: x-reset }]
      record_selector: { extractor: { field_path: [data] } }
      paginator:
        type: DefaultPaginator
        page_token_option: { type: RequestOption, inject_into: request_parameter, field_name: after }
        pagination_strategy:
          type: CursorPagination
          cursor_value: "{{ response.next }}"
          stop_condition: "{{ not response.next }}"
    incremental_sync:
      type: DatetimeBasedCursor
      cursor_field: updated_at
      start_datetime: { datetime: "1772236800", datetime_format: "%s" }
      datetime_format: "%s"
    schema_loader: { type: InlineSchemaLoader, schema: { type: object, properties: {} } }
`;

/** Runs the tests of a file, whose beginning is the same for all, against the manifest above. */
export async function run(tests: string, manifest = contacts): Promise<readonly TestResult[]> {
  const text = `now: 2026-03-01T00:00:00Z\nconfig: { token: very-secret-token }\ntests:\n${tests}`;
  const read = readTestFile({ name: 'x.test.yaml', text });
  if (read.fields === undefined || read.node === undefined)
    throw new Error(read.diagnostics.map(({ message }) => message).join('\n'));
  const { fields, node } = read;
  const subject = createSubject({
    file: 'x.yaml',
    manifest: loadManifest({ name: 'x.yaml', text: manifest }),
    config: fields.config,
  });
  const results: TestResult[] = [];
  for (const [index, test] of (fields.tests ?? []).entries())
    results.push(await runTest(test, index, { subject, file: fields, node }));
  return results;
}

/** What has failed, with its line and the lines below it. */
export function failuresOf(results: readonly TestResult[]): readonly string[] {
  return results.flatMap(({ failures }) =>
    failures.map(({ message, details = [], place }) => {
      const line = place === undefined ? '' : `${positionOf(place)?.line}: `;
      return [`${line}${message}`, ...details].join('\n');
    }),
  );
}
