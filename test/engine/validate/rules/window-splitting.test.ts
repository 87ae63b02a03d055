import { windowSplitting } from '../../../../engine/validate/rules/window-splitting.ts';
import { harness, withRetriever } from '../harness.ts';

const { expectValid, expectErrors } = harness(windowSplitting);

const requester = `
requester:
  url: https://api.test/items
  error_handler: { response_filters: [{ http_codes: [413], action: SPLIT_REQUEST_WINDOW }] }`;
const splitting = '\nrequest_window_splitting: { type: RequestWindowSplitting }';
const cursor = (more = '') => `incremental_sync:
  type: DatetimeBasedCursor
  cursor_field: at
  datetime_format: "%Y-%m-%d"
  start_datetime: "2024-01-01"
  step: P30D
  cursor_granularity: P1D${more}`;

describe('windowSplitting', () => {
  it('goes with windows of days', () => {
    expectValid(withRetriever(requester + splitting, cursor()));
  });

  it('is needed by the action, and needs it', () => {
    expectErrors(withRetriever(requester, cursor()), [
      {
        message: 'The action SPLIT_REQUEST_WINDOW needs "request_window_splitting" on the retriever.',
        at: '{ http_codes: [413]',
      },
    ]);
    expectErrors(withRetriever(splitting, cursor()), [
      {
        severity: 'warning',
        message:
          'There is "request_window_splitting", but no response filter with the action SPLIT_REQUEST_WINDOW: windows are never split.',
        at: '{ type: RequestWindowSplitting }',
      },
    ]);
  });

  it.each([
    ['', 'the stream has no "incremental_sync"'],
    [
      cursor('\n  is_client_side_incremental: true'),
      'with "is_client_side_incremental", the API is not told of the window',
    ],
    [cursor().replace('P1D', 'P1M'), '"cursor_granularity" has no fixed length'],
    [
      cursor().replace('P1D', 'PT1S'),
      'the datetime format "%Y-%m-%d" cannot write what "cursor_granularity" tells apart',
    ],
    [
      'incremental_sync: { type: IncrementingCountCursor, cursor_field: n }',
      'only windows of a DatetimeBasedCursor can be split',
    ],
  ])('says why windows cannot be split: %s', (beside, why) => {
    expectErrors(withRetriever(requester + splitting, beside), [
      {
        message: `"request_window_splitting" has no use here: ${why}.`,
        at: '{ type: RequestWindowSplitting }',
      },
    ]);
  });
});
