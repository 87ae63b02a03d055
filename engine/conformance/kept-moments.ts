import { isSliceName } from '../language/template-names.ts';
import { type ReadPath, readPathsIn } from '../simulator/read-paths.ts';
import type { Expression } from '../template/syntax/ast.ts';
import { printExpression } from '../template/syntax/print-expression.ts';
import { type Bound, boundOf } from './bound-words.ts';
import { type Comparison, keptComparisons } from './kept-comparisons.ts';
import { happeningOf } from './moment-words.ts';
import { wordsOf } from './words.ts';

/** What is wrong with how a record filter compares moments of a record with those that a sync asks for. */
export interface MomentProblem {
  readonly problem: string;
  /** It is about which moment is compared, not which way. */
  readonly isOther: boolean;
}

/** A filter keeps what came after a start and before an end, by the moment of the cursor. */
export function momentProblem(text: string, cursor: string): MomentProblem | undefined {
  const compared = keptComparisons(text).flatMap((each) => comparedIn(each) ?? []);
  const own = cursor.split('.').at(-1) ?? '';
  const isOwn = ({ field }: Compared) => field === own;
  for (const each of compared) {
    const { keepsLater, bound } = each;
    // Of two moments of a record the other one may well be from before the window: what was made earlier and changed since.
    if (!isOwn(each) && compared.some((other) => other.field !== each.field)) continue;
    if (!bound.isWindow && !isOwn(each) && (own !== '' || happeningOf(each.field) === undefined)) continue;
    if (bound.is === 'start' && !keepsLater)
      return { problem: `keeps what came before ${bound.name}, and leaves out what is new`, isOther: false };
    if (bound.is === 'end' && keepsLater)
      return {
        problem: `keeps what comes after ${bound.name}, and leaves out what ${bound.isWindow ? 'is in it' : 'came before'}`,
        isOther: false,
      };
  }
  const [other] = compared.filter(({ bound }) => bound.isWindow);
  if (other === undefined || own === '' || cursor.includes('{{') || compared.some(isOwn)) return undefined;
  return {
    problem: `compares "${other.field}" with the window, and the cursor is "${cursor}"`,
    isOther: true,
  };
}

interface Compared {
  /** The last name of the path of the record. */
  readonly field: string;
  readonly keepsLater: boolean;
  readonly bound: Limit;
}

interface Limit {
  readonly is: Bound;
  readonly name: string;
  readonly isWindow: boolean;
}

function comparedIn({ left, operator, right }: Comparison): Compared | undefined {
  if (!/^[<>]/.test(operator)) return undefined;
  const [first, second] = [fieldIn(left), fieldIn(right)];
  if ((first === undefined) === (second === undefined)) return undefined;
  const bound = limitIn(first === undefined ? left : right);
  const isLater = operator.startsWith('>') === (first !== undefined);
  return bound && { field: first ?? second ?? '', keepsLater: isLater, bound };
}

/** The name that a side reads of the record; undefined where only a run knows it. */
function fieldIn(side: Expression): string | undefined {
  const reads = readPathsIn(side);
  const field = reads
    .find(({ name }) => name === 'record')
    ?.path.findLast((part) => typeof part === 'string');
  return reads.some(({ name }) => name === 'parameters') || field === undefined ? undefined : String(field);
}

/** The start or the end of what a sync asks for; undefined for both at once, and for what is neither. */
function limitIn(side: Expression): Limit | undefined {
  const reads = readPathsIn(side);
  const found = [...reads.flatMap((read) => limitOf(read) ?? []), ...agoIn(side)];
  // `stream_interval.get('start_time', config.start_date)`
  const first = found.find(({ isWindow }) => isWindow) ?? found[0];
  return first === undefined || found.some(({ is }) => is !== first.is) ? undefined : first;
}

function limitOf({ name, path }: ReadPath): Limit | undefined {
  const last = String(path.at(-1) ?? '');
  if (name === 'stream_state' || path.includes('prior_state'))
    return { is: 'start', name: 'the state', isWindow: true };
  const is = boundOf(last);
  if (is === undefined) return undefined;
  if (isSliceName(name)) return { is, name: `the ${is} of the window`, isWindow: true };
  // "min_amount" is no moment, and "max_age" none either.
  const isMoment = wordsOf(last).some((word) =>
    /^(?:dates?|time|datetime|timestamp|day|since|until)$/.test(word),
  );
  return name === 'config' && isMoment ? { is, name: `"${last}" of the config`, isWindow: false } : undefined;
}

/** What is some days ago is a start; yesterday may be where complete days end. */
function agoIn(side: Expression): readonly Limit[] {
  const [, days = '0'] = /\bday_delta\(\s*(?:num_days\s*=\s*)?-\s*(\d+)/.exec(printExpression(side)) ?? [];
  return Number(days) < 7 ? [] : [{ is: 'start', name: `${days} days ago`, isWindow: false }];
}
