import { errFilter } from '../../../../engine/conformance/checks/err-filter.ts';
import { ConnectorError } from '../../../../engine/error/connector-error.ts';
import { defineHook } from '../../../../engine/language/hook.ts';
import { byDay, type Given, harness, itemsWith } from '../harness.ts';

const { expectPass, expectViolations } = harness(errFilter);

/** Items whose handler has filters. */
function withFilters(filters: string, more = ''): string {
  const requester = `error_handler:
  type: DefaultErrorHandler
  ${more}
  response_filters: [${filters}]`;
  return itemsWith({ requester });
}

describe('err-filter', () => {
  it('passes where each action comes about', async () => {
    await expectPass(
      withFilters(`{ http_codes: [403], action: FAIL, error_message: No permission for items. },
    { http_codes: [404], action: IGNORE }, { http_codes: [420], action: RETRY }, { http_codes: [429], action: RATE_LIMITED },
    { http_codes: [202, 204], action: SUCCESS }, { error_message_contains: gone, action: IGNORE }`),
    );
  });

  const paged = `type: DefaultPaginator
page_token_option: { type: RequestOption, inject_into: request_parameter, field_name: offset }
page_size_option: { type: RequestOption, inject_into: request_parameter, field_name: size }
pagination_strategy: { type: OffsetIncrement, page_size: 4 }`;

  /** Items by pages and by windows whose retriever does something about pages that are refused. */
  function refused(action: string, about: string): string {
    const requester = `error_handler:
  type: DefaultErrorHandler
  response_filters: [{ http_codes: [413], action: ${action} }]`;
    const yaml = itemsWith({ requester, paginator: paged, incremental: byDay });
    return yaml.replace('type: SimpleRetriever', `type: SimpleRetriever\n      ${about}`);
  }

  const halves = 'request_window_splitting: { type: RequestWindowSplitting';

  it('passes where a page that is refused is asked for in another way', async () => {
    const reset = 'pagination_reset: { type: PaginationReset, action: RESET }';
    await expectPass(refused('RESET_PAGINATION', reset));
    await expectPass(refused('SPLIT_REQUEST_WINDOW', `${halves} }`));
    await expectPass(withFilters('{ http_codes: [401], action: REFRESH_TOKEN_THEN_RETRY }'));
  });

  it('finds that nothing is read instead where no window is long enough', async () => {
    await expectViolations(refused('SPLIT_REQUEST_WINDOW', `${halves}, min_split_window: P30D }`), [
      {
        message: /whose action is SPLIT_REQUEST_WINDOW, and yet nothing else is read instead: /,
        at: '{ http_codes: [413]',
      },
    ]);
  });

  it('finds that no token is asked for, and so nothing, where no more tries are allowed', async () => {
    await expectViolations(
      withFilters('{ http_codes: [401], action: REFRESH_TOKEN_THEN_RETRY }', 'max_retries: 0'),
      [{ message: /and yet the request is never sent again: /, at: '0' }],
    );
  });

  it('does not know whether a hook has another token', async () => {
    const login = defineHook('Authenticator', {
      name: 'Login',
      fields: () => ({}),
      make: () => ({
        authenticate: async () => {},
        refresh: async () => {
          throw new ConnectorError('There is no other token.', { kind: 'config_error' });
        },
      }),
    });
    const filters = '{ http_codes: [401], action: REFRESH_TOKEN_THEN_RETRY }';
    const own = '{ type: CustomAuthenticator, class_name: source_x.components.Login }';
    const yaml = withFilters(filters).replace(/(?<=authenticator: )\{.*\}/, own);
    await expectPass(yaml, { hooks: [login] });
  });

  it('finds a filter behind one that takes everything', async () => {
    await expectViolations(
      withFilters('{ http_codes: [404, 410], action: IGNORE }, { http_codes: [410], action: FAIL }'),
      [
        {
          message: /^An answer with status 410 never reaches this filter: another filter/,
          at: '{ http_codes: [410]',
        },
      ],
    );
  });

  it('finds that nothing is asked again where no more tries are allowed', async () => {
    await expectViolations(withFilters('{ http_codes: [420], action: RETRY }', 'max_retries: 0'), [
      {
        message:
          /^An answer with status 420 reaches a filter whose action is RETRY, and yet the request is never sent again: /,
        at: '0',
        stream: 'items',
      },
    ]);
  });

  it('points at a wait for which nobody has the patience', async () => {
    const filters = `{ http_codes: [420], action: RETRY }`;
    await expectViolations(
      withFilters(
        filters,
        'backoff_strategies: [{ type: ConstantBackoffStrategy, backoff_time_in_seconds: 100000 }]',
      ),
      [{ message: /never sent again: The API asks to wait/, at: '{ type: ConstantBackoffStrategy' }],
    );
  });

  it.each([
    ['FAIL', 'the stream is complete without an error', withoutErrors],
    ['FAIL', 'the stream ends with another message than "error_message" says: Sorry.', withOtherErrors],
    ['IGNORE', 'the stream does not go on: Sorry.', withOtherErrors],
    ['IGNORE', 'the answer becomes a record', withMadeUp],
    ['SUCCESS', 'the records of the answer are not kept: 6 of 6 records are lost', forgetful()],
  ])('finds that %s does not come about: %s', async (action, problem, fault) => {
    await expectViolations(
      withFilters(`{ http_codes: [420], action: ${action}, error_message: Not now. }`),
      [
        {
          message: `An answer with status 420 reaches a filter whose action is ${action}, and yet ${problem}`,
          at: '{ http_codes: [420]',
          stream: 'items',
        },
      ],
      { fault },
    );
  });
});

type Fault = NonNullable<Given['fault']>;
type Events = ReturnType<Fault>;

async function* withoutErrors(events: Parameters<Fault>[0]): Events {
  for await (const event of events) {
    if (event.kind === 'status' && event.status === 'INCOMPLETE') yield { ...event, status: 'COMPLETE' };
    else if (event.kind !== 'error') yield event;
  }
}

/** The stream ends with an error whenever it has no records. */
async function* withOtherErrors(events: Parameters<Fault>[0]): Events {
  let hasRecords = false;
  for await (const event of events) {
    hasRecords ||= event.kind === 'records';
    const isEnd = event.kind === 'status' && ['COMPLETE', 'INCOMPLETE'].includes(event.status);
    if (hasRecords || !isEnd) {
      if (event.kind !== 'error') yield event;
      continue;
    }
    yield {
      kind: 'error',
      stream: event.stream,
      error: new ConnectorError('Sorry.', { kind: 'system_error' }),
    };
    yield { ...event, status: 'INCOMPLETE' };
  }
}

async function* withMadeUp(events: Parameters<Fault>[0]): Events {
  let count = 0;
  for await (const event of events) {
    if (event.kind === 'records') count += 1;
    if (event.kind === 'status' && event.status === 'COMPLETE' && count === 0)
      yield { kind: 'records', stream: event.stream, records: [{ message: 'an answer that was made up' }] };
    yield event;
  }
}

/** Only the first reading has records. */
function forgetful(): Fault {
  let readings = 0;
  return async function* withoutRecords(events) {
    readings += 1;
    const isFirst = readings === 1;
    for await (const event of events) if (isFirst || event.kind !== 'records') yield event;
  };
}
