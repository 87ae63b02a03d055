import { headerValues } from '../../../../engine/conformance/checks/header-values.ts';
import { harness, itemsWith } from '../harness.ts';

const { expectPass, expectViolations } = harness(headerValues);

const until = (stop: string) =>
  itemsWith({
    paginator: `type: DefaultPaginator
page_token_option: { type: RequestOption, inject_into: request_parameter, field_name: after }
pagination_strategy:
  type: CursorPagination
  cursor_value: "{{ headers['x-next'] }}"
  stop_condition: "{{ ${stop} }}"`,
  });

describe('header-values', () => {
  it.each([
    "headers.link.next.results == 'false'",
    "headers['x-left'] | int == 0",
    "headers.get('x-more', false) == false",
    'response.more == false',
  ])('passes for %s', async (stop) => {
    await expectPass(until(stop));
  });

  it.each([
    ['headers.link.next.results == false', /never the boolean false: "== 'false'"/],
    ["0 == headers['x-left']", /never the number 0: "== '0'"/],
    ["headers.get('x-more') != true", /never the boolean true: "!= 'true'"/],
  ])('finds %s', async (stop, message) => {
    await expectViolations(until(stop), [{ message, at: stop.slice(0, 3) }]);
  });
});
