import { plainPathIn } from '../../simulator/read-paths.ts';
import type { Expression } from '../../template/syntax/ast.ts';
import { type Node, nodesIn } from '../../template/syntax/each-node.ts';
import { printExpression } from '../../template/syntax/print-expression.ts';
import { templateBody } from '../../template/syntax/template-body.ts';
import { defineCheck } from '../check.ts';
import { eachTemplate } from '../each-template.ts';
import { looked, violation } from '../events.ts';

export const startLimits = defineCheck({
  id: 'start-limits',
  group: 'incremental',
  level: 'static',
  severity: 'warning',
  doc: 'where a template chooses between a date of the config and one some time ago, it takes the later one, and between a date of the config and now the earlier one',
  *run({ source }) {
    for (const { node, text, stream } of eachTemplate(source, /\b(?:day_delta|now_utc|today_utc)\b/)) {
      yield looked(stream);
      for (const { offset, sides, isLater } of choicesIn(text)) {
        const clock = sides.find(readsClock);
        const given = sides.find((side) => !readsClock(side));
        // What a state says may well be asked for again, however late it is.
        if (clock === undefined || given === undefined || !isGiven(given)) continue;
        const wants = limitOf(clock);
        if (wants === undefined || wants === (isLater ? 'earliest' : 'latest')) continue;
        yield violation(
          node,
          wants === 'earliest'
            ? `Of "${given}" and "${clock}" the earlier one is taken: a start of long ago is asked for as it is, and a later one is not heeded. Was the later one meant?`
            : `Of "${given}" and "${clock}" the later one is taken, which is never before now: was the earlier one meant?`,
          { stream, offset },
        );
      }
    }
  },
});

interface Chosen {
  readonly offset: number;
  readonly sides: readonly string[];
  /** Whether the later of both is taken. */
  readonly isLater: boolean;
}

function choicesIn(text: string): readonly Chosen[] {
  return nodesIn(templateBody(text)).flatMap((node) => chosenByCall(node) ?? chosenByCondition(node) ?? []);
}

/** `max(a, b)` */
function chosenByCall(node: Node): Chosen | undefined {
  if (node.type !== 'call' || node.target.type !== 'name' || node.args.length !== 2) return undefined;
  const { name, offset } = node.target;
  if (name !== 'max' && name !== 'min') return undefined;
  return { offset, sides: node.args.map(nameOf), isLater: name === 'max' };
}

/** `a if a > b else b` */
function chosenByCondition(node: Node): Chosen | undefined {
  if (node.type !== 'condition' || node.otherwise === undefined) return undefined;
  const compared = comparedIn(node.test, false);
  const [value, otherwise] = [nameOf(node.value), nameOf(node.otherwise)];
  if (compared === undefined || value === otherwise) return undefined;
  const { earlier, later } = compared;
  const isLater = value === later && otherwise === earlier;
  const isEarlier = value === earlier && otherwise === later;
  return isLater || isEarlier ? { offset: node.test.offset, sides: [value, otherwise], isLater } : undefined;
}

/** Which of two is before the other where a condition holds, whatever else it asks for. */
function comparedIn(
  test: Expression,
  isNot: boolean,
): { readonly earlier: string; readonly later: string } | undefined {
  if (test.type === 'not') return comparedIn(test.operand, !isNot);
  if (test.type === (isNot ? 'or' : 'and'))
    return comparedIn(test.left, isNot) ?? comparedIn(test.right, isNot);
  const [only, ...more] = test.type === 'compare' ? test.rest : [];
  if (test.type !== 'compare' || only === undefined || more.length > 0 || !/[<>]/.test(only.operator))
    return undefined;
  const sides = [nameOf(test.first), nameOf(only.value)];
  const [earlier = '', later = ''] = only.operator.startsWith('<') !== isNot ? sides : sides.toReversed();
  return { earlier, later };
}

/** `config['since']` and `config.get('since', '2020-01-01')` are one value. */
function nameOf(node: Expression): string {
  const read = plainPathIn(node);
  return read === undefined ? printExpression(node) : [read.name, ...read.path].join('.');
}

const readsClock = (side: string) => /\b(?:day_delta|now_utc|today_utc)\b/.test(side);

const isGiven = (side: string) => /\b(?:config|components_values)\b/.test(side) && !/\bstream_/.test(side);

/** What is some time ago is the earliest moment that is asked for, and now is the latest. */
function limitOf(clock: string): 'earliest' | 'latest' | undefined {
  if (/day_delta\(\s*(?:num_days\s*=\s*)?-/.test(clock) || /\)\s*-\s*duration\(/.test(clock))
    return 'earliest';
  return /day_delta|duration|timedelta/.test(clock) ? undefined : 'latest';
}
