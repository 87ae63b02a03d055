import { createResponse, responseHeaders } from '../../../../engine/http/wire/response.ts';
import { isObject, type JsonObject } from '../../../../engine/util/json/json.ts';
import { type Edit, type Fault, now } from './record.ts';

export const answered = (
  status: number,
  body: JsonObject,
  headers: Readonly<Record<string, string>> = {},
): ReturnType<typeof createResponse> =>
  createResponse({
    url: 'https://api.intercom.io/',
    status,
    headers: responseHeaders([['Content-Type', 'application/json'], ...Object.entries(headers)]),
    body: new TextEncoder().encode(JSON.stringify(body)),
  });

export const error = (code: string, message: string): JsonObject => ({
  type: 'error.list',
  errors: [{ code, message }],
});

const limit = () =>
  answered(429, error('rate_limit_exceeded', 'Exceeded rate limit'), {
    'X-RateLimit-Reset': String(now / 1000 + 10),
  });

export const rateLimited: Fault = (_, index) => (index === 0 ? limit() : undefined);
export const alwaysLimited: Fault = limit;
export const notInPlan: Fault = () =>
  answered(403, error('api_plan_restricted', 'Active subscription needed'));
/** As some endpoints say it, which give it another code. */
export const notInPlanInWords: Fault = () => answered(403, error('forbidden', 'Active subscription needed'));
export const unauthorized: Fault = () => answered(401, error('unauthorized', 'Access Token Invalid'));
export const refused: Fault = (request, index) => (index === 0 ? unauthorized(request, index) : undefined);
export const unpermitted: Fault = () => answered(403, error('forbidden', 'Not allowed'));
export const broken: Fault = (_, index) =>
  index === 0 ? answered(500, error('server_error', 'Something went wrong')) : undefined;

/** What only requests for a path meet; each is told how many such came before it. */
export function on(path: RegExp, fault: Fault): Fault {
  let index = 0;
  return (request) => (path.test(request.url.pathname) ? fault(request, index++) : undefined);
}

/** The first request for a path meets this answer. */
export function once(path: RegExp, status: number, body: JsonObject): Fault {
  let isOver = false;
  return (request) => {
    if (isOver || !path.test(request.url.pathname)) return undefined;
    isOver = true;
    return answered(status, body);
  };
}

export const gone = (path: RegExp): Fault => once(path, 404, error('not_found', 'Not found'));

/** Of each list in the first answer, only so many items; more of them are copies with other ids. */
export const firstList =
  (count: number): Edit =>
  (json, _, index) =>
    index > 0
      ? json
      : Object.fromEntries(
          Object.entries(json).map(([name, value]) => [
            name,
            Array.isArray(value) ? sized(value, count) : value,
          ]),
        );

function sized(list: readonly unknown[], count: number): readonly unknown[] {
  const first = list[0];
  const copies = Array.from({ length: Math.max(0, count - list.length) }, (_, index) =>
    isObject(first) ? { ...first, id: otherId(first['id'], index) } : first,
  );
  return list.length === 0 ? list : [...list.slice(0, count), ...copies];
}

function otherId(id: unknown, index: number): unknown {
  return typeof id === 'number' ? id + 900 + index : `${String(id)}9${index}`;
}

/** The first answer says that there is more; the second has nothing, and says so. */
export const linked =
  (next: unknown): Edit =>
  (json, _, index) => {
    const pages = isObject(json['pages']) ? json['pages'] : { type: 'pages' };
    if (index === 0) return { ...json, pages: { ...pages, next } };
    const emptied = Object.entries(json).map(([name, value]) => [name, Array.isArray(value) ? [] : value]);
    return { ...Object.fromEntries(emptied), pages: { ...pages, next: null } };
  };
