import { createSchemaInference } from '../builder/schema-inference.ts';
import { tryTo } from '../util/flow/try-to.ts';
import { isObject, type JsonObject, type JsonSchema } from '../util/json/json.ts';
import { parseJson } from '../util/json/parse-json.ts';
import type { Api, Auth, Operation, Parameter, RequestBody } from './api.ts';
import { fieldsOfBodies } from './body-fields.ts';
import { graphQlName, graphQlQuery } from './graphql.ts';
import { bodyOf } from './request-body.ts';
import { sentHeaders } from './sent-headers.ts';

interface Call {
  readonly method: string;
  readonly url: URL;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: RequestBody | undefined;
  readonly answer: unknown;
  readonly answerHeaders: readonly string[];
}

/** Reads what a browser has recorded (HTTP Archive): of answers in JSON what they look like, and none of their values. */
export function fromHar(document: JsonObject): Api {
  const log = isObject(document['log']) ? document['log'] : {};
  const entries = Array.isArray(log['entries']) ? log['entries'] : [];
  return fromCalls(entries.flatMap(callOf));
}

/** What calls to an API tell of it. Only those to the host that was called most are looked at. */
export function fromCalls(all: readonly Call[]): Api {
  const counts = new Map<string, number>();
  for (const { url } of all) counts.set(url.origin, (counts.get(url.origin) ?? 0) + 1);
  const [origin = 'https://api.example.com'] = [...counts].sort(([, a], [, b]) => b - a)[0] ?? [];
  const calls = all.filter(({ url }) => url.origin === origin);
  const groups = new Map<string, Call[]>();
  for (const call of calls) {
    const query = graphQlQuery(call.body);
    const asksFor = query === undefined ? '' : ` ${graphQlName(query)}`;
    const key = `${call.method} ${generalPath(call.url.pathname)}${asksFor}`;
    groups.set(key, [...(groups.get(key) ?? []), call]);
  }
  const auth = authOf(calls);
  return {
    title: new URL(origin).hostname,
    baseUrl: origin,
    auth,
    operations: [...groups].map(([key, group]) => operationOf(key, group, auth)),
  };
}

function callOf(entry: unknown): readonly Call[] {
  if (!isObject(entry) || !isObject(entry['request']) || !isObject(entry['response'])) return [];
  const { method, url, headers, postData } = entry['request'];
  const { content, status, headers: answerHeaders } = entry['response'];
  const target = typeof url === 'string' ? tryTo(() => new URL(url)) : undefined;
  const text = isObject(content) ? content['text'] : undefined;
  if (target === undefined || typeof text !== 'string' || Number(status) >= 300) return [];
  const isCoded = isObject(content) && content['encoding'] === 'base64';
  const answer = tryTo(() => parseJson(isCoded ? Buffer.from(text, 'base64').toString('utf8') : text));
  if (typeof answer !== 'object' || answer === null) return [];
  return [
    {
      method: String(method).toUpperCase(),
      url: target,
      headers: headerMap(headers),
      body: bodyOfEntry(postData),
      answer,
      answerHeaders: [...headerMap(answerHeaders)].flatMap(([name, value]) =>
        // Other links lead to styles and scripts.
        name === 'link' && !/rel="?next/.test(value) ? [] : [name],
      ),
    },
  ];
}

function bodyOfEntry(posted: unknown): RequestBody | undefined {
  if (!isObject(posted)) return undefined;
  const { text, mimeType, params } = posted;
  const pairs = (Array.isArray(params) ? params : []).filter(isObject);
  const form = new URLSearchParams(
    pairs.map(({ name, value }): [string, string] => [String(name), String(value ?? '')]),
  );
  const written = typeof text === 'string' && text !== '' ? text : form.toString();
  return written === '' ? undefined : bodyOf(written, typeof mimeType === 'string' ? mimeType : undefined);
}

function headerMap(list: unknown): ReadonlyMap<string, string> {
  const pairs = (Array.isArray(list) ? list : []).filter(isObject);
  return new Map(pairs.map(({ name, value }) => [String(name).toLowerCase(), String(value)]));
}

/** Numbers and long codes in a path are parameters, named after what stands before them. */
function generalPath(path: string): string {
  const segments = path.split('/');
  return segments
    .map((segment, index) => {
      const isKey =
        /^(?:api[-_]?)?(?:keys?|tokens?|secrets?)$/i.test(segments[index - 1] ?? '') && /\d/.test(segment);
      if (
        !isKey &&
        !isMixed(segment) &&
        !/^\d+$|^[0-9a-f]{8}-[0-9a-f-]{27}$|^[0-9a-f]{16,}$|^[A-Za-z]{2,4}_[A-Za-z0-9]{8,}$/.test(segment)
      )
        return segment;
      const before = segments[index - 1] ?? '';
      return `{${before.replace(/ies$/, 'y').replace(/s$/, '') || 'item'}_id}`;
    })
    .join('/');
}

/** Capital and small letters with several digits in between: no word. */
function isMixed(segment: string): boolean {
  const [digits, capitals, small] = [/\d/g, /[A-Z]/g, /[a-z]/g].map(
    (kind) => segment.match(kind)?.length ?? 0,
  );
  return segment.length >= 8 && Math.min(digits ?? 0, capitals ?? 0, small ?? 0) >= 2;
}

function operationOf(key: string, calls: readonly Call[], auth: Auth | undefined): Operation {
  const [method = 'GET', path = '/', asksFor] = key.split(' ');
  const isLogin = (name: string) => auth?.kind === 'key' && auth.in === 'query' && auth.name === name;
  const names = new Set(calls.flatMap(({ url }) => [...url.searchParams.keys()]));
  const bodies = calls.flatMap(({ body }) => (body === undefined ? [] : [body]));
  const parameters = [
    ...[...path.matchAll(/\{(\w+)\}/g)].map(
      ([, name = '']): Parameter => ({ name, in: 'path', isRequired: true, schema: {}, seen: [] }),
    ),
    ...[...names]
      .filter((name) => !isLogin(name))
      .map(
        (name): Parameter => ({
          name,
          in: 'query',
          isRequired: false,
          schema: {},
          seen: [...new Set(calls.flatMap(({ url }) => url.searchParams.getAll(name)))],
        }),
      ),
    ...fieldsOfBodies(bodies),
  ];
  const [login] = auth?.kind === 'key' && auth.in === 'header' ? [auth.name] : ['authorization'];
  return {
    method,
    path,
    ...(asksFor !== undefined && { asksFor }),
    parameters,
    headers: sentHeaders(calls[0]?.headers ?? new Map(), login),
    body: bodies[0],
    answer: schemaOf(calls.map(({ answer }) => answer)),
    answerHeaders: calls.flatMap(({ answerHeaders }) => answerHeaders),
    statuses: ['200'],
  };
}

function schemaOf(answers: readonly unknown[]): JsonSchema | undefined {
  const inference = createSchemaInference();
  // A list at the top becomes a field for the inference, which knows objects.
  for (const answer of answers) inference.add({ answer });
  const properties = inference.result([])?.schema.properties;
  const found = isObject(properties) ? properties['answer'] : undefined;
  return isObject(found) ? found : undefined;
}

function authOf(calls: readonly Call[]): Auth | undefined {
  for (const { headers, url } of calls) {
    const authorization = headers.get('authorization');
    if (authorization !== undefined) return authOfHeader(authorization);
    const key = [...headers.keys()].find((name) =>
      /^(?:x-)?(?:api[-_]?key|auth[-_]?token|access[-_]?token)$/.test(name),
    );
    if (key !== undefined) return { kind: 'key', name: key, in: 'header' };
    const parameter = [...url.searchParams.keys()].find((name) =>
      /^(?:api_?key|access_token|token|key)$/i.test(name),
    );
    if (parameter !== undefined) return { kind: 'key', name: parameter, in: 'query' };
  }
  return undefined;
}

/** Other schemes than the two of the standards are a text before the key: "Token abc". */
function authOfHeader(value: string): Auth {
  if (/^basic\b/i.test(value)) return { kind: 'basic' };
  if (/^bearer\b/i.test(value)) return { kind: 'bearer' };
  const [prefix = ''] = /^[A-Za-z][\w-]*(?:\s+(?:token=)?|=)(?=\S)/.exec(value) ?? [];
  return { kind: 'key', name: 'Authorization', in: 'header', prefix };
}
