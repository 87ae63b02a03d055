import { isDeepStrictEqual } from 'node:util';
import type { RequestParts } from '../../contract/request-parts.ts';
import { ConnectorError } from '../../error/connector-error.ts';
import { isObject } from '../../util/json/json.ts';
import { setField } from '../../util/json/set-field.ts';

/** What messages call the four places of a request. */
type PartName = 'request parameter' | 'header' | 'form field' | 'body field';

/**
 * Adds what another party wants in the request. Every name must come from one place only, whatever its value; anything
 * else is a config error. Only in a JSON body may mappings merge, and may a name come again with the same value.
 */
export function mergeFields(
  target: Record<string, unknown>,
  source: Readonly<Record<string, unknown>>,
  what: PartName,
  path: readonly string[] = [],
): void {
  for (const name in source) {
    const value = source[name];
    const present = Object.hasOwn(target, name) ? target[name] : undefined;
    if (!Object.hasOwn(target, name)) {
      setField(target, name, copy(value));
    } else if (what === 'body field' && isPlain(present) && isPlain(value)) {
      mergeFields(present, value, what, [...path, name]);
    } else if (what !== 'body field' || !isDeepStrictEqual(present, value)) {
      throw new ConnectorError(
        `The ${what} "${[...path, name].join('.')}" is set twice${what === 'body field' ? ', with different values' : ''}. Every name must come from one place only.`,
        { kind: 'config_error' },
      );
    }
  }
}

export function mergeParts(target: RequestParts, source: RequestParts): void {
  mergeFields(target.params, source.params, 'request parameter');
  mergeFields(target.headers, source.headers, 'header');
  if (source.bodyData !== undefined) addBodyData(target, source.bodyData);
  if (source.bodyJson !== undefined) addBodyJson(target, source.bodyJson);
}

/** Adds form fields, or a whole text body, which nothing can be added to. */
export function addBodyData(target: RequestParts, data: Readonly<Record<string, unknown>> | string): void {
  const present = target.bodyData;
  const isEmpty = (value: unknown) => isObject(value) && Object.keys(value).length === 0;
  if (isEmpty(data)) return;
  if (present === undefined || isEmpty(present)) {
    target.bodyData = typeof data === 'string' ? data : { ...data };
  } else if (typeof present === 'string' || typeof data === 'string') {
    throw new ConnectorError('A request body that is a text cannot be combined with other body fields.', {
      kind: 'config_error',
    });
  } else {
    mergeFields(present, data, 'form field');
  }
}

export function addBodyJson(
  target: RequestParts,
  json: Readonly<Record<string, unknown>> | readonly unknown[],
): void {
  if (target.bodyJson === undefined) {
    target.bodyJson = copy(json) as Record<string, unknown> | unknown[];
  } else if (isPlain(target.bodyJson) && isPlain(json)) {
    mergeFields(target.bodyJson, json, 'body field');
  } else if (!Array.isArray(json) || json.length > 0) {
    throw new ConnectorError(
      'A request body that is a JSON list cannot be combined with other body fields.',
      {
        kind: 'config_error',
      },
    );
  }
}

/** Python values that have a class of their own are not mappings. */
function isPlain(value: unknown): value is Record<string, unknown> {
  return isObject(value) && Object.getPrototypeOf(value) === Object.prototype;
}

/** What a manifest or a template owns must not change when fields are merged into it. */
function copy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copy);
  if (!isPlain(value)) return value;
  const result: Record<string, unknown> = {};
  for (const [name, item] of Object.entries(value)) setField(result, name, copy(item));
  return result;
}
