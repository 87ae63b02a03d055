import type { OutgoingRequest } from '../../contract/families.ts';
import type { RequestParts } from '../../contract/request-parts.ts';
import { ConnectorError } from '../../error/connector-error.ts';
import { isDict, toJson } from '../../template/python-values.ts';
import { toJsonText } from '../../util/json/to-json-text.ts';
import { pythonText } from './request-text.ts';
import { encodeForm, requestUrl } from './request-url.ts';

const methodsWithBody = ['GET', 'POST', 'PUT', 'PATCH'];

/**
 * Serialises what the components have put together. Throws ConnectorError (config_error) for what no request can carry.
 */
export function outgoingRequest(
  method: string,
  url: string,
  parts: RequestParts,
  baseUrl?: () => string,
): OutgoingRequest {
  for (const name in parts.params) {
    if (isDict(parts.params[name])) {
      throw new ConnectorError(`The value of the request parameter "${name}" cannot be an object.`, {
        kind: 'config_error',
      });
    }
  }
  const headers: Record<string, string> = {};
  for (const name in parts.headers) headers[name] = pythonText(parts.headers[name]);
  const body = methodsWithBody.includes(method.toUpperCase()) ? bodyOf(parts) : undefined;
  if (body?.contentType !== undefined && !hasContentType(headers)) headers['Content-Type'] = body.contentType;
  const request: OutgoingRequest = {
    method: method.toUpperCase(),
    url: requestUrl(url, parts.params),
    headers,
    baseUrl,
  };
  if (body !== undefined) request.body = body.text;
  return request;
}

function hasContentType(headers: Readonly<Record<string, string>>): boolean {
  return Object.keys(headers).some((name) => name.toLowerCase() === 'content-type');
}

interface Body {
  readonly text: string;
  readonly contentType?: string;
}

/** An empty mapping means no body. */
function bodyOf({ bodyData, bodyJson }: RequestParts): Body | undefined {
  const hasJson = bodyJson !== undefined && Object.keys(bodyJson).length > 0;
  const hasData =
    bodyData !== undefined &&
    (typeof bodyData === 'string' ? bodyData !== '' : Object.keys(bodyData).length > 0);
  if (hasJson && hasData) {
    throw new ConnectorError(
      'A request cannot have a JSON body and a form (or text) body at the same time.',
      {
        kind: 'config_error',
      },
    );
  }
  if (hasJson) return { text: toJsonText(toJson(bodyJson)), contentType: 'application/json' };
  if (!hasData || bodyData === undefined) return undefined;
  if (typeof bodyData === 'string') return { text: bodyData };
  return { text: encodeForm(bodyData), contentType: 'application/x-www-form-urlencoded' };
}
