import { defaultResolution, isOk } from '../../../../engine/http/send/default-error-mapping.ts';
import { TransportError } from '../../../../engine/http/wire/transport-error.ts';
import { testResponse } from '../../../kit/response.ts';

const answered = (status: number) => defaultResolution({ response: testResponse({ status }) });

describe('what a status means by itself', () => {
  it.each([
    [400, 'FAIL', 'system_error', 'HTTP 400: the API calls this a bad request.'],
    [401, 'FAIL', 'config_error', 'HTTP 401: the API does not accept the credentials.'],
    [403, 'FAIL', 'config_error', 'HTTP 403: the credentials have no permission'],
    [404, 'FAIL', 'system_error', 'HTTP 404: the API does not have the requested resource.'],
    [405, 'FAIL', 'system_error', 'HTTP 405: the API does not allow this request method'],
    [408, 'RETRY', 'transient_error', 'HTTP 408: the API timed out'],
    [429, 'RATE_LIMITED', 'transient_error', 'HTTP 429: too many requests.'],
    [500, 'RETRY', 'transient_error', 'HTTP 500: internal error of the API.'],
    [502, 'RETRY', 'transient_error', 'HTTP 502: bad gateway.'],
    [503, 'RETRY', 'transient_error', 'HTTP 503: the API is unavailable.'],
    [504, 'RETRY', 'transient_error', 'HTTP 504: gateway timeout.'],
    [302, 'RETRY', 'system_error', 'HTTP 302: the API redirects without saying where to.'],
    [418, 'RETRY', 'system_error', 'HTTP 418 was not expected.'],
    [501, 'RETRY', 'system_error', 'HTTP 501 was not expected.'],
  ])('%d: %s, %s', (status, action, failureType, message) => {
    expect(answered(status)).toMatchObject({
      action,
      failureType,
      message: expect.stringContaining(message),
    });
  });

  it('is a success below 300: what sends elsewhere and was not followed has no answer', () => {
    const statuses = [200, 204, 300, 301, 302, 303, 304, 307, 308, 399, 400, 500];
    expect(statuses.filter((status) => isOk(testResponse({ status })))).toEqual([200, 204]);
  });
});

test('no answer is asked for again, save by a protocol that requests cannot be sent by', () => {
  expect(defaultResolution({ error: new TransportError('closed', 'ECONNRESET') })).toEqual({
    action: 'RETRY',
    failureType: 'transient_error',
    message: 'The API could not be reached: closed.',
    givesReason: true,
  });
  expect(defaultResolution({ error: new TransportError('to ftp:', 'ERR_INVALID_PROTOCOL') })).toEqual({
    action: 'FAIL',
    failureType: 'config_error',
    message: 'to ftp:',
    givesReason: true,
  });
  const other = Object.assign(new Error('to ftp:'), { code: 'ERR_INVALID_PROTOCOL' });
  expect(defaultResolution({ error: other }).action).toBe('RETRY');
});
