import { textsOf } from '../../validate/texts.ts';
import { ancestorOf, textIn, visit } from '../../validate/visit.ts';
import { defineCheck } from '../check.ts';
import { looked, violation } from '../events.ts';
import { once } from '../once.ts';

export const graphqlPages = defineCheck({
  id: 'graphql-pages',
  group: 'pages',
  level: 'static',
  severity: 'warning',
  doc: 'a list of a GraphQL query is asked for by "first" and "after" or by "last" and "before", and its "pageInfo" tells of the same direction',
  *run({ source }) {
    const isNew = once();
    for (const at of visit(source)) {
      if (at.family !== 'Requester') continue;
      for (const { node, text } of textsOf(at)) {
        if (!/\b(?:after|before)\s*:/.test(text) || !isNew(node)) continue;
        yield looked();
        const found = mixedIn(text);
        if (found === undefined) continue;
        yield violation(
          node,
          `This query asks for the ${found.side} of a list with "${found.token}": "${found.side}" goes with "${found.side === 'first' ? 'after' : 'before'}".`,
          { stream: textIn(ancestorOf(at, 'Stream'), 'name'), offset: found.offset },
        );
      }
    }
  },
});

interface Mixed {
  readonly side: string;
  readonly token: string;
  readonly offset: number;
}

/** The arguments of a field, as in `users(first: 10, after: $after)`. */
function mixedIn(text: string): Mixed | undefined {
  for (const match of text.matchAll(/\(([^()]*)\)/g)) {
    const [, list = ''] = match;
    const has = (name: string) => new RegExp(`(?<![\\w$])${name}\\s*:`).exec(list);
    for (const [side, token, own] of [
      ['last', 'after', 'first'],
      ['first', 'before', 'last'],
    ] as const) {
      const at = has(side);
      // Some APIs cut a range by both.
      const isRange = has(side === 'last' ? 'before' : 'after') !== null;
      if (at === null || has(token) === null || has(own) !== null || isRange) continue;
      return { side, token, offset: match.index + 1 + at.index };
    }
  }
  return undefined;
}
