import { pagingOptions } from '../../../../engine/conformance/checks/paging-options.ts';
import { harness, itemsWith } from '../harness.ts';

const { expectPass, expectViolations } = harness(pagingOptions);

const paged = (strategy: string, option = 'inject_into: request_parameter, field_name: page') =>
  itemsWith({
    paginator: `type: DefaultPaginator
page_token_option: { type: RequestOption, ${option} }
pagination_strategy: { ${strategy} }`,
  });

describe('paging-options', () => {
  it('passes for pages that are sent as a page, and for tokens', async () => {
    await expectPass(paged('type: PageIncrement'));
    await expectPass(
      paged(
        'type: CursorPagination, cursor_value: "{{ response.next }}", stop_condition: "{{ not response.next }}"',
      ),
    );
  });

  it('finds records that are sent as a page, and pages that are sent as an offset', async () => {
    await expectViolations(paged('type: OffsetIncrement, page_size: 10'), [
      {
        message: /counts records \(OffsetIncrement\) and sends them as "page"/,
        at: '{ type: OffsetIncrement',
      },
    ]);
    await expectViolations(
      paged('type: PageIncrement', 'inject_into: request_parameter, field_name: offset'),
      [{ message: /counts pages \(PageIncrement\) and sends them as "offset"/ }],
    );
  });

  it('finds a token where nobody looks', async () => {
    await expectViolations(paged('type: PageIncrement', 'inject_into: header, field_name: page'), [
      { message: /is sent in a header/, at: 'header' },
    ]);
    await expectViolations(paged('type: PageIncrement', 'inject_into: body_json, field_name: page'), [
      { message: /is sent in the body of a GET request/, at: 'body_json' },
    ]);
  });

  it('finds a page that is sent as a size, and pages that are left out', async () => {
    await expectViolations(
      paged('type: PageIncrement', 'inject_into: request_parameter, field_name: per_page'),
      [{ message: /as "per_page", by which APIs know how many records a page has/, at: 'per_page' }],
    );
    await expectViolations(paged('type: PageIncrement, start_from_page: 3'), [
      {
        message: 'Stream "items" begins with page 3: the records of the pages before are never read.',
        at: '3',
      },
    ]);
  });

  it('finds a size that is sent as a page, and numbers that are sent as tokens', async () => {
    const sized = (name: string) =>
      itemsWith({
        paginator: `type: DefaultPaginator
page_token_option: { type: RequestOption, inject_into: request_parameter, field_name: page }
page_size_option: { type: RequestOption, inject_into: request_parameter, field_name: ${name} }
pagination_strategy: { type: PageIncrement, page_size: 10 }`,
      });
    await expectPass(sized('limit'));
    for (const name of ['offset', 'page', 'cursor'])
      await expectViolations(sized(name), [
        { message: /sends how many records a page has as/, at: name, stream: 'items' },
      ]);
    await expectViolations(
      paged('type: PageIncrement', 'inject_into: request_parameter, field_name: cursor'),
      [{ message: /counts pages \(PageIncrement\) and sends the number as "cursor"/, at: 'cursor' }],
    );
    const token = (read: string) =>
      paged(
        `type: CursorPagination, cursor_value: "{{ response.${read} }}"`,
        'inject_into: request_parameter, field_name: offset',
      );
    await expectPass(token('next'));
    await expectViolations(token('next_cursor'), [
      { message: 'Stream "items" sends "next_cursor" as "offset", by which APIs take a number of records.' },
    ]);
  });

  it('finds names in the plural that APIs have in the singular', async () => {
    const named = (page: string, size: string) =>
      itemsWith({
        paginator: `type: DefaultPaginator
page_token_option: { type: RequestOption, inject_into: request_parameter, field_name: ${page} }
page_size_option: { type: RequestOption, inject_into: request_parameter, field_name: ${size} }
pagination_strategy: { type: PageIncrement, page_size: 10 }`,
      });
    await expectPass(named('page', 'max_results'));
    await expectPass(named('page', 'ps'));
    await expectViolations(named('pages', 'limits'), [
      { message: /is sent as "pages", which APIs have in the singular, "page"/, at: 'pages' },
      { message: /is sent as "limits", which APIs have in the singular, "limit"/, at: 'limits' },
    ]);
    const token = (option: string) =>
      itemsWith({
        paginator: `type: DefaultPaginator
page_token_option: { type: RequestOption, inject_into: request_parameter, field_name: ${option} }
pagination_strategy: { type: CursorPagination, cursor_value: "{{ response.lastId }}" }`,
      });
    await expectPass(token('lastId'));
    await expectViolations(token('lastIds'), [
      { message: /is sent as "lastIds", which APIs have in the singular, "lastId"/, at: 'lastIds' },
    ]);
  });

  it('finds a size that no request says, where other streams say it', async () => {
    const stream = (name: string, option: string) => `  - type: DeclarativeStream
    name: ${name}
    retriever:
      requester: { url: "https://api.test/${name}" }
      record_selector: { extractor: { field_path: [data] } }
      paginator:
        type: DefaultPaginator
        page_token_option: { type: RequestOption, inject_into: request_parameter, field_name: page }
        ${option}
        pagination_strategy: { type: PageIncrement, page_size: 50 }`;
    const streams = (...each: readonly string[]) =>
      `version: 6.0.0\ntype: DeclarativeSource\ncheck: { type: CheckStream, stream_names: [a] }\nstreams:\n${each.join('\n')}\n`;
    const said =
      'page_size_option: { type: RequestOption, inject_into: request_parameter, field_name: limit }';
    await expectPass(streams(stream('a', ''), stream('b', '')));
    await expectViolations(streams(stream('a', said), stream('b', '')), [
      { message: /No request of stream "b" says that a page has 50 records/, stream: 'b' },
    ]);
  });

  it('doubts that pages nobody asks for have very many records', async () => {
    const paged = (size: number) =>
      itemsWith({
        paginator: `type: DefaultPaginator
page_token_option: { type: RequestOption, inject_into: request_parameter, field_name: skip }
pagination_strategy: { type: OffsetIncrement, page_size: ${size} }`,
      });
    await expectPass(paged(100));
    await expectViolations(paged(1000), [
      { message: /^No request of stream "items" says that a page has 1000 records/, severity: 'note' },
    ]);
  });
});
