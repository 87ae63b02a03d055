import type { Exchange } from '../contract/scope.ts';
import { isCredentialParam } from '../http/wire/redact.ts';
import type { Scrubber } from '../scrub/scrubber.ts';
import { isPlainObject, type JsonObject } from '../util/json/json.ts';
import { parseJson } from '../util/json/parse-json.ts';
import { toJsonText } from '../util/json/to-json-text.ts';

/** An exchange without secrets and people, in the words of test files. */
export interface ScrubbedExchange {
  readonly on: string;
  readonly with?: { readonly query?: JsonObject; readonly body?: unknown };
  readonly reply: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    /** One of the three. */
    readonly json?: unknown;
    readonly text?: string;
    readonly base64?: string;
  };
}

/** Headers that a connector may look at. */
const telling = /^(?:x-)?rate-?limit|^retry-after$|^link$|^x-.*(?:total|page|next|cursor|count)/i;

export async function scrubbedExchange(
  { request, response }: Exchange,
  scrubber: Scrubber,
): Promise<ScrubbedExchange> {
  const url = new URL(scrubber.url(request.url.href));
  const query = queryOf(url);
  const body = bodyOf(request.body, scrubber);
  return {
    on: `${request.method} ${url.pathname.replace(/ /g, '%20')}`,
    ...((query !== undefined || body !== undefined) && {
      with: { ...(query && { query }), ...(body !== undefined && { body }) },
    }),
    reply: {
      status: response.status,
      headers: headersOf(scrubber, response),
      ...(await answerOf(response, scrubber)),
    },
  };
}

/** Without credentials: a test has none. */
function queryOf(url: URL): JsonObject | undefined {
  const query: JsonObject = {};
  for (const name of new Set(url.searchParams.keys())) {
    const values = url.searchParams.getAll(name);
    if (isCredentialParam(name) || values.some((value) => value.includes('****'))) continue;
    query[name] = values.length === 1 ? values[0] : values;
  }
  return Object.keys(query).length === 0 ? undefined : query;
}

function bodyOf(body: string | Uint8Array | undefined, scrubber: Scrubber): unknown {
  if (body === undefined) return undefined;
  const text = typeof body === 'string' ? body : Buffer.from(body).toString('utf8');
  try {
    return withoutHidden(scrubber.value(parseJson(text)));
  } catch {
    const fields = Object.fromEntries(new URLSearchParams(scrubber.body(text)));
    return /^[\w.[\]%-]+=/.test(text) ? withoutHidden(fields) : scrubber.body(text);
  }
}

/** Fields that are credentials are not asked for. */
function withoutHidden(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutHidden);
  if (!isPlainObject(value)) return value;
  const entries = Object.entries(value).filter(([, item]) => item !== '****');
  return Object.fromEntries(entries.map(([name, item]) => [name, withoutHidden(item)]));
}

function headersOf(scrubber: Scrubber, { headers }: Exchange['response']): Record<string, string> {
  const type = headers.get('content-type');
  const isJson = type === undefined || /^application\/json\b/i.test(type);
  const kept = [...headers.entries()].filter(([name]) => telling.test(name));
  return scrubber.headers(isJson ? kept : [['Content-Type', type], ...kept]);
}

async function answerOf(
  response: Exchange['response'],
  scrubber: Scrubber,
): Promise<Pick<ScrubbedExchange['reply'], 'json' | 'text' | 'base64'>> {
  const bytes = await response.bytes();
  if (bytes.length === 0) return {};
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    try {
      return { json: scrubber.value(parseJson(text)) };
    } catch {
      return { text: scrubber.body(text) };
    }
  } catch {
    return { base64: Buffer.from(bytes).toString('base64') };
  }
}

/** The exchange as an item of a YAML list. JSON is YAML too, and keeps every digit. */
export function exchangeYaml(
  { on, with: wanted, reply }: ScrubbedExchange,
  indent: string,
  bodyFile?: string,
): string {
  const inner = `${indent}  `;
  const lines = [`${indent}- on: ${scalar(on)}`];
  if (wanted?.query !== undefined && wanted.body === undefined)
    lines.push(`${inner}with: { query: ${toJsonText(wanted.query)} }`);
  else if (wanted !== undefined) {
    lines.push(`${inner}with:`);
    if (wanted.query !== undefined) lines.push(`${inner}  query: ${toJsonText(wanted.query)}`);
    lines.push(`${inner}  body: ${json(wanted.body, `${inner}  `)}`);
  }
  const { status, headers } = reply;
  const hasHeaders = Object.keys(headers).length > 0;
  const isNested = status !== 200 || hasHeaders;
  const at = isNested ? `${inner}  ` : inner;
  if (isNested) {
    lines.push(`${inner}reply:`);
    if (status !== 200) lines.push(`${at}status: ${status}`);
    if (hasHeaders) lines.push(`${at}headers: ${toJsonText(headers)}`);
  }
  if (bodyFile !== undefined) lines.push(`${at}body_file: ${bodyFile}`);
  else if (reply.json !== undefined) lines.push(`${at}json: ${json(reply.json, at)}`);
  else if (reply.base64 !== undefined) lines.push(`${at}base64: ${reply.base64}`);
  else lines.push(`${at}text: ${JSON.stringify(reply.text ?? '')}`);
  return `${lines.join('\n')}\n`;
}

/** On one line where it is short, else spread out below the indent. */
export function json(value: unknown, indent: string): string {
  const short = toJsonText(value);
  if (short.length + indent.length <= 90) return short;
  return spread(value, `${indent}  `);
}

function spread(value: unknown, indent: string): string {
  const short = toJsonText(value);
  if (typeof value !== 'object' || value === null || short.length + indent.length <= 90) return short;
  const deeper = `${indent}  `;
  const items = Array.isArray(value)
    ? value.map((item) => `${deeper}${spread(item, deeper)}`)
    : Object.entries(value).map(
        ([name, item]) => `${deeper}${JSON.stringify(name)}: ${spread(item, deeper)}`,
      );
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  return `${open}\n${items.join(',\n')}\n${indent}${close}`;
}

/** A text that YAML reads as this text. */
export function scalar(text: string): string {
  return /^[A-Za-z][\w /.,%+=&?()-]*$/.test(text) && !/^(?:true|false|null|yes|no|on|off|y|n)$/i.test(text)
    ? text
    : JSON.stringify(text);
}
