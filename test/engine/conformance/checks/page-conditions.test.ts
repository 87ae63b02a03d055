import { pageConditions } from '../../../../engine/conformance/checks/page-conditions.ts';
import { harness, itemsWith } from '../harness.ts';

const { expectPass, expectViolations } = harness(pageConditions);

const paged = (
  strategy: string,
  option = 'type: RequestOption, inject_into: request_parameter, field_name: after',
) =>
  itemsWith({
    paginator: `type: DefaultPaginator
page_token_option: { ${option} }
pagination_strategy:
${strategy.replace(/^/gm, '  ')}`,
  });

const cursor = (value: string, stop: string) =>
  `type: CursorPagination\ncursor_value: "{{ ${value} }}"\nstop_condition: "{{ ${stop} }}"`;

describe('page-conditions', () => {
  it.each([
    ['response.next', 'not response.next'],
    ['response.next', 'response.next is none'],
    ["response.get('meta', {}).get('next')", "response.get('meta', {}).get('next') is not defined"],
    ['headers.link.next.cursor', "'next' not in headers.link"],
    ["response.links | map(attribute='cursor') | first", 'not response.links | list'],
    ['response.next', 'response.has_more is false'],
    ['response.next', 'response.page >= response.pages'],
    ['response.pagination.current + 1', "'current' not in response.pagination"],
  ])('passes for %s until %s', async (value, stop) => {
    await expectPass(paged(cursor(value, stop)));
  });

  it.each([
    ['response.next', 'response.next'],
    ['response.next', 'response.next is not none'],
    ['response.next', 'not (response.next is none)'],
    ["response.get('meta', {}).get('next')", "response.get('meta', {}).get('next') is defined"],
    ['headers.link.next.cursor', "'next' in headers.link"],
  ])('finds that %s until %s means the opposite', async (value, stop) => {
    await expectViolations(paged(cursor(value, stop)), [
      { message: /is true where the answer has a further token, .*: was its opposite meant\?$/, at: '"{{' },
    ]);
  });

  it.each(['true', '1 > 2', "'false'"])('finds that %s is always the same', async (stop) => {
    await expectViolations(paged(cursor('response.next', stop)), [
      { message: /reads nothing of the answer, so it is the same for every page/, at: '"{{' },
    ]);
  });

  it('finds a token of the page before', async () => {
    await expectViolations(paged(cursor('response.paging.prev_cursor', 'response.last')), [
      { message: /reads "prev_cursor", by which APIs name the page before this one/ },
    ]);
  });

  it('finds a token that is asked for as a path, and an address that is sent as a parameter', async () => {
    await expectViolations(
      paged(cursor('response.continuation_token', 'response.last'), 'type: RequestPath'),
      [{ message: /by its name it gives a token: a RequestOption puts it into a parameter/ }],
    );
    await expectViolations(paged('type: PageIncrement\npage_size: 10', 'type: RequestPath'), [
      { message: /A PageIncrement counts, and its number is asked for as a path here/ },
    ]);
    await expectViolations(paged(cursor('response.links.next_url', 'response.last')), [
      { message: /gives an address by its name, which is sent whole as a parameter here/ },
    ]);
    await expectPass(paged(cursor('response.links.next_url', 'response.last'), 'type: RequestPath'));
    const picked = "response.links | selectattr('rel', 'equalto', 'next') | map(attribute='href') | first";
    await expectPass(paged(cursor(picked, 'response.last'), 'type: RequestPath'));
    await expectViolations(paged(cursor(picked, 'response.last')), [
      { message: /gives an address by its name, which is sent whole as a parameter here/ },
    ]);
    const made = (option?: string) =>
      paged(cursor('response.num + 1', 'response.last').replace('1 }}', '1 }}/info.json'), option);
    await expectPass(made('type: RequestPath'));
    await expectViolations(made(), [{ message: /makes a path, which is sent whole as a parameter here/ }]);
  });

  it('finds a condition that is met by the first of three pages, or not by the last', async () => {
    const counted = (condition: string) =>
      itemsWith({
        paginator: `type: DefaultPaginator
page_token_option: { type: RequestOption, inject_into: request_parameter, field_name: page }
pagination_strategy:
  type: CursorPagination
  cursor_value: "{{ response.paging.current_page + 1 }}"
  stop_condition: "{{ ${condition} }}"`,
      });
    await expectPass(counted('response.paging.current_page >= response.paging.total_pages'));
    await expectPass(counted('response.paging.current_page + 1 == response.paging.total_pages'));
    await expectViolations(counted('response.paging.current_page != response.paging.total_pages'), [
      { message: /is true for the first of three pages/ },
    ]);
    await expectViolations(counted('response.paging.current_page > response.paging.total_pages'), [
      { message: /is false for the last of three pages/ },
    ]);
  });

  it('finds a condition that goes on after an empty page, and a token that is not the one that is sent', async () => {
    const paged = (value: string, condition: string) =>
      itemsWith({
        paginator: `type: DefaultPaginator
page_token_option: { type: RequestOption, inject_into: request_parameter, field_name: after }
pagination_strategy:
  type: CursorPagination
  cursor_value: "{{ ${value} }}"
  stop_condition: "{{ ${condition} }}"`,
      });
    await expectPass(paged('response.data.users.page.next_cursor', 'not response.data.users.page.more'));
    await expectViolations(paged('response.data.users.page.next_cursor', 'not response.users.page.more'), [
      {
        message:
          '"users.page.more" and "data.users.page.next_cursor" are both read of the answer, as if it had "users.page" at two places: is one of them written wrongly?',
      },
    ]);
    await expectViolations(paged('response.links.self', 'not response.links.next'), [
      { message: /"cursor_value" reads "self", by which APIs name this page or the first/ },
    ]);
    await expectPass(paged('response.meta.after', 'last_page_size < 100'));
    await expectViolations(paged('response.meta.after', 'last_page_size == 1'), [
      { message: /is false for an empty page/ },
    ]);
    await expectPass(paged('response.next_cursor', 'not response.has_more'));
    await expectViolations(paged('response.continuation', 'response.nextPageToken is none'), [
      {
        message:
          '"cursor_value" sends "continuation", and "stop_condition" asks whether there is "nextPageToken": was that meant?',
      },
    ]);
    await expectViolations(paged('response.previous_id', 'not response.next_cursor'), [
      { message: /"cursor_value" reads "previous_id"/ },
      {
        message:
          /"cursor_value" sends "previous_id", and "stop_condition" asks whether there is "next_cursor"/,
      },
    ]);
  });

  it('finds a condition that asks for another token of the same object', async () => {
    await expectPass(paged(cursor('response.page.after', 'not response.page.has_next')));
    await expectPass(paged(cursor('response.page.after', 'not response.page.next_page_exists')));
    await expectPass(paged(cursor('response.page.after', 'not response.page.after')));
    for (const other of ['next', 'marker', 'continuation'])
      await expectViolations(paged(cursor('response.page.after', `not response.page.${other}`)), [
        {
          message: `"cursor_value" sends "page.after", and "stop_condition" asks whether there is "page.${other}": was the former meant?`,
          at: `"{{ not response.page.${other}`,
        },
      ]);
    const renamed = paged(cursor('response.page.after', 'not response.page.next')).replace(
      'field_name: after',
      'field_name: start',
    );
    await expectViolations(renamed, [{ message: /was that meant\?$/, at: '"{{ response.page.after' }]);
  });
});
