import type {
  Authenticator,
  ErrorHandler,
  ErrorResolution,
  OutgoingRequest,
} from '../../../../engine/contract/families.ts';
import { defaultResolution } from '../../../../engine/http/send/default-error-mapping.ts';
import { RejectedPageError } from '../../../../engine/http/send/rejected-page-error.ts';
import { sendRequest } from '../../../../engine/http/send/send.ts';
import { TransportError } from '../../../../engine/http/wire/transport-error.ts';
import { type Answers, testScope } from '../../../kit/scope.ts';

const request = (): OutgoingRequest => ({
  method: 'GET',
  url: new URL('https://api.test/items?page=2&api_key=sesame'),
  headers: {},
});

/** Resolves by status; strategies are left to the default unless `seconds` are given. */
function handler(
  byStatus: Readonly<Record<number, ErrorResolution>>,
  over: Partial<ErrorHandler> & { readonly seconds?: number } = {},
): ErrorHandler {
  return {
    maxRetries: undefined,
    async resolve(outcome) {
      if ('error' in outcome) return { action: 'RETRY', message: 'No answer.' };
      return byStatus[outcome.response.status] ?? { action: 'SUCCESS' };
    },
    backoff: async () => over.seconds,
    ...over,
  };
}

function send(answers: Answers, errorHandler: ErrorHandler, authenticator?: Authenticator) {
  const scope = testScope({ answers });
  const sent = sendRequest(request(), { sync: scope.sync, errorHandler, authenticator });
  return { scope, sent };
}

describe('sending a request', () => {
  it('authenticates a copy of the request on every attempt', async () => {
    let token = 0;
    const authenticator: Authenticator = {
      authenticate(outgoing) {
        outgoing.headers.Authorization = `Bearer ${++token}`;
      },
    };
    const { scope, sent } = send(
      [{ status: 503 }, { body: [] }],
      handler({ 503: { action: 'RETRY' } }),
      authenticator,
    );
    expect((await sent).status).toBe(200);
    expect(scope.requests.map(({ headers }) => headers)).toEqual([
      { Authorization: 'Bearer 1' },
      { Authorization: 'Bearer 2' },
    ]);
    expect(scope.clock.sleeps).toEqual([1000]);
  });

  it('retries when no answer came', async () => {
    const { scope, sent } = send([{ error: new TransportError('closed', 'ECONNRESET') }, {}], handler({}));
    expect((await sent).status).toBe(200);
    expect(scope.clock.sleeps).toEqual([1000]);
  });

  it('waits as long as the strategies say and a second more', async () => {
    const limited = handler({ 429: { action: 'RATE_LIMITED' } }, { seconds: 30 });
    const { scope, sent } = send([{ status: 429 }, {}], limited);
    await sent;
    expect(scope.clock.sleeps).toEqual([31_000]);
    expect(scope.logs).toEqual([
      {
        level: 'INFO',
        message:
          'Rate limit reached. GET https://api.test/items?page=2&api_key=**** answered 429; trying again in 31 seconds.',
      },
    ]);
  });

  it('says what the API said when it fails, without the credentials', async () => {
    const answers = [{ status: 404, body: { errors: [{ message: 'No such item' }] } }];
    const { sent } = send(
      answers,
      handler({ 404: { action: 'FAIL', failureType: 'config_error', message: 'Gone.' } }),
    );
    await expect(sent).rejects.toMatchObject({
      kind: 'config_error',
      message: 'Gone. GET https://api.test/items?page=2&api_key=**** answered 404: "No such item".',
    });
  });

  it('gives up after five retries and says so', async () => {
    const { scope, sent } = send(
      () => ({ status: 500 }),
      handler({ 500: { action: 'RETRY', failureType: 'transient_error', message: 'Broken.' } }),
    );
    await expect(sent).rejects.toMatchObject({
      kind: 'transient_error',
      message:
        'Broken. The request failed 6 times. GET https://api.test/items?page=2&api_key=**** answered 500.',
    });
    expect(scope.requests).toHaveLength(6);
  });

  it('says once why no answer came', async () => {
    const refused = new TransportError('api.test: the connection was refused', 'ECONNREFUSED');
    const resolve = async (): Promise<ErrorResolution> => defaultResolution({ error: refused });
    const { sent } = send(() => ({ error: refused }), handler({}, { resolve, maxRetries: 1 }));
    await expect(sent).rejects.toMatchObject({
      message:
        'The API could not be reached: api.test: the connection was refused. The request failed 2 times: GET https://api.test/items?page=2&api_key=****.',
    });
    const failing = handler({}, { resolve: async () => ({ ...(await resolve()), action: 'FAIL' }) });
    await expect(send(() => ({ error: refused }), failing).sent).rejects.toMatchObject({
      message:
        'The API could not be reached: api.test: the connection was refused. The request: GET https://api.test/items?page=2&api_key=****.',
    });
  });

  it('calls an exhausted rate limit by its name', async () => {
    const { sent } = send(
      () => ({ status: 429 }),
      handler({ 429: { action: 'RATE_LIMITED' } }, { maxRetries: 0 }),
    );
    await expect(sent).rejects.toMatchObject({
      kind: 'transient_error',
      message:
        'The rate limit of the API is exceeded. The request failed. GET https://api.test/items?page=2&api_key=**** answered 429.',
    });
  });

  it('marks an ignored response and keeps its body', async () => {
    const { sent } = send([{ status: 404, body: { items: [1] } }], handler({ 404: { action: 'IGNORE' } }));
    const response = await sent;
    expect([response.ignored, response.status, await response.json()]).toEqual([true, 404, { items: [1] }]);
  });

  it('hands a wish for new pagination to the caller', async () => {
    const { sent } = send([{ status: 400 }], handler({ 400: { action: 'RESET_PAGINATION' } }));
    await expect(sent).rejects.toThrow(RejectedPageError);
  });

  it('says what nobody here does about a page that the API refuses', async () => {
    const action = { action: 'SPLIT_REQUEST_WINDOW', message: 'Too much.' } as const;
    await expect(send([{ status: 413 }], handler({ 413: action })).sent).rejects.toMatchObject({
      kind: 'config_error',
      message: expect.stringMatching(/^Too much\. .*no "request_window_splitting"/),
    });
  });

  it('tells those who watch that a refused page is none', async () => {
    const titles: (string | undefined)[] = [];
    const { sync } = testScope({
      answers: [{ status: 413 }, { status: 400 }, { body: {} }],
      sync: { onExchange: ({ purpose }) => titles.push(purpose?.title) },
    });
    const errorHandler = handler({
      413: { action: 'REDUCE_PAGE_SIZE' },
      400: { action: 'RESET_PAGINATION' },
    });
    for (let count = 0; count < 3; count++) {
      await sendRequest(request(), { sync, errorHandler, stream: 'items' }).catch(() => {});
    }
    expect(titles).toEqual([
      "Stream 'items' page rejected, retrying with a smaller page size",
      undefined,
      undefined,
    ]);
  });

  it('refreshes the token once', async () => {
    const refreshed: OutgoingRequest[] = [];
    const authenticator: Authenticator = {
      authenticate() {},
      refresh: (rejected) => void (rejected && refreshed.push(rejected)),
    };
    const onReject = handler({ 401: { action: 'REFRESH_TOKEN_THEN_RETRY' } });
    expect((await send([{ status: 401 }, {}], onReject, authenticator).sent).status).toBe(200);
    expect(refreshed).toHaveLength(1);
    await expect(
      send([{ status: 401 }, { status: 401 }], onReject, authenticator).sent,
    ).rejects.toMatchObject({
      kind: 'config_error',
      message: expect.stringContaining('rejects the access token although it was just refreshed'),
    });
  });

  it('turns to another credential instead of waiting', async () => {
    const authenticator: Authenticator = { authenticate() {}, hasAlternative: () => true };
    const limited = handler({ 429: { action: 'RATE_LIMITED' } }, { seconds: 3000 });
    const { scope, sent } = send([{ status: 429 }, {}], limited, authenticator);
    await sent;
    expect(scope.clock.sleeps).toEqual([1100]);
  });

  it('asks the budget before every attempt and tells it every answer', async () => {
    const said: string[] = [];
    const budget = {
      async acquire() {
        said.push('acquire');
      },
      observe: (_request: OutgoingRequest, { status }: { readonly status: number }) =>
        void said.push(String(status)),
    };
    const scope = testScope({ answers: [{ status: 503 }, {}], sync: { budget } });
    await sendRequest(request(), { sync: scope.sync, errorHandler: handler({ 503: { action: 'RETRY' } }) });
    expect(said).toEqual(['acquire', '503', 'acquire', '200']);
  });

  it('passes on what is no failure of the exchange', async () => {
    const { sent } = send([{ error: new TypeError('bug') }], handler({}));
    await expect(sent).rejects.toThrow(TypeError);
  });
});
