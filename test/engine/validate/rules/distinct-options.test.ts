import { distinctOptions } from '../../../../engine/validate/rules/distinct-options.ts';
import { harness, withRetriever } from '../harness.ts';

const { expectValid, expectErrors } = harness(distinctOptions);

const retriever = (token: string, parameters = '{ sort: id }') =>
  withRetriever(`
requester: { url: https://a.b, request_parameters: ${parameters} }
paginator:
  type: DefaultPaginator
  page_size_option: { inject_into: request_parameter, field_name: limit }
  page_token_option: { inject_into: ${token} }
  pagination_strategy: { type: PageIncrement, page_size: 2 }`);

describe('distinctOptions', () => {
  it('are in different places, or have different names', () => {
    expectValid(retriever('request_parameter, field_name: page'));
    expectValid(retriever('header, field_name: limit'));
  });

  it('are not set twice', () => {
    const message = 'The request parameter "limit" is set twice. Every name must come from one place only.';
    expectErrors(retriever('request_parameter, field_name: limit'), [{ message, at: 'limit }' }]);
    expectErrors(retriever('header, field_name: x', '{ limit: "3" }'), [{ message, at: 'limit }' }]);
  });
});
