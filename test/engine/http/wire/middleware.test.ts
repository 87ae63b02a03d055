import type { OutgoingRequest } from '../../../../engine/contract/families.ts';
import {
  compose,
  type Middleware,
  throughMiddleware,
  withMiddleware,
} from '../../../../engine/http/wire/middleware.ts';
import { testResponse } from '../../../kit/response.ts';
import { fakeTransport, testScope } from '../../../kit/scope.ts';

const request = (): OutgoingRequest => ({ method: 'GET', url: new URL('https://api.test/a'), headers: {} });
const marking =
  (name: string, seen: string[]): Middleware =>
  async (outgoing, next) => {
    seen.push(`${name} in`);
    const response = await next({ ...outgoing, headers: { ...outgoing.headers, [name]: '1' } });
    seen.push(`${name} out`);
    return response;
  };

describe('middleware', () => {
  it('is passed from the first to the last and back', async () => {
    const seen: string[] = [];
    const wire = fakeTransport([{ body: {} }]);
    await throughMiddleware(wire, marking('a', seen), marking('b', seen)).send(request());
    expect(seen).toEqual(['a in', 'b in', 'b out', 'a out']);
    expect(wire.requests[0]?.headers).toEqual({ a: '1', b: '1' });
  });

  it('of none is the wire itself', async () => {
    const wire = fakeTransport([{ status: 204 }]);
    expect((await throughMiddleware(wire).send(request())).status).toBe(204);
  });

  it('may answer by itself, or send more than once', async () => {
    const wire = fakeTransport([{ status: 500 }, { status: 200 }]);
    const again: Middleware = async (outgoing, next) => {
      const first = await next(outgoing);
      return first.status === 500 ? next(outgoing) : first;
    };
    expect((await throughMiddleware(wire, again).send(request())).status).toBe(200);
    expect(wire.requests).toHaveLength(2);
    const closed: Middleware = async () => testResponse({ status: 503 });
    expect((await throughMiddleware(wire, closed, again).send(request())).status).toBe(503);
    expect(wire.requests).toHaveLength(2);
  });

  it('is told the options of the exchange, and so is the wire', async () => {
    const { signal } = new AbortController();
    const told: unknown[] = [];
    const wire = {
      async send(_request: OutgoingRequest, options: unknown) {
        told.push(options);
        return testResponse({});
      },
      async close() {},
    };
    const watching: Middleware = (outgoing, next, options) => {
      told.push(options);
      return next(outgoing);
    };
    await throughMiddleware(wire, watching).send(request(), { signal });
    expect(told).toEqual([{ signal }, { signal }]);
  });

  it('composes, and keeps what goes wrong', async () => {
    const failing: Middleware = () => Promise.reject(new Error('no'));
    const seen: string[] = [];
    const both = compose(marking('a', seen), failing);
    await expect(throughMiddleware(fakeTransport(), both).send(request())).rejects.toThrow('no');
    expect(seen).toEqual(['a in']);
  });

  it('in a scope leaves other scopes alone', async () => {
    const seen: string[] = [];
    const scope = testScope({ answers: () => ({ body: {} }) });
    await withMiddleware(scope, marking('a', seen)).sync.http.send(request());
    await scope.sync.http.send(request());
    expect(scope.requests.map(({ headers }) => headers)).toEqual([{ a: '1' }, {}]);
  });
});
