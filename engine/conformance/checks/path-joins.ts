import { type Edges, edgesOf } from '../../template/edges.ts';
import { withoutQuotes } from '../../template/without-quotes.ts';
import { ancestorOf, textIn, visit, written } from '../../validate/visit.ts';
import { defineCheck } from '../check.ts';
import { looked, violation } from '../events.ts';
import { once } from '../once.ts';
import { templatesIn } from '../text-templates.ts';
import { wordsOf } from '../words.ts';

export const pathJoins = defineCheck({
  id: 'path-joins',
  group: 'requests',
  level: 'static',
  severity: 'warning',
  doc: 'the segments of a path are joined by one slash each, and its query begins with one question mark',
  *run({ source }) {
    const isNew = once();
    for (const at of visit(source)) {
      if (at.family !== 'Requester' || at.isHook) continue;
      for (const field of ['url_base', 'url', 'path']) {
        const node = written(at, field);
        if (node?.kind !== 'scalar' || typeof node.value !== 'string' || !isNew(node)) continue;
        yield looked();
        const found = problemIn(withoutQuotes(node.value).trimEnd(), field);
        if (found === undefined) continue;
        const stream = textIn(ancestorOf(at, 'Stream'), 'name');
        yield violation(node, `The "${field}" ${found.what}`, { offset: found.offset, stream });
      }
    }
  },
});

interface Problem {
  readonly what: string;
  readonly offset: number;
}

function problemIn(value: string, field: string): Problem | undefined {
  // Line breaks of a folded text are no part of a path.
  const hidden = value.replace(/\{[{%][\s\S]*?[%}]\}/g, (template) => '\u0000'.repeat(template.length));
  const host = field === 'path' ? null : /^[\s\0]*(?:[a-z]+)?:\/\/[^/?]*/i.exec(hidden);
  const from = field === 'path' ? 0 : host === null ? undefined : host[0].length;
  // Without a scheme the template before it has one, and nobody knows how much of the path.
  const begin = from ?? Math.max(hidden.indexOf('/'), 0);
  const rest = hidden.slice(begin);
  const query = rest.search(/[?#]/);
  const path = query === -1 ? rest : rest.slice(0, query);
  const asked = query === -1 ? '' : rest.slice(query + 1);
  const doubled = path.search(/(?<!^\s*[a-z]+:)\/\//i);
  if (doubled !== -1)
    return {
      what: 'has two slashes one after the other, and so a segment with nothing in it: APIs seldom have such an address.',
      offset: begin + doubled,
    };
  const second = asked.search(/\?|&&|^&/);
  if (second !== -1)
    return {
      what: `has "${asked[second]}" where one parameter of its query should be joined to the next by "&".`,
      offset: begin + query + 1 + second,
    };
  for (const { start, end, reads } of templatesIn(value)) {
    const isInPath = start >= begin && start < begin + path.length;
    // `index.php?/api/v2/items/` is a path, too.
    const parameter = /[?&]([^?&]*)$/.exec(hidden.slice(0, start))?.[1] ?? '';
    const isLikePath = parameter.startsWith('/') && !parameter.includes('=');
    if (!isInPath && !isLikePath && start >= begin) continue;
    // A host may begin with a word: `api{{ config.number }}.test`.
    const from = start < begin ? start : 0;
    const problem = gluedAt(
      hidden,
      from,
      start,
      end,
      reads.flatMap((read) => read.path),
      edgesOf(value.slice(start, end)),
    );
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/** A word that ends, or begins, where a template does: `workspaces{{ id }}`. */
function gluedAt(
  hidden: string,
  from: number,
  start: number,
  end: number,
  steps: readonly (string | number)[],
  { first, last }: Edges,
): Problem | undefined {
  // `v{{ config.version }}` is one segment; so is `api{{ config.environment }}`.
  const words = wordsOf(String(steps.at(-1) ?? ''));
  if (words.some((word) => partial.has(word))) return undefined;
  // A literal may bring its own separator: `{{ 'sandbox.' if config.test }}`.
  const goesOn = first.some((text) => text === undefined || /^\w/.test(text));
  const goesBefore = last.some((text) => text === undefined || /\w$/.test(text));
  const before = goesOn ? /[A-Za-z]{3,}$/.exec(hidden.slice(from, start))?.[0] : undefined;
  const after = goesBefore ? /^[A-Za-z]{3,}/.exec(hidden.slice(end))?.[0] : undefined;
  if (before === undefined && after === undefined) return undefined;
  return {
    what: `joins "${before ?? after}" and the value of a template without a "${from === 0 ? '/' : '." or a "/'}" between them.`,
    offset: start,
  };
}

/** What is a part of a segment. */
const partial = new Set(
  'version env environment region suffix prefix stage format ext extension sandbox datacenter dc cluster'.split(
    ' ',
  ),
);
