import type { HttpResponse } from '../../contract/http-response.ts';
import { pyTruth } from '../../template/python-values.ts';
import { isObject } from '../../util/json/json.ts';

/** Names under which APIs say what went wrong, the likeliest first. */
const names = [
  'message',
  'messages',
  'error',
  'errors',
  'failures',
  'failure',
  'detail',
  'err',
  'error_message',
  'msg',
  'reason',
  'status_message',
];

/** The API's own words about an error: found in a JSON body under the usual names, otherwise the text of the body. */
export async function apiErrorMessage(response: HttpResponse): Promise<string | undefined> {
  let document: unknown;
  try {
    document = await response.json();
  } catch {
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(await response.bytes());
    } catch {
      return undefined;
    }
  }
  return messageIn(document);
}

function messageIn(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) {
    return value
      .map(messageIn)
      .filter((message) => message !== undefined)
      .join(', ');
  }
  if (!isObject(value)) return undefined;
  const name = names.find((candidate) => Object.hasOwn(value, candidate) && pyTruth(value[candidate]));
  return messageIn(name === undefined ? undefined : value[name]);
}
