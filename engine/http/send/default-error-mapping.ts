import type { ErrorResolution, Outcome, ResponseAction } from '../../contract/families.ts';
import type { HttpResponse } from '../../contract/http-response.ts';
import type { ErrorKind } from '../../error/connector-error.ts';
import { isTransportError } from '../wire/transport-error.ts';

function resolution(action: ResponseAction, failureType: ErrorKind, message: string): ErrorResolution {
  return Object.freeze({ action, failureType, message });
}

/** What a status means when the manifest says nothing about it. */
export const defaultErrorMapping: ReadonlyMap<number, ErrorResolution> = new Map([
  [
    400,
    resolution(
      'FAIL',
      'system_error',
      'HTTP 400: the API calls this a bad request. Check the request parameters.',
    ),
  ],
  [
    401,
    resolution(
      'FAIL',
      'config_error',
      'HTTP 401: the API does not accept the credentials. Check that they are right and still valid.',
    ),
  ],
  [
    403,
    resolution('FAIL', 'config_error', 'HTTP 403: the credentials have no permission for this resource.'),
  ],
  [404, resolution('FAIL', 'system_error', 'HTTP 404: the API does not have the requested resource.')],
  [405, resolution('FAIL', 'system_error', 'HTTP 405: the API does not allow this request method here.')],
  [408, resolution('RETRY', 'transient_error', 'HTTP 408: the API timed out waiting for the request.')],
  [429, resolution('RATE_LIMITED', 'transient_error', 'HTTP 429: too many requests.')],
  [500, resolution('RETRY', 'transient_error', 'HTTP 500: internal error of the API.')],
  [502, resolution('RETRY', 'transient_error', 'HTTP 502: bad gateway.')],
  [503, resolution('RETRY', 'transient_error', 'HTTP 503: the API is unavailable.')],
  [504, resolution('RETRY', 'transient_error', 'HTTP 504: gateway timeout.')],
]);

export const success: ErrorResolution = Object.freeze({ action: 'SUCCESS' });

const redirects = [301, 302, 303, 307, 308];

/** `ok` of python-requests, but for answers that send elsewhere: to a place, a proxy, or what was there before. */
export function isOk({ status }: HttpResponse): boolean {
  return status < 300;
}

/** What becomes of an outcome that no filter matched. */
export function defaultResolution(outcome: Outcome): ErrorResolution {
  if ('error' in outcome) {
    const { error } = outcome;
    if (isTransportError(error) && error.code === 'ERR_INVALID_PROTOCOL') {
      return { ...resolution('FAIL', 'config_error', error.message), givesReason: true };
    }
    const message = `The API could not be reached: ${error.message}.`;
    return { ...resolution('RETRY', 'transient_error', message), givesReason: true };
  }
  const { status } = outcome.response;
  const known = defaultErrorMapping.get(status);
  if (known !== undefined) return known;
  if (redirects.includes(status)) {
    return resolution('RETRY', 'system_error', `HTTP ${status}: the API redirects without saying where to.`);
  }
  return resolution('RETRY', 'system_error', `HTTP ${status} was not expected.`);
}
