import type { Decision } from '../../../../engine/contract/decision.ts';
import type {
  Authenticator,
  ErrorHandler,
  ErrorResolution,
  OutgoingRequest,
} from '../../../../engine/contract/families.ts';
import type { HttpResponse } from '../../../../engine/contract/http-response.ts';
import type { SyncScope, Transport, TryLimits } from '../../../../engine/contract/scope.ts';
import { ConnectorError } from '../../../../engine/error/connector-error.ts';
import { defaultResolution } from '../../../../engine/http/send/default-error-mapping.ts';
import { purposeOfRejected, RejectedPageError } from '../../../../engine/http/send/rejected-page-error.ts';
import { type SendSettings, sendRequest } from '../../../../engine/http/send/send.ts';
import { UnreadableBodyError } from '../../../../engine/http/send/unreadable-body-error.ts';
import { TransportError } from '../../../../engine/http/wire/transport-error.ts';
import { nodeFromValue } from '../../../../engine/manifest/node.ts';
import { testResponse } from '../../../kit/response.ts';
import { type Answers, fakeClock, testScope } from '../../../kit/scope.ts';

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

  it('waits for nobody longer than it may', async () => {
    const limited = (seconds: number) => handler({ 429: { action: 'RATE_LIMITED' } }, { seconds });
    const most = 23 * 3600;
    const { scope, sent } = send([{ status: 429 }, {}], limited(most));
    await sent;
    expect(scope.clock.sleeps).toEqual([(most + 1) * 1000]);
    await expect(send([{ status: 429 }], limited(most + 1)).sent).rejects.toMatchObject({
      kind: 'transient_error',
      message:
        'The API asks to wait 23 hours before GET https://api.test/items?page=2&api_key=**** is sent again (status 429), which is too long to wait for.',
    });
    const impatient = testScope({ answers: () => ({ status: 429 }), sync: { longestWait: 10 } });
    const wait = (seconds: number) =>
      sendRequest(request(), { sync: impatient.sync, errorHandler: limited(seconds) });
    await expect(wait(11)).rejects.toThrow('asks to wait 11 seconds');
    await expect(wait(10)).rejects.toThrow(
      'The rate limit of the API is exceeded. The request failed 6 times.',
    );
  });

  it('asks a host that gives no answer for a third of the time that somebody waits', async () => {
    const error = new TransportError('closed', 'ECONNRESET');
    const scope = testScope({ answers: () => ({ error }), sync: { longestWait: 9 } });
    await expect(
      sendRequest(request(), { sync: scope.sync, errorHandler: handler({}) }),
    ).rejects.toMatchObject({
      message: expect.stringMatching(/^No answer\. The request failed 4 times\. GET .* failed: closed\.$/),
      cause: error,
    });
    // 1 + 2 s are the third, and not more than it; with 4 s more they are.
    expect(scope.clock.sleeps).toEqual([1000, 2000, 4000]);
    const slow = handler({}, { seconds: 4 });
    const once = testScope({ answers: () => ({ error }), sync: { longestWait: 9 } });
    await expect(sendRequest(request(), { sync: once.sync, errorHandler: slow })).rejects.toThrow(
      'No answer. The request failed. GET',
    );
    expect(once.clock.sleeps).toEqual([]);
  });

  it('makes as many attempts as the error handler says, and one at least', async () => {
    for (const [maxRetries, attempts] of [
      [0, 1],
      [2, 3],
      [-3, 1],
    ] as const) {
      const { scope, sent } = send(
        () => ({ status: 500 }),
        handler({ 500: { action: 'RETRY' } }, { maxRetries }),
      );
      await expect(sent).rejects.toMatchObject({ kind: 'system_error' });
      expect(scope.requests).toHaveLength(attempts);
    }
    const { scope, sent } = send(
      () => ({ status: 500 }),
      handler({ 500: { action: 'RETRY' } }, { maxTime: 3 }),
    );
    await expect(sent).rejects.toThrow('The request failed 3 times.');
    expect(scope.clock.sleeps).toEqual([1000, 2000]);
  });

  it('says of an ignored response what it was, or what the manifest says of it', async () => {
    const { scope, sent } = send(
      [{ status: 404, body: { message: 'Gone' } }],
      handler({ 404: { action: 'IGNORE' } }),
    );
    await sent;
    const own = send([{ status: 404 }], handler({ 404: { action: 'IGNORE', message: 'No such list.' } }));
    await own.sent;
    expect([...scope.logs, ...own.scope.logs].map(({ level, message }) => `${level} ${message}`)).toEqual([
      'INFO Ignoring GET https://api.test/items?page=2&api_key=**** answered 404: "Gone".',
      'INFO No such list.',
    ]);
  });

  it('makes an empty response of no answer that is ignored', async () => {
    const ignoring = handler({}, { resolve: async () => ({ action: 'IGNORE' }) });
    const { sent } = send([{ error: new TransportError('closed', 'ECONNRESET') }], ignoring);
    const response = await sent;
    expect([response.ignored, response.url, (await response.bytes()).length]).toEqual([
      true,
      request().url.href,
      0,
    ]);
  });

  it('goes on with the old token where there is none to refresh, or it cannot be', async () => {
    const onReject = handler({ 401: { action: 'REFRESH_TOKEN_THEN_RETRY' } });
    const fixed = send([{ status: 401 }, {}], onReject, { authenticate() {} });
    expect((await fixed.sent).status).toBe(200);
    expect(fixed.scope.logs[0]).toEqual({
      level: 'WARN',
      message: 'The error handler asks for a new token, but this authenticator has none to refresh.',
    });
    const refresh = (error: Error) => ({
      authenticate() {},
      refresh: () => Promise.reject(error),
    });
    const broken = send([{ status: 401 }, {}], onReject, refresh(new Error('down')));
    expect((await broken.sent).status).toBe(200);
    expect(broken.scope.logs[0]?.message).toContain('trying again with the old one');
    const wrong = new ConnectorError('The client secret is wrong.', { kind: 'config_error' });
    await expect(send([{ status: 401 }], onReject, refresh(wrong)).sent).rejects.toBe(wrong);
    const passing = new ConnectorError('The login is down.', { kind: 'transient_error' });
    expect((await send([{ status: 401 }, {}], onReject, refresh(passing)).sent).status).toBe(200);
  });

  it('waits where there is no other credential', async () => {
    const authenticator: Authenticator = { authenticate() {}, hasAlternative: () => false };
    const limited = handler({ 429: { action: 'RATE_LIMITED' } }, { seconds: 30 });
    const { scope, sent } = send([{ status: 429 }, {}], limited, authenticator);
    await sent;
    expect(scope.clock.sleeps).toEqual([31_000]);
  });

  it('keeps what the authenticator adds or changes apart from the headers of the manifest', async () => {
    const sendOptions: Parameters<Transport['send']>[1][] = [];
    const { sync } = testScope();
    const http: Transport = {
      async send(_, options) {
        sendOptions.push(options);
        return testResponse({});
      },
      async close() {},
    };
    const authenticator: Authenticator = {
      authenticate(outgoing) {
        outgoing.headers['X-Key'] = 'secret';
        outgoing.headers.Accept = 'application/json';
        outgoing.url.searchParams.set('key', 'secret');
      },
    };
    const own = { ...request(), headers: { Accept: '*/*' } };
    const trusts = () => true;
    await sendRequest(own, { sync: { ...sync, http }, errorHandler: handler({}), authenticator, trusts });
    await sendRequest(own, { sync: { ...sync, http }, errorHandler: handler({}), streaming: true });
    expect(sendOptions.map((options) => [options?.isWhole, options?.credentials])).toEqual([
      [true, { headers: new Set(['x-key', 'accept']), trusts, holdsSecret: sync.holdsSecret }],
      [false, { headers: new Set(), trusts: undefined, holdsSecret: sync.holdsSecret }],
    ]);
    expect([own.headers, own.url.href]).toEqual([{ Accept: '*/*' }, request().url.href]);
  });

  it('takes a success that its reader cannot read for a failed attempt, and anything else for what it is', async () => {
    const [first, second] = [new UnreadableBodyError('It is half.'), new TypeError('bug')];
    const forgotten: string[] = [];
    const scope = testScope({
      answers: () => ({}),
      sync: {
        cache: {
          fetch: (_request, send) => send(),
          once: (_key, send) => send(),
          forget: ({ url }) => void forgotten.push(url.pathname),
          async close() {},
        },
      },
    });
    const errors: Error[] = [first];
    const accept = async () => {
      const error = errors.shift();
      if (error !== undefined) throw error;
    };
    const settings = { sync: scope.sync, errorHandler: handler({}), accept };
    expect((await sendRequest(request(), settings)).status).toBe(200);
    expect([scope.clock.sleeps, forgotten]).toEqual([[1000], ['/items']]);
    errors.push(second);
    await expect(sendRequest(request(), settings)).rejects.toBe(second);
    errors.push(...Array(9).fill(first));
    await expect(sendRequest(request(), settings)).rejects.toMatchObject({
      kind: 'transient_error',
      message: 'It is half. The request failed 6 times: GET https://api.test/items?page=2&api_key=****.',
      cause: first,
    });
  });

  it('tells the platform of waits for a rate limit that last a second at least', async () => {
    const told: unknown[] = [];
    const tell = async (stream: string, reset: number) => void told.push([stream, reset]);
    const now = Date.UTC(2024, 0, 1);
    const run = async (status: number, resolution: ErrorResolution, seconds?: number, stream = 'items') => {
      const scope = testScope({ now, answers: [{ status }, {}], sync: { rateLimits: { tell } } });
      const errorHandler = handler({ [status]: resolution }, seconds === undefined ? {} : { seconds });
      await sendRequest(request(), { sync: scope.sync, errorHandler, ...(stream && { stream }) });
    };
    await run(429, { action: 'RETRY' }, 30);
    await run(418, { action: 'RATE_LIMITED' });
    await run(503, { action: 'RETRY' }, 30);
    await run(429, { action: 'RATE_LIMITED' }, 30, '');
    await run(429, { action: 'RATE_LIMITED' }, -0.5);
    expect(told).toEqual([
      ['items', now + 31_000],
      ['items', now + 1000],
    ]);
  });

  it('answers from the cache of the sync, apart for each who asks', async () => {
    const cached = new Map<string, HttpResponse>();
    const keys: unknown[] = [];
    const scope = testScope({
      answers: () => ({}),
      sync: {
        cache: {
          async fetch({ headers }, send, readers) {
            const key = JSON.stringify(headers);
            keys.push([headers, readers]);
            const known = cached.get(key) ?? (await send());
            cached.set(key, known);
            return known;
          },
          once: (_key, send) => send(),
          async close() {},
        },
      },
    });
    const settings = { sync: scope.sync, errorHandler: handler({}), useCache: true };
    const counts: number[] = [];
    for (const more of [
      { readers: new Map([['items', 2]]) },
      {},
      { identity: 'me' },
      { identity: 'you' },
      { streaming: true },
      { useCache: false },
    ]) {
      await sendRequest(request(), { ...settings, ...more });
      counts.push(scope.requests.length);
    }
    expect(counts).toEqual([1, 1, 2, 3, 4, 5]);
    expect(keys).toEqual([
      [{}, new Map([['items', 2]])],
      [{}, undefined],
      [{ 'authenticated by': 'me' }, undefined],
      [{ 'authenticated by': 'you' }, undefined],
    ]);
    const trial = testScope({ answers: () => ({}), sync: { limits: { isAsInSync: false } as TryLimits } });
    await sendRequest(request(), { ...settings, sync: trial.sync });
    expect(trial.requests).toHaveLength(1);
  });

  it('does not ask again where somebody only tries', async () => {
    const limits = { isAsInSync: false } as TryLimits;
    const scope = testScope({ answers: () => ({ status: 500 }), sync: { limits } });
    const errorHandler = handler({ 500: { action: 'RETRY' } });
    await expect(sendRequest(request(), { sync: scope.sync, errorHandler })).rejects.toThrow(
      'The request failed. GET',
    );
    const asInSync = { ...limits, isAsInSync: true };
    const whole = testScope({ answers: () => ({ status: 500 }), sync: { limits: asInSync } });
    await expect(sendRequest(request(), { sync: whole.sync, errorHandler })).rejects.toThrow(
      'failed 6 times',
    );
  });

  it('does not read a body that its caller reads as a stream', async () => {
    const received: number[] = [];
    const load = {
      window() {},
      received: (_milliseconds: number, bytes: number) => void received.push(bytes),
    };
    const scope = testScope({ answers: () => ({ body: 'four' }), sync: { load } });
    const settings = { sync: scope.sync, errorHandler: handler({}) };
    await sendRequest(request(), { ...settings, streaming: true });
    await sendRequest(request(), settings);
    expect(received).toEqual([4]);
  });

  it("keeps a manifest's own message apart from what the API said", async () => {
    const own = { isOwnMessage: true, message: 'Turn on the pot.', failureType: 'config_error' } as const;
    const answers = () => ({ status: 418, body: { error: 'teapot' } });
    await expect(send(answers, handler({ 418: { action: 'FAIL', ...own } })).sent).rejects.toMatchObject({
      kind: 'config_error',
      message: 'Turn on the pot.',
      internalMessage: expect.stringMatching(/^Turn on the pot\. GET .* answered 418: "teapot"\.$/),
    });
    const retried = handler({ 418: { action: 'RETRY', ...own } }, { maxRetries: 1 });
    await expect(send(answers, retried).sent).rejects.toMatchObject({
      kind: 'config_error',
      message: 'Turn on the pot.',
      internalMessage: expect.stringMatching(
        /^Turn on the pot\. The request failed 2 times\. GET .* answered 418: "teapot"\.$/,
      ),
    });
    await expect(send(answers, handler({ 418: { action: 'FAIL' } })).sent).rejects.toMatchObject({
      kind: 'system_error',
      message: expect.stringMatching(/^GET .* answered 418: "teapot"\.$/),
    });
  });

  it('gives connections back: a body that nobody reads is thrown away', async () => {
    const discarded: number[] = [];
    const answering = (...statuses: number[]): Transport => ({
      async send() {
        const status = statuses.shift() ?? 200;
        return { ...testResponse({ status }), discard: async () => void discarded.push(status) };
      },
      async close() {},
    });
    const { sync } = testScope();
    const run = (http: Transport, byStatus: Readonly<Record<number, ErrorResolution>>) =>
      sendRequest(request(), { sync: { ...sync, http }, errorHandler: handler(byStatus), streaming: true });
    await run(answering(503, 429, 200), { 503: { action: 'RETRY' }, 429: { action: 'RATE_LIMITED' } });
    expect(discarded).toEqual([503, 429]);
    await expect(run(answering(413), { 413: { action: 'REDUCE_PAGE_SIZE' } })).rejects.toThrow(
      'a smaller page',
    );
    expect(discarded).toEqual([503, 429, 413]);
  });

  it('hands a wish for another page to the caller also where no answer came', async () => {
    const resolve = async (): Promise<ErrorResolution> => ({ action: 'REDUCE_PAGE_SIZE' });
    const { sent } = send([{ error: new TransportError('closed', 'ECONNRESET') }], handler({}, { resolve }));
    await expect(sent).rejects.toMatchObject({ action: 'REDUCE_PAGE_SIZE', reason: undefined });
  });

  it('tells those who watch of each exchange once, with what it was for', async () => {
    const told: unknown[] = [];
    const purpose = { type: 'HTTP', title: 'Login', description: 'A token.' } as const;
    const error = new TransportError('closed', 'ECONNRESET');
    const scope = testScope({
      answers: [{ status: 503 }, { error }, { status: 413 }],
      sync: { onExchange: (exchange) => told.push(exchange) },
    });
    const errorHandler = handler({ 503: { action: 'RETRY' }, 413: { action: 'SPLIT_REQUEST_WINDOW' } });
    const own = { ...request(), headers: { Accept: '*/*' } };
    const authenticator: Authenticator = {
      authenticate({ headers }) {
        headers.X = '1';
      },
    };
    const settings = { sync: scope.sync, errorHandler, authenticator, stream: 'items', page: 2, purpose };
    await expect(sendRequest(own, settings)).rejects.toThrow('smaller window');
    const headers = { Accept: '*/*', X: '1' };
    const exchange = {
      stream: 'items',
      slice: undefined,
      page: 2,
      request: expect.objectContaining({ headers }),
    };
    expect(told).toEqual([
      { ...exchange, purpose, response: expect.objectContaining({ status: 503 }) },
      {
        ...exchange,
        response: expect.objectContaining({ status: 413 }),
        purpose: {
          type: 'HTTP',
          title: "Stream 'items' request window rejected, retrying with a smaller window",
          description: 'The response asked for a smaller window, which is read in parts; it gave no records.',
        },
      },
    ]);
    expect(purposeOfRejected('REDUCE_PAGE_SIZE', undefined)).toEqual({
      type: 'HTTP',
      title: "Stream '' page rejected, retrying with a smaller page size",
      description: 'The response asked for a smaller page, which is requested next; it gave no records.',
    });
    expect(purposeOfRejected('SPLIT_REQUEST_WINDOW', undefined)?.title).toContain("Stream '' request window");
    expect(purposeOfRejected('RETRY', 'items')).toBeUndefined();
  });

  it('says what it waits for, and of which kind of failure', async () => {
    const error = new TransportError('the connection was reset', 'ECONNRESET');
    const { scope, sent } = send([{ error }, { status: 503 }, {}], handler({ 503: { action: 'RETRY' } }));
    await sent;
    expect(scope.logs.map(({ message }) => message)).toEqual([
      'GET https://api.test/items?page=2&api_key=**** failed: the connection was reset; trying again in 1 second.',
      'GET https://api.test/items?page=2&api_key=**** answered 503; trying again in 2 seconds.',
    ]);
  });

  it('names the error that was behind the last attempt', async () => {
    const error = new TransportError('closed', 'ECONNRESET');
    const failing = handler({}, { resolve: async () => ({ action: 'FAIL' }) });
    await expect(send([{ error }], failing).sent).rejects.toMatchObject({
      cause: error,
      kind: 'system_error',
    });
    const own = { action: 'FAIL', isOwnMessage: true, message: 'It is down.' } as const;
    const ownFailing = handler({}, { resolve: async () => own });
    await expect(send([{ error }], ownFailing).sent).rejects.toMatchObject({
      cause: error,
      kind: 'system_error',
    });
    const plain = handler({ 500: { action: 'RETRY' } }, { maxRetries: 0 });
    await expect(send([{ status: 500 }], plain).sent).rejects.toMatchObject({
      message: 'The request failed. GET https://api.test/items?page=2&api_key=**** answered 500.',
    });
  });
});

describe('what is decided about a request', () => {
  const slice = { partition: { id: 7 }, cursor: {}, extraFields: {} };
  const place = nodeFromValue({}, { name: 'x.yaml' }).place;

  async function decided(
    answers: Answers,
    errorHandler: ErrorHandler,
    over: Partial<SyncScope> = {},
    more: Partial<SendSettings> = {},
  ) {
    const decisions: unknown[] = [];
    const onDecision = ({ kind, outcome, ...at }: Decision) => void decisions.push([kind, outcome, at]);
    const scope = testScope({ answers, sync: { onDecision, ...over } });
    const settings = { sync: scope.sync, errorHandler, stream: 'items', slice, page: 2, place, ...more };
    await sendRequest(request(), settings).catch(() => {});
    return decisions;
  }
  const at = { stream: 'items', slice, page: 2 };

  it('is told of what is no plain success, and of each wait with who asks for it', async () => {
    const strategy = nodeFromValue({}, { name: 'strategy.yaml' }).place;
    const filter = nodeFromValue({}, { name: 'filter.yaml' }).place;
    const backoff: ErrorHandler['backoff'] = async (_outcome, attempts, tell) => {
      if (attempts > 1) return undefined;
      tell?.(strategy);
      return 5;
    };
    const matched = { by: 'predicate', place: filter } as const;
    const errorHandler = handler(
      { 429: { action: 'RATE_LIMITED', matched }, 503: { action: 'RETRY' } },
      { backoff },
    );
    const error = new TransportError('closed', 'ECONNRESET');
    expect(await decided([{ status: 429 }, { status: 503 }, { error }, {}], errorHandler)).toEqual([
      [
        'filter.match',
        { action: 'RATE_LIMITED', status: 429, by: 'predicate', attempt: 1 },
        { ...at, place: filter },
      ],
      ['backoff.wait', { seconds: 6, by: 'strategy' }, { ...at, place: strategy }],
      [
        'filter.match',
        { action: 'RETRY', status: 503, by: 'status', attempt: 2 },
        { ...at, place: undefined },
      ],
      ['backoff.wait', { seconds: 1, by: 'default' }, { ...at, place: undefined }],
      [
        'filter.match',
        { action: 'RETRY', status: undefined, by: 'status', attempt: 3 },
        { ...at, place: undefined },
      ],
      ['backoff.wait', { seconds: 2, by: 'default' }, { ...at, place: undefined }],
    ]);
    const success = handler({ 200: { action: 'SUCCESS', matched } });
    expect(await decided([{}], success)).toEqual([
      [
        'filter.match',
        { action: 'SUCCESS', status: 200, by: 'predicate', attempt: 1 },
        { ...at, place: filter },
      ],
    ]);
  });

  it('is told of waits for the budget that are more than the time of asking', async () => {
    const waiting = async (ms: number) => {
      const clock = fakeClock();
      const budget = { acquire: async () => clock.advance(ms), observe() {} };
      return decided([{}], handler({}), { clock, budget });
    };
    expect(await waiting(19)).toEqual([]);
    expect(await waiting(20)).toEqual([
      ['backoff.wait', { seconds: 0.02, by: 'budget' }, { ...at, place: undefined }],
    ]);
  });

  it('is told of answers that were there already', async () => {
    const known = testResponse({ status: 203 });
    const cache = (isKnown: boolean): SyncScope['cache'] => ({
      fetch: async (_request, send) => (isKnown ? known : await send()),
      once: (_key, send) => send(),
      async close() {},
    });
    const more = { useCache: true };
    expect(await decided([{}], handler({}), { cache: cache(false) }, more)).toEqual([]);
    expect(await decided([], handler({}), { cache: cache(true) }, more)).toEqual([
      ['cache.hit', { method: 'GET', url: request().url.href, status: 203 }, { ...at, place }],
    ]);
  });
});
