import { readPaths } from '../simulator/read-paths.ts';
import { type ComponentAt, childIn, textIn } from '../validate/visit.ts';
import type { CheckEvent } from './check.ts';
import { violation } from './events.ts';
import { wordsOf } from './words.ts';

/** What is an address is asked for as it is, what is none goes into a parameter. */
export function* unfitOption(paginator: ComponentAt, strategy: ComponentAt): Generator<CheckEvent> {
  const option = childIn(paginator, 'page_token_option');
  if (option === undefined) return;
  const isPath = option.traits.isPath === true;
  if (strategy.traits.counts !== 'nothing') {
    if (isPath)
      yield violation(
        option.node,
        `A ${strategy.component?.type} counts, and its number is asked for as a path here: a RequestOption puts it into a parameter.`,
      );
    return;
  }
  const value = textIn(strategy, 'cursor_value') ?? '';
  const uses = readPaths(value).filter(({ name }) => name !== 'config');
  const words = uses.flatMap(({ path }) => path.flatMap((step) => wordsOf(String(step))));
  if (uses.length === 0) return;
  const last = words.at(-1) ?? '';
  const isAddress = words.some((word) => addresses.has(word)) || /https?:|\//.test(value);
  const isToken = uses.every(({ path }) => tokens.has(wordsOf(String(path.at(-1))).at(-1) ?? ''));
  if (isPath && (isToken || (!isAddress && words.some((word) => tokens.has(word)))))
    yield violation(
      option.node,
      `The next page is asked for at the path that "cursor_value" gives, and by its name it gives a token: a RequestOption puts it into a parameter.`,
    );
  const isWhole = /^\s*\{\{(?:[^|}+~]|\{\})*\}\}\s*$/.test(value) && !/\.split|\[-?\d/.test(value);
  const isLink =
    ['url', 'uri', 'href'].includes(last) || (last === 'next' && /^links?$/.test(words.at(-2) ?? ''));
  // What is picked out of a list of links, and what is written as a path around a number.
  const isPicked =
    /map\(\s*attribute\s*=\s*['"](?:href|url|uri)['"]\s*\)\s*\|\s*(?:first|last)\s*\}\}\s*$/.test(value);
  const isMade = /\//.test(value.replace(/\{\{.*?\}\}|\{%.*?%\}/gs, ''));
  if (!isPath && ((isWhole && isLink) || isPicked || isMade))
    yield violation(
      option.node,
      `"cursor_value" ${isMade ? 'makes a path' : 'gives an address by its name'}, which is sent whole as a parameter here: "type: RequestPath" asks for it as it is.`,
    );
}

const addresses = new Set(['url', 'uri', 'href', 'link', 'links', 'path', 'page', 'next']);
const tokens = new Set(['token', 'cursor', 'after', 'id', 'offset', 'marker', 'key', 'continuation']);
