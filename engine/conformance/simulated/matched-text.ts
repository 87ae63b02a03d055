import { tryTo } from '../../util/flow/try-to.ts';
import { pythonRegex } from '../../util/python/python-regex.ts';

/** What stands for digits in an expression, however many: `\d+`, `[0-9]*`, `\d{1,3}`. */
const digits = /(?:\\d|\[0-9\]|\[\\d\])(?:[*+]\??|\{\d+(?:,\d*)?\})?/;

/** Groups, ends, and what may as well not be there: `( )?`, `.*`. */
const nothing = /\((?:\?:|\?P<\w+>)?|(?:\\.|[^\\()[\]{}|])(?:\*\??|\?)|[)^$]/g;

/**
 * A text that begins as an expression of Python has it, with a number where this has its digits: `reset=35` for
 * `reset=(\d+)`. Undefined where the expression is of another form.
 */
export function matchedText(regex: string, number: string): string | undefined {
  if (regex.includes('{{')) return undefined;
  const [before = '', after, ...more] = regex.split(digits).map(literalOf);
  if (after === undefined || more.length > 0) return undefined;
  const text = `${before}${number}${after}`;
  const matched = tryTo(() => pythonRegex(regex, 'match').exec(text)?.[0]);
  return matched?.includes(number) === true ? text : undefined;
}

/** What is left of it stands for itself; if it does not, the expression does not match. */
function literalOf(part: string): string {
  return part
    .replace(nothing, '')
    .replace(/\\s\+?|(?<!\\)\.\+?/g, ' ')
    .replace(/\\(\W)/g, '$1');
}
