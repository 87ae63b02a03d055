import type { OutgoingRequest } from '../../contract/families.ts';
import type { Place } from '../../error/place.ts';
import { tryTo } from '../../util/flow/try-to.ts';
import { isObject, type JsonObject } from '../../util/json/json.ts';
import { parseJson } from '../../util/json/parse-json.ts';
import { toJsonText } from '../../util/json/to-json-text.ts';
import { glob } from '../../util/text/glob.ts';
import { type Difference, differences } from '../subset.ts';
import type { ExchangeFields } from './fields.ts';

/** A request that a test expects, with its answers. */
export interface Exchange {
  readonly place: Place;
  readonly on: string;
  readonly isOptional: boolean;
  /** How often it may be asked for. */
  readonly times: number;
  readonly answer: Answer;
  /** What a request lacks of being this one; none when it is. */
  differences(request: SeenRequest): readonly Difference[];
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  readonly error: 'reset' | 'timeout' | 'dns' | undefined;
}

/** A request as tests speak of it. */
export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly host: string;
  readonly path: string;
  /** A parameter that is repeated is a list. */
  readonly query: JsonObject;
  /** By names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** JSON and forms as objects, anything else as text; undefined without one. */
  readonly body: unknown;
}

export function seenRequest({ method, url, headers, body }: OutgoingRequest): SeenRequest {
  const lower = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value] as const);
  return {
    method,
    url: url.href,
    host: url.host,
    path: decodeURI(url.pathname),
    query: fieldsOf(url.searchParams),
    headers: Object.fromEntries(lower),
    body: body === undefined ? undefined : bodyOf(body, Object.fromEntries(lower)['content-type']),
  };
}

/** `GET /items?page=2`, as tests and reports write it. */
export function requestLine({ method, path, query }: Pick<SeenRequest, 'method' | 'path' | 'query'>): string {
  const listed = Object.entries(query).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map((each) => `${name}=${each}`),
  );
  // A line of a test file has no other white space than the one between the two.
  return `${method} ${path}${listed.length === 0 ? '' : `?${listed.join('&')}`}`.replace(
    /(?<=\/.*)\s/gs,
    '%20',
  );
}

function fieldsOf(params: URLSearchParams): JsonObject {
  const fields: JsonObject = {};
  for (const name of new Set(params.keys())) {
    const values = params.getAll(name);
    fields[name] = values.length === 1 ? values[0] : values;
  }
  return fields;
}

function bodyOf(body: string | Uint8Array, contentType = ''): unknown {
  const text = typeof body === 'string' ? body : new TextDecoder().decode(body);
  if (/urlencoded/i.test(contentType)) return fieldsOf(new URLSearchParams(text));
  return tryTo(() => parseJson(text)) ?? text;
}

export function createExchange(fields: ExchangeFields, place: Place): Exchange {
  const { on, optional = false, times = 1, with: wanted = {} } = fields;
  const [method = '', target = ''] = on.split(' ');
  const url = new URL(target, 'http://any.host');
  const expected = {
    query: { ...fieldsOf(url.searchParams), ...textsOf(wanted.query) },
    headers: Object.fromEntries(
      Object.entries(textsOf(wanted.headers)).map(([name, value]) => [name.toLowerCase(), value]),
    ),
    ...('body' in wanted && { body: wanted.body }),
  };
  const isPath = target.startsWith('/');
  // `*` is one segment, or a part of one.
  const path = glob(decodeURI(url.pathname), '[^/]+');

  return Object.freeze<Exchange>({
    place,
    on,
    isOptional: optional,
    times: times === 'any' ? Number.POSITIVE_INFINITY : times,
    answer: answerOf(fields),
    differences(request) {
      const found: Difference[] = [];
      if (request.method !== method) found.push({ path: 'method', expected: method, actual: request.method });
      if (!isPath && request.host !== url.host)
        found.push({ path: 'host', expected: url.host, actual: request.host });
      if (!path.test(request.path))
        found.push({ path: 'path', expected: decodeURI(url.pathname), actual: request.path });
      const { query, headers, body } = request;
      found.push(...differences(expected, { query, headers, body }));
      return found;
    },
  });
}

/** Parameters and headers are texts on the wire. */
function textsOf(fields: JsonObject = {}): JsonObject {
  const text = (value: unknown): unknown => {
    if (value === null) return null;
    if (Array.isArray(value)) return value.map(text);
    return typeof value === 'string' ? value : isObject(value) ? toJsonText(value) : String(value);
  };
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, text(value)]));
}

function answerOf({ reply, ...own }: ExchangeFields): Answer {
  const { status = 200, headers = {}, json, text, base64, error } = reply ?? own;
  const hasType = Object.keys(headers).some((name) => name.toLowerCase() === 'content-type');
  const isJson = json !== undefined;
  return {
    status,
    headers: isJson && !hasType ? { 'Content-Type': 'application/json', ...headers } : headers,
    body:
      base64 === undefined
        ? new TextEncoder().encode(isJson ? toJsonText(json) : (text ?? ''))
        : Buffer.from(base64, 'base64'),
    error,
  };
}
