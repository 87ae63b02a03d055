import { tryTo } from '../../util/flow/try-to.ts';
import { memoizeTexts } from '../../util/text/memoize-texts.ts';
import type { Body } from './ast.ts';
import { parseTemplate } from './parser.ts';

const parsed = memoizeTexts((text) => ({ body: tryTo(() => parseTemplate(text)) }), 1_000_000);

/**
 * What a template consists of, for those who look at it without evaluating it; undefined when it cannot be read, or has
 * nothing but text. Rules ask for the same templates again and again: each is parsed once.
 */
export function templateBody(text: string): Body | undefined {
  return text.includes('{') ? parsed(text).body : undefined;
}
