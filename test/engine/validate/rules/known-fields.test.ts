import { knownFields } from '../../../../engine/validate/rules/known-fields.ts';
import { harness, withRetriever } from '../harness.ts';

const { expectValid, expectErrors } = harness(knownFields);

const warning = 'warning' as const;
const cursor =
  'paginator: { type: DefaultPaginator, pagination_strategy: { type: CursorPagination, cursor_value: a } }';

describe('knownFields', () => {
  it('are those of the component, and those that parameters bring', () => {
    expectValid(withRetriever(cursor));
    expectValid(withRetriever('$parameters: { flavours: [], tags: {}, a: 1 }'));
  });

  it('have near names', () => {
    expectErrors(withRetriever(cursor.replace('cursor_value: a', 'cursor_value: a, pagesize: 2')), [
      {
        severity: warning,
        message: 'Unknown field "pagesize" on CursorPagination. Did you mean "page_size"?',
        at: 'pagesize: 2',
      },
    ]);
  });

  it.each([
    [
      withRetriever(cursor, 'partition_router: { type: ListPartitionRouter, cursor_field: a, values: [b] }'),
      'partition_router',
      'DeclarativeStream. It belongs to SimpleRetriever, in "retriever".',
    ],
    [
      withRetriever(
        cursor.replace('pagination_strategy', 'stop_condition: "{{ true }}", pagination_strategy'),
      ),
      'stop_condition',
      'DefaultPaginator. It belongs to CursorPagination, in "pagination_strategy".',
    ],
    [
      withRetriever('record_selector: { extractor: { field_path: [] }, paginator: { type: NoPagination } }'),
      'paginator',
      'RecordSelector. It belongs to SimpleRetriever, around this RecordSelector.',
    ],
    [
      withRetriever('requester: { url: https://a.b, record_filter: {} }'),
      'record_filter',
      'HttpRequester. It belongs to RecordSelector, in "record_selector" of SimpleRetriever.',
    ],
  ])('belong somewhere', (yaml, field, where) => {
    expectErrors(yaml, [
      { severity: warning, message: `Unknown field "${field}" on ${where}`, at: `${field}:` },
    ]);
  });
});
