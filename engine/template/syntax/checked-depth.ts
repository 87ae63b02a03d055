import type { Body } from './ast.ts';
import { TemplateError } from './template-error.ts';

/** Steps into a tree. People's templates need some dozens; Python gives up after a thousand calls. */
const deepest = 2000;

/** A template with fewer characters cannot be too deep. */
const shortest = 1000;

/**
 * What `parse` makes of a text. Chains are as deep as they are long (`a.b.c…`, `1 + 1 + …`), and whoever walks over a tree
 * calls itself for each step: a tree that is too deep for that is a TemplateError here, and nobody else's trouble.
 */
export function withCheckedDepth(text: string, parse: () => Body): Body {
  if (text.length < shortest) return parse();
  const tooDeep = () => new TemplateError('the template is nested too deeply', 0);
  let body: Body;
  try {
    body = parse();
  } catch (error) {
    throw error instanceof RangeError ? tooDeep() : error;
  }
  let level: readonly object[] = [body];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > deepest) throw tooDeep();
    level = level.flatMap((node) => Object.values(node).filter(isNode));
  }
  return body;
}

const isNode = (value: unknown): value is object => typeof value === 'object' && value !== null;
