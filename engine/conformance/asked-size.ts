import type { ScalarNode } from '../manifest/node.ts';
import { walk } from '../manifest/walk.ts';
import type { ComponentAt } from '../validate/visit.ts';
import { written } from '../validate/visit.ts';
import { sizeName } from './page-names.ts';
import { questionFields } from './request-fields.ts';

/** How many records a request asks for in so many words, and where. */
export interface AskedSize {
  readonly size: number;
  readonly node: ScalarNode;
  readonly offset?: number;
  /** It stands in a query of a language, where nobody but its API reads it. */
  readonly isInQuery: boolean;
}

const fields = [...questionFields, 'path', 'url'];

/** The one size that a requester writes out; undefined where it writes none, or several. */
export function askedSize(requester: ComponentAt | undefined): AskedSize | undefined {
  const found: AskedSize[] = [];
  for (const field of fields)
    for (const { node, name } of walk(written(requester, field), (walked) => walked.name === '$parameters')) {
      if (node.kind !== 'scalar') continue;
      const text = String(node.value);
      const named = name !== undefined && sizeName.test(name) ? numberIn(text) : undefined;
      if (named !== undefined) found.push({ size: named, node, isInQuery: false });
      for (const { 0: all, 1: value = '', index } of text.matchAll(inQuery)) {
        const size = numberIn(value);
        const offset = index + all.length - value.length;
        if (size !== undefined) found.push({ size, node, offset, isInQuery: true });
      }
    }
  return new Set(found.map(({ size }) => size)).size === 1 ? found[0] : undefined;
}

/** `LIMIT 100`; of `LIMIT 100, 50` nobody knows which is which. */
const inQuery = /\b(?:MAXRESULTS|LIMIT)\s+(\d+(?!\d|\s*,)|\{\{[^{}]*\}\}(?!\s*,))/gi;

/** A number, or what a template falls back to. */
function numberIn(text: string): number | undefined {
  const plain = /^\s*(\d+)\s*$/.exec(text)?.[1];
  const fallback = /^\s*\{\{[^{}]*?\bor\s+['"]?(\d+)['"]?[^{}\d]*\}\}\s*$/.exec(text)?.[1];
  const size = Number(plain ?? fallback ?? 0);
  return size > 0 ? size : undefined;
}
