import { isObject, type JsonSchema } from '../util/json/json.ts';
import type { Operation, Parameter } from './api.ts';
import type { Guess } from './guess.ts';

export interface PagingGuess {
  readonly kind: 'page' | 'offset' | 'token' | 'link' | 'header' | 'last record';
  /** The parameter with the number, the offset or the token. */
  readonly parameter: Parameter | undefined;
  readonly sizeParameter: Parameter | undefined;
  /** The largest that is allowed; otherwise what was sent. */
  readonly size: Guess<number> | undefined;
  /** Where in the answer the token or link is. */
  readonly tokenPath: readonly string[];
  /** Number of the first page. */
  readonly first: number;
}

const sizes = /^(?:per_?page|page_?size|limit|count|size|max_?results|page\[size\]|\$top|rows|num)$/i;
const pages = /^(?:page|page_?(?:number|num|no|index)|current_?page|p|page\[number\])$/i;
const offsets = /^(?:offset|skip|start|\$skip|start_?at|page\[offset\]|start_?index)$/i;
const tokens =
  /^(?:cursor|after|starting_?after|page_?token|next_?token|next_?cursor|continuation(?:_?token)?|page\[(?:cursor|after)\]|next|scroll_?(?:id|param)|pagination_?token|bookmark)$/i;
const tokenFields =
  /^(?:next_?cursor|next_?page_?token|next_?token|cursor|continuation(?:_?token)?|starting_?after|end_?cursor|after|scroll_?(?:id|param)|bookmark|next)$/i;
const linkFields = /^(?:next|next_?(?:page|url|link|page_?url|href)|@odata\.nextLink)$/i;

/** How further pages are asked for; undefined when nothing looks like it. */
export function guessPaging({
  parameters,
  answer,
  answerHeaders,
  path,
  body,
  asksFor,
}: Operation): Guess<PagingGuess> | undefined {
  const asked = parameters.filter(({ in: place }) => place !== 'path');
  const named = (pattern: RegExp) => asked.find(({ name }) => pattern.test(name));
  const sizeParameter = named(sizes);
  const base = { sizeParameter, size: sizeParameter && guessSize(sizeParameter), first: 1 };
  const guess = (
    kind: PagingGuess['kind'],
    parameter: Parameter | undefined,
    tokenPath: readonly string[],
    confidence: number,
    why: string,
  ): Guess<PagingGuess> => ({
    value: { ...base, kind, parameter, tokenPath },
    confidence,
    why,
  });
  const token = named(tokens);
  const fields = answer === undefined ? [] : [...textsIn(answer, [], asksFor === undefined ? 3 : 5)];
  const tokenField = fields.find((steps) => tokenFields.test(steps.at(-1) ?? ''));
  const linkField = fields.find((steps) => linkFields.test(steps.at(-1) ?? ''));
  if (token !== undefined && tokenField !== undefined)
    return guess(
      'token',
      token,
      tokenField,
      0.9,
      `"${token.name}" takes what "${tokenField.join('.')}" gives`,
    );
  const page = named(pages);
  if (linkField !== undefined && token === undefined && page === undefined)
    return guess(
      'link',
      undefined,
      linkField,
      0.7,
      `"${linkField.join('.')}" looks like a link to the next page`,
    );
  if (answerHeaders.includes('link'))
    return guess('header', undefined, [], 0.8, 'answers have a Link header');
  if (page !== undefined) {
    const preset = page.schema['default'];
    const made = guess('page', page, [], 0.85, `"${page.name}" is the number of a page`);
    return { ...made, value: { ...made.value, first: preset === 0 || page.seen.includes('0') ? 0 : 1 } };
  }
  const offset = named(offsets);
  if (offset !== undefined && (base.sizeParameter !== undefined || /skip|offset/i.test(offset.name)))
    return guess('offset', offset, [], 0.85, `"${offset.name}" is how many records are skipped`);
  if (token !== undefined)
    return guess(
      'last record',
      token,
      [],
      0.4,
      `"${token.name}" may take the id of the last record: the answer of ${path} has no token`,
    );
  const undocumented = fields.find((steps) => certainTokens.test(steps.at(-1) ?? ''));
  const name = undocumented?.at(-1)?.replace(/^next_?/, '');
  if (undocumented === undefined || name === undefined) return undefined;
  const why = `the answer has "${undocumented.join('.')}", which no documented parameter takes: "${name}" is the likeliest`;
  const isInBody = body?.kind === 'json';
  const unseen: Parameter = {
    name,
    in: isInBody ? 'body' : 'query',
    ...(isInBody && { field: [name] }),
    isRequired: false,
    schema: {},
    seen: [],
  };
  return guess('token', unseen, undocumented, 0.4, why);
}

function guessSize({ schema, seen }: Parameter): Guess<number> | undefined {
  const { maximum } = schema;
  if (typeof maximum === 'number' && maximum > 0 && maximum <= 10_000)
    return { value: maximum, confidence: 0.9, why: 'the largest page that is documented' };
  const sent = Math.max(...seen.map(Number));
  if (!Number.isInteger(sent) || sent < 1) return undefined;
  return { value: sent, confidence: 0.5, why: 'as it was shown; the API may allow larger pages' };
}

/** Fields of answers that say themselves what they are for. */
const certainTokens =
  /^(?:next_?(?:page_?)?(?:token|cursor)|starting_?after|end_?cursor|continuation_?token)$/i;

/** Paths of texts, not of those in records. */
function* textsIn(schema: JsonSchema, path: readonly string[], depth: number): Generator<readonly string[]> {
  const properties = isObject(schema.properties) ? schema.properties : {};
  for (const [name, property] of Object.entries(properties)) {
    if (!isObject(property)) continue;
    const types = [property.type].flat();
    if (
      types.some((type) => type === 'string' || type === 'integer' || type === 'number') ||
      types[0] === undefined
    )
      if (!isObject(property.properties)) yield [...path, name];
    if (depth > 1) yield* textsIn(property, [...path, name], depth - 1);
  }
}
