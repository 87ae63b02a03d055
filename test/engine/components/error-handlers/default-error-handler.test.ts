import { ConstantBackoffStrategy } from '../../../../engine/components/backoff-strategies/constant-backoff-strategy.ts';
import { WaitTimeFromHeader } from '../../../../engine/components/backoff-strategies/wait-time-from-header.ts';
import { CompositeErrorHandler } from '../../../../engine/components/error-handlers/composite-error-handler.ts';
import { DefaultErrorHandler } from '../../../../engine/components/error-handlers/default-error-handler.ts';
import { HttpResponseFilter } from '../../../../engine/components/response-filters/http-response-filter.ts';
import type { ErrorHandler, Outcome } from '../../../../engine/contract/families.ts';
import { TransportError } from '../../../../engine/http/wire/transport-error.ts';
import type { JsonObject } from '../../../../engine/util/json/json.ts';
import { testResponse } from '../../../kit/response.ts';
import { makeComponent, testScope } from '../../../kit/scope.ts';

const components = [
  DefaultErrorHandler,
  CompositeErrorHandler,
  HttpResponseFilter,
  ConstantBackoffStrategy,
  WaitTimeFromHeader,
];

function handler(definition: JsonObject, config: JsonObject = {}): ErrorHandler {
  const scope = testScope({ components, config });
  const component = definition.type === 'CompositeErrorHandler' ? CompositeErrorHandler : DefaultErrorHandler;
  return makeComponent(component, definition, scope);
}

const answered = (status: number, headers: Record<string, string> = {}): Outcome => ({
  response: testResponse({ status, headers }),
});
const filter = (action: string, http_codes: number[]) => ({ type: 'HttpResponseFilter', action, http_codes });
const byDefault = { type: 'DefaultErrorHandler' };

describe('DefaultErrorHandler', () => {
  it.each([
    [200, 'SUCCESS'],
    [304, 'RETRY'],
    [400, 'FAIL'],
    [401, 'FAIL'],
    [403, 'FAIL'],
    [404, 'FAIL'],
    [408, 'RETRY'],
    [418, 'RETRY'],
    [429, 'RATE_LIMITED'],
    [500, 'RETRY'],
    [503, 'RETRY'],
  ])('takes status %i for %s', async (status, action) => {
    expect((await handler(byDefault).resolve(answered(status))).action).toBe(action);
  });

  it('retries when there was no answer', async () => {
    const outcome = { error: new TransportError('closed', 'ECONNRESET') };
    expect(await handler(byDefault).resolve(outcome)).toMatchObject({
      action: 'RETRY',
      failureType: 'transient_error',
    });
  });

  it('asks its filters first, in their order', async () => {
    const made = handler({
      ...byDefault,
      response_filters: [filter('RETRY', [400]), filter('FAIL', [400, 200])],
    });
    expect((await made.resolve(answered(400))).action).toBe('RETRY');
    expect((await made.resolve(answered(200))).action).toBe('FAIL');
  });

  it('retries five times unless told otherwise', () => {
    expect(handler(byDefault).maxRetries).toBe(5);
    expect(handler({ ...byDefault, max_retries: 0 }).maxRetries).toBe(0);
    expect(handler({ ...byDefault, max_retries: "{{ config['n'] }}" }, { n: 7 }).maxRetries).toBe(7);
    expect(handler({ ...byDefault, max_retries: "{{ config['n'] }}" }).maxRetries).toBe(5);
    expect(() => handler({ ...byDefault, max_retries: 'many' })).toThrow(
      'a whole number is expected, not "many"',
    );
  });

  it('waits as long as the first strategy that has an answer says', async () => {
    const made = handler({
      ...byDefault,
      backoff_strategies: [
        { type: 'WaitTimeFromHeader', header: 'Retry-After' },
        { type: 'ConstantBackoffStrategy', backoff_time_in_seconds: 7 },
      ],
    });
    expect(await made.backoff(answered(429, { 'Retry-After': '30' }), 1)).toBe(30);
    expect(await made.backoff(answered(429, { 'Retry-After': '0' }), 1)).toBe(7);
    expect(await made.backoff(answered(429), 1)).toBe(7);
    expect(await handler(byDefault).backoff(answered(429), 1)).toBeUndefined();
  });
});

describe('CompositeErrorHandler', () => {
  const composite = (...error_handlers: JsonObject[]) =>
    handler({ type: 'CompositeErrorHandler', error_handlers });

  it('lets a later handler overrule a failure, not a retry', async () => {
    const first = { ...byDefault, response_filters: [filter('RETRY', [409])] };
    const second = { ...byDefault, response_filters: [filter('IGNORE', [404, 409])] };
    const made = composite(first, second);
    expect((await made.resolve(answered(404))).action).toBe('IGNORE');
    expect((await made.resolve(answered(409))).action).toBe('RETRY');
    expect((await made.resolve(answered(403))).action).toBe('FAIL');
  });

  it('takes the retries of its first handler and the waits of any', async () => {
    const waiting = {
      ...byDefault,
      backoff_strategies: [{ type: 'ConstantBackoffStrategy', backoff_time_in_seconds: 3 }],
    };
    const made = composite({ ...byDefault, max_retries: 2 }, waiting);
    expect([made.maxRetries, await made.backoff(answered(500), 1)]).toEqual([2, 3]);
  });

  it('needs a handler', () => {
    expect(() => composite()).toThrow('at least one error handler');
  });
});
