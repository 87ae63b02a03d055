import { toYaml } from '../manifest/write-yaml.ts';
import { isObject } from '../util/json/json.ts';
import { toJsonText } from '../util/json/to-json-text.ts';
import type { RequestBody } from './api.ts';
import { withoutFields } from './body-fields.ts';
import { graphQlQuery } from './graphql.ts';
import type { StreamGuess } from './guesses.ts';
import { escapedTemplate, literalText } from './literal-text.ts';
import { snake } from './names.ts';
import { looksSecret } from './secret-looking.ts';
import { indented, marked, quoted } from './yaml-lines.ts';

interface WrittenRequest {
  /** Fields of a requester. */
  readonly lines: readonly string[];
  /** Fields of the config that stand for what was sent, with what they were called. */
  readonly secrets: ReadonlyMap<string, string>;
}

const asShown = { confidence: 0.7, why: 'as it was shown' };

/** What a stream sends besides its pages and its window: parameters, headers and a body. */
export function requestOf(
  { asked, fixed, operation, paging, cursor }: StreamGuess,
  hasOwnHeaders: boolean,
): WrittenRequest {
  const secrets = new Map<string, string>();
  const sent = (name: string, value: string): string =>
    looksSecret(name, value) ? fromConfig(name, secrets) : literalText(value);

  const needed = asked.filter(({ in: place }) => place === 'query');
  const constant = fixed.filter((each) => each.seen.length === 1 && !asked.includes(each));
  const varied = fixed.filter((each) => each.seen.length > 1 && !asked.includes(each));
  const parameters = [
    ...needed.map(({ name }) => `  ${quoted(name)}: "{{ config['${snake(name)}'] }}"`),
    ...constant.map(({ name, seen: [value = ''] }) =>
      marked(`  ${quoted(name)}: ${quoted(sent(name, value))}`, asShown),
    ),
  ];
  const headers = hasOwnHeaders ? headerLines(operation.headers, secrets) : [];
  const { parameter, sizeParameter } = paging?.value ?? {};
  const computed = [parameter, sizeParameter, cursor?.value.parameter].flatMap((each) =>
    each?.field === undefined ? [] : [each.field],
  );
  return {
    lines: [
      ...varied.map(({ name }) => `# guess 0.4: "${name}" was sent with several values, and is left out`),
      ...(parameters.length === 0 ? [] : ['request_parameters:', ...parameters]),
      ...headers,
      ...(operation.body === undefined ? [] : bodyLines(operation.body, computed, secrets)),
    ],
    secrets,
  };
}

/** Headers that every stream sends alike stand once, at the requester that all have in common. */
export function commonHeaders(streams: readonly StreamGuess[]): WrittenRequest {
  const secrets = new Map<string, string>();
  const [first] = streams;
  if (first === undefined || !areCommon(streams)) return { lines: [], secrets };
  return { lines: headerLines(first.operation.headers, secrets), secrets };
}

export function areCommon(streams: readonly StreamGuess[]): boolean {
  return new Set(streams.map(({ operation }) => toJsonText(operation.headers))).size === 1;
}

function headerLines(headers: Readonly<Record<string, string>>, secrets: Map<string, string>): string[] {
  const lines = Object.entries(headers).map(([name, value]) => {
    const sent = looksSecret(name, value) ? fromConfig(name, secrets) : literalText(value);
    return marked(`  ${quoted(name)}: ${quoted(sent)}`, asShown);
  });
  return lines.length === 0 ? [] : ['request_headers:', ...lines];
}

function fromConfig(name: string, secrets: Map<string, string>): string {
  secrets.set(snake(name), name);
  return `{{ config['${snake(name)}'] }}`;
}

function bodyLines(
  body: RequestBody,
  computed: readonly (readonly string[])[],
  secrets: Map<string, string>,
): readonly string[] {
  const written = writtenBody(body, computed, secrets);
  if (written === undefined) return [];
  return [
    marked('request_body:', asShown),
    `  type: ${written.type}`,
    ...indented(toYaml({ value: written.value }).trimEnd().split('\n'), 2),
  ];
}

function writtenBody(
  body: RequestBody,
  computed: readonly (readonly string[])[],
  secrets: Map<string, string>,
): { readonly type: string; readonly value: unknown } | undefined {
  const text = (name: string, value: string, literal: (text: string) => string): string =>
    looksSecret(name, value) ? fromConfig(name, secrets) : literal(value);
  const nested = (name: string, value: unknown): unknown => {
    if (typeof value === 'string') return text(name, value, escapedTemplate);
    if (Array.isArray(value)) return value.map((each) => nested(name, each));
    if (!isObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([inner, each]) => [inner, nested(inner, each)]));
  };
  if (body.kind === 'text') return { type: 'RequestBodyPlainText', value: text('', body.value, literalText) };
  if (body.kind === 'form') {
    const entries = Object.entries(withoutFields(body.value, computed)).map(([name, value]) => [
      name,
      text(name, String(value), literalText),
    ]);
    if (entries.length === 0) return undefined;
    return { type: 'RequestBodyUrlEncodedForm', value: Object.fromEntries(entries) };
  }
  const value = withoutFields(body.value, computed);
  if (Object.keys(value).length === 0) return undefined;
  const isGraphQl = graphQlQuery(body) !== undefined;
  return { type: isGraphQl ? 'RequestBodyGraphQL' : 'RequestBodyJsonObject', value: nested('', value) };
}
