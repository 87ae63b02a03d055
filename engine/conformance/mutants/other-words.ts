import { anotherOf } from './alterations.ts';

// Words of the manifest language, each with those that somebody might have written in its place.

export const actions = anotherOf({
  FAIL: ['IGNORE', 'RETRY'],
  RETRY: ['FAIL', 'IGNORE'],
  IGNORE: ['FAIL'],
  SUCCESS: ['FAIL', 'IGNORE'],
  RATE_LIMITED: ['FAIL', 'IGNORE'],
  RESET_PAGINATION: ['FAIL', 'RETRY'],
  REFRESH_TOKEN_THEN_RETRY: ['FAIL', 'RETRY'],
});
export const failureTypes = anotherOf({
  config_error: ['system_error'],
  CONFIG_ERROR: ['system_error'],
  SYSTEM_ERROR: ['config_error'],
  TRANSIENT_ERROR: ['config_error'],
});
export const methods = anotherOf({
  GET: ['POST'],
  POST: ['GET'],
  PUT: ['POST'],
  PATCH: ['POST'],
  DELETE: ['GET'],
});
export const places = anotherOf({
  request_parameter: ['header'],
  header: ['request_parameter'],
  body_json: ['request_parameter'],
  body_data: ['request_parameter'],
  REQUEST_PARAMETER: ['header'],
});
export const types = anotherOf({
  string: ['integer'],
  STRING: ['integer'],
  INTEGER: ['string'],
  NUMBER: ['string'],
  BOOLEAN: ['string'],
});
