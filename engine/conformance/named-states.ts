import { readPathsIn } from '../simulator/read-paths.ts';
import type { Expression } from '../template/syntax/ast.ts';
import { singular } from '../util/text/singular.ts';
import { keptComparisons } from './kept-comparisons.ts';
import { wordsOf } from './words.ts';

/** Words for one state of a record each. */
const states = [
  'successful success succeeded finished completed complete done',
  'failed failure failures error errors errored unsuccessful',
  'active enabled live running',
  'inactive disabled archived',
  'open opened pending unresolved',
  'closed resolved',
  'draft drafts unpublished',
  'published',
  'upcoming future',
  'past previous',
  'cancelled canceled',
].map((words) => new Set(words.split(' ')));

/** The state that is the opposite of each. */
const opposites = new Map([
  [0, 1],
  [1, 0],
  [2, 3],
  [3, 2],
  [4, 5],
  [5, 4],
  [6, 7],
  [7, 6],
  [8, 9],
  [9, 8],
]);

/** What is wrong with a condition on a state, in a stream that is named after one; undefined when nothing is. */
export function otherState(condition: string, stream: string): string | undefined {
  // Of several conditions either may hold, and what is denied as a whole is turned round.
  if (/\bor\b|\bnot\b/.test(condition)) return undefined;
  const own = stateOf(wordsOf(stream));
  if (own === undefined) return undefined;
  for (const [, sign, value = ''] of condition.matchAll(/(==|!=)\s*['"]([\w -]+)['"]/g)) {
    const said = stateOf(wordsOf(value));
    if (said === undefined) continue;
    if (sign === '!=' && said === own)
      return `leaves out what is ${value}, and the stream is called "${stream}"`;
    if (sign === '==' && said === opposites.get(own))
      return `keeps what is ${value}, and the stream is called "${stream}"`;
  }
  return undefined;
}

/** What is wrong with a condition that leaves out what the stream is named after, such as `record.kind != 'schedule'` of schedules. */
export function namesakeLeftOut(condition: string, stream: string): string | undefined {
  const own = plainly(stream);
  // Where one of several may hold, each may leave out what it likes.
  const compared = /\b(?:or|if)\b/.test(condition) ? [] : keptComparisons(condition);
  const denied = compared.filter(
    ({ left, operator }) =>
      (operator === '!=' || operator === 'not in') && readPathsIn(left).some(({ name }) => name === 'record'),
  );
  const value = denied.flatMap(({ right }) => textsIn(right)).find((each) => plainly(each) === own);
  return value === undefined
    ? undefined
    : `leaves out what is ${value}, and the stream is called "${stream}"`;
}

/** A text, or the only one of a list. */
function textsIn(node: Expression): readonly string[] {
  if (node.type === 'constant') return typeof node.value === 'string' ? [node.value] : [];
  const isOne = (node.type === 'list' || node.type === 'tuple') && node.items.length === 1;
  return isOne ? node.items.flatMap(textsIn) : [];
}

/** What a request asks for, where that is the opposite of what its stream is named after: `filter: past`, or `archived: false`. */
export function oppositeAsked(label: string, value: unknown, stream: string): string | undefined {
  const own = stateOf(wordsOf(stream));
  const text = String(value);
  if (own === undefined || /sort|order|field|by$/i.test(label)) return undefined;
  if (
    /^[a-z]+$/i.test(text) &&
    stateOf(wordsOf(text)) === opposites.get(own) &&
    stateOf(wordsOf(text)) !== undefined
  )
    return text;
  const words = wordsOf(label).filter((word) => !/^(?:is|only)$/.test(word));
  const flag = words.length === 1 ? stateOf(words) : undefined;
  if (flag === own && /^(?:false|0|no)$/i.test(text)) return `not ${words[0]}`;
  return flag !== undefined && flag === opposites.get(own) && /^(?:true|1|yes)$/i.test(text)
    ? words[0]
    : undefined;
}

function plainly(name: string): string {
  return wordsOf(name).map(singular).join(' ');
}

/** The only one that words name. */
function stateOf(words: readonly string[]): number | undefined {
  const [state, ...more] = states.flatMap((names, index) =>
    words.some((word) => names.has(word)) ? [index] : [],
  );
  return more.length === 0 ? state : undefined;
}
