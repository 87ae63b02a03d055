import { plainPathIn } from '../simulator/read-paths.ts';
import type { Expression } from '../template/syntax/ast.ts';
import { beginningOf } from '../template/syntax/beginning-of.ts';
import { constantText } from '../template/syntax/constant-text.ts';
import { nodesIn } from '../template/syntax/each-node.ts';
import { printExpression } from '../template/syntax/print-expression.ts';
import { templateBody } from '../template/syntax/template-body.ts';
import { wordsOf } from './words.ts';

/** A choice by a flag of the config that includes more, such as `include_deleted`. */
export interface FlagChoice {
  readonly said: string;
  readonly flag: string;
  readonly offset: number;
}

/** The choices that ask for all where such a flag is off, and for less where it is on: `'ALL' if not config.include_deleted`. */
export function narrowedWhenOn(text: string): readonly FlagChoice[] {
  return nodesIn(templateBody(text)).flatMap((part) => {
    if (part.type !== 'condition') return [];
    const { flag, isOff } = flagIn(part.test, false);
    const [off, on] = isOff ? [part.value, part.otherwise] : [part.otherwise, part.value];
    return flag !== undefined && asksForAll(off) && !asksForAll(on)
      ? [{ said: printExpression(part), flag, offset: beginningOf(part.value) }]
      : [];
  });
}

/** The flag that a condition reads, and whether it holds where the flag is off. */
function flagIn(test: Expression, isOff: boolean): { readonly flag?: string; readonly isOff: boolean } {
  if (test.type === 'not') return flagIn(test.operand, !isOff);
  // Of several conditions, each has to hold where there is an "and".
  if (test.type === 'and' && !isOff) {
    const left = flagIn(test.left, isOff);
    return left.flag === undefined ? flagIn(test.right, isOff) : left;
  }
  const read = plainPathIn(test);
  const flag = read?.name === 'config' ? String(read.path.at(-1) ?? '') : '';
  return including.test(wordsOf(flag).join(' ')) ? { flag, isOff } : { isOff };
}

const including = /^(?:include|with|show|fetch|read|sync|import|load|allow) (?!only)/;

/** Some text in it says "all" or "any". */
function asksForAll(node: Expression | undefined): boolean {
  return nodesIn(node)
    .flatMap((part) => wordsOf(constantText(part) ?? ''))
    .some((word) => word === 'all' || word === 'any');
}
