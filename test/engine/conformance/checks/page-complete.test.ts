import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pageComplete } from '../../../../engine/conformance/checks/page-complete.ts';
import { harness, itemsWith } from '../harness.ts';

const { expectPass, expectViolations } = harness(pageComplete);

const paged = (stop: string, size = 20) =>
  itemsWith({
    paginator: `type: DefaultPaginator
page_token_option: { type: RequestOption, inject_into: request_parameter, field_name: after }
page_size_option: { type: RequestOption, inject_into: request_parameter, field_name: limit }
pagination_strategy:
  type: CursorPagination
  page_size: ${size}
  cursor_value: "{{ response.next }}"
  stop_condition: "{{ ${stop} }}"`,
  });

describe('page-complete', () => {
  it('passes where the condition has the size that is asked for', async () => {
    await expectPass(paged('last_page_size < 20'));
    await expectPass(paged('not response.next'));
  });

  it.each(['last_page_size < 1_00', 'response.data | length < 100'])(
    'names both sizes where it is %s',
    async (stop) => {
      await expectViolations(paged(stop), [
        { message: /less than 100 records, and asks for 20 \("page_size"\)/, at: '"{{' },
      ]);
    },
  );

  it.each([
    ['which its schema has', 'content_url', 'content_url: { type: string }'],
    ['which its schema does not have', 'file, url', ''],
    ['which is in a list', 'files, "*", url', ''],
  ])('passes where each record has a file, by an address %s', async (_, path, field) => {
    const folder = await mkdtemp(join(tmpdir(), 'staging-'));
    const before = process.env.AIRBYTE_STAGING_DIRECTORY;
    process.env.AIRBYTE_STAGING_DIRECTORY = folder;
    const file = `file_uploader:
      type: FileUploader
      requester: { type: HttpRequester, url_base: "{{ download_target }}", http_method: GET }
      download_target_extractor: { type: DpathExtractor, field_path: [${path}] }`;
    try {
      const yaml = paged('not response.next').replace(
        /^ {4}schema_loader/m,
        `    ${file}\n    schema_loader`,
      );
      await expectPass(yaml.replace(/( +)id: {/, `$1${field}\n$1id: {`));
    } finally {
      if (before === undefined) delete process.env.AIRBYTE_STAGING_DIRECTORY;
      else process.env.AIRBYTE_STAGING_DIRECTORY = before;
      await rm(folder, { recursive: true });
    }
  });

  it.each([
    "response['data'][-1]['code']",
    "response.get('data', [])[-1].get('code')",
    'response.data[-1].code',
  ])('passes where the token is a field of the last record, read out of the answer by %s', async (code) => {
    const yaml = paged('not response.data').replace('{{ response.next }}', `{{ ${code} if response.data }}`);
    await expectPass(yaml);
    await expectPass(yaml.replace(/( +)id: {/, '$1code: { type: string }\n$1id: {'));
  });

  it.each(['response.links[0].href', 'response.links[-1].href', '(response.links | last).href'])(
    'passes where the next page is named in a list, %s',
    async (href) => {
      await expectPass(paged(`not ${href}`).replace('{{ response.next }}', `{{ ${href} }}`));
    },
  );

  it('tells a cursor that is never found', async () => {
    const yaml = paged('not response.more').replace(
      '{{ response.next }}',
      "{{ headers.link | string | regex_search('rel=') }}",
    );
    await expectViolations(yaml, [
      {
        message:
          'Stream "items" never reads a second page: on a page that has a next one, "cursor_value" gives nothing. "regex_search" gives what the first group matches, and the expression has none.',
        at: '"{{ headers',
      },
    ]);
  });

  it('tells a condition that always holds', async () => {
    await expectViolations(paged("not (headers.link | string | regex_search('rel='))"), [
      {
        message:
          'Stream "items" never reads a second page: on a page that has a next one, "stop_condition" is true all the same. "regex_search" gives what the first group matches, and the expression has none.',
        at: '"{{ not (headers.link',
      },
    ]);
  });
});
