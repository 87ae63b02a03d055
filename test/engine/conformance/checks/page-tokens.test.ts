import { pageTokens } from '../../../../engine/conformance/checks/page-tokens.ts';
import { harness, itemsWith } from '../harness.ts';

const { expectPass, expectViolations } = harness(pageTokens);

const paged = (stop: string, value: string, option = 'cursor') =>
  itemsWith({
    paginator: `type: DefaultPaginator
page_token_option: { type: RequestOption, inject_into: request_parameter, field_name: ${option} }
pagination_strategy:
  type: CursorPagination
  stop_condition: "{{ ${stop} }}"
  cursor_value: "{{ ${value} }}"`,
  });

describe('page-tokens', () => {
  it.each([
    ["'next' not in response['meta']", "response['meta']['next']"],
    ['not response.meta.has_more', 'response.meta.next'],
    ['not response.has_more', 'response.data[-1].id'],
    ["not response.get('links', {}).get('next')", 'response.links.next.href'],
    ['response.page == response.pages', 'response.next'],
    ['not response.previous', 'response.previous'],
  ])('passes for %s and %s', async (stop, value) => {
    await expectPass(paged(stop, value));
  });

  it('finds several tokens for one page', async () => {
    await expectPass(paged('not response.data', 'response.cursors'));
    await expectPass(paged('not response.data', 'response.next_pages[0]'));
    await expectViolations(paged('not response.data', 'response.nextPages'), [
      {
        message:
          '"cursor_value" reads "nextPages", a plural: what asks for the next page is one, "nextPage".',
        at: '"{{ response',
        stream: 'items',
      },
    ]);
  });

  it.each([
    ["'next' not in response", "response['meta']['next']", 'next', 'meta.next'],
    ['not response.next', 'response.links.next', 'next', 'links.next'],
    ['not response.nextpage', 'response.nextPage', 'nextpage', 'nextPage'],
    ['not response.link.next', 'response.links.next', 'link.next', 'links.next'],
  ])('finds one name at two places: %s and %s', async (stop, value, tested, sent) => {
    await expectViolations(paged(stop, value), [
      {
        message: `"stop_condition" looks for "${tested}" of the answer, and "cursor_value" reads "${sent}": of one answer hardly both are there.`,
        at: '"{{ ',
        stream: 'items',
      },
    ]);
  });

  it('finds a condition that looks at the way back', async () => {
    for (const stop of [
      'not response.pageInfo.hasPreviousPage',
      "'previous' not in response.pageInfo",
      'response.pageInfo.prev_cursor is none',
    ])
      await expectViolations(paged(stop, 'response.pageInfo.endCursor'), [
        { message: /by which APIs tell of the page before/ },
      ]);
  });

  it('finds the begin of a page where its end belongs', async () => {
    await expectViolations(paged('not response.info.hasNextPage', 'response.info.startCursor'), [
      { message: /reads "info.startCursor", where a page begins/ },
    ]);
  });

  it('finds the first record of a page, after which the next one begins', async () => {
    await expectPass(paged('not response.has_more', 'response.data[-1].id', 'after'));
    await expectPass(paged('not response.links[0].href', 'response.links[0].href', 'after'));
    await expectViolations(paged('not response.has_more', 'response.data[0].id', 'after'), [
      {
        message:
          '"cursor_value" reads "id" of the first record of a page, and it is sent as "after": the next page begins after the last one, [-1].',
      },
    ]);
  });

  it('finds a token that the answer has and the last record is asked for', async () => {
    await expectViolations(
      paged("'page' not in last_record['meta']", "last_record['meta']['page']['after']"),
      [
        {
          message:
            'The last record is asked for "meta.page.after", and the schema of stream "items" has no "meta": is "response" meant?',
        },
      ],
    );
    await expectPass(paged('not last_record', 'last_record.id'));
    const described = paged('not last_record', 'last_record.meta.next');
    await expectPass(
      described.replace('id: { type: integer }', 'id: { type: integer }\n          meta: { type: object }'),
    );
    // The answer is the record.
    await expectPass(described.replace('field_path: [data]', 'field_path: []'));
  });
});
