import { createExcuses } from '../../../../engine/conformance/mutants/excuses.ts';

const excuses = createExcuses({
  'definitions.*.page_size': 'the API takes any size',
  '**.request_headers.Accept': { drop: 'it is the default' },
  'streams.x.error_handler.**': 'nobody fails',
  'streams.a+b.path': 'a name with a sign in it',
});

describe('excuses of mutants', () => {
  it.each([
    ['definitions.pages.page_size', 'one-more', 'the API takes any size'],
    ['definitions.pages.strategy.page_size', 'one-more', undefined],
    ['streams.items.retriever.requester.request_headers.Accept', 'drop', 'it is the default'],
    ['streams.items.retriever.requester.request_headers.Accept', 'other', undefined],
    ['streams.x.error_handler', 'drop', 'nobody fails'],
    ['streams.x.error_handler.response_filters.0', 'drop', 'nobody fails'],
    ['streams.x.error_handlers', 'drop', undefined],
    ['streams.a+b.path', 'other', 'a name with a sign in it'],
    ['streams.aab.path', 'other', undefined],
  ])('%s, %s: %s', (path, id, reason) => expect(excuses.for({ path, id })?.reason).toBe(reason));
});
