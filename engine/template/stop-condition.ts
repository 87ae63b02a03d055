import { PythonError } from '../time/python-error.ts';
import { pyStr } from './methods/outside.ts';
import { isFalse } from './read-back.ts';
import type { Body, CompareOperator, Expression } from './syntax/ast.ts';
import { eachNode, type Node } from './syntax/each-node.ts';
import { parseTemplate } from './syntax/parser.ts';

type Answer = 'yes' | 'no' | 'maybe';

interface Comparison {
  readonly left: Expression;
  readonly operator: CompareOperator;
  readonly right: Expression;
  /** Where it is true, so is the condition, or would be if the other parts of an `and` were. */
  readonly decides: boolean;
}

const mirrored: Readonly<Partial<Record<CompareOperator, CompareOperator>>> = {
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
};

/**
 * Is a condition that ends a pagination true of a full page, once pages are requested with fewer records? `minimum` is
 * the fewest. `last_page_size < 100` is; `last_page_size < page_size` (the size that was requested) is not.
 */
export function stopsAtSmallerPages(text: string, minimum: number): Answer {
  let body: Body;
  try {
    body = parseTemplate(text);
  } catch (error) {
    if (error instanceof PythonError) return 'maybe';
    throw error;
  }
  const comparisons = [...comparisonsIn(body)];
  if (!body.some((statement) => mentions(statement, 'last_page_size'))) {
    return comparisons.some(limitsSomething) ? 'maybe' : 'no';
  }
  const answers = comparisons
    .filter(({ left, right }) => mentions(left, 'last_page_size') || mentions(right, 'last_page_size'))
    .map((comparison) => (comparison.decides ? answerOf(comparison, minimum) : 'maybe'));
  if (answers.includes('yes')) return 'yes';
  return answers.length === 0 || answers.includes('maybe') ? 'maybe' : 'no';
}

function* comparisonsIn(body: Body): Generator<Comparison> {
  for (const statement of body) yield* comparisonsAt(statement, body.length === 1);
}

function* comparisonsAt(node: Node, decides: boolean): Generator<Comparison> {
  if (node.type === 'compare') {
    let left = node.first;
    for (const { operator, value } of node.rest) {
      yield { left, operator, right: value, decides };
      left = value;
    }
  }
  const passesOn = decides && (node.type === 'and' || node.type === 'or' || node.type === 'output');
  const test = node.type === 'if' ? node.test : undefined;
  for (const child of childrenOf(node)) {
    yield* comparisonsAt(child, child === test ? decides && isTrueWithItsTest(node) : passesOn);
  }
}

/** `{% if … %}true{% endif %}` is true when its test is. */
function isTrueWithItsTest(node: Node): boolean {
  if (node.type !== 'if' || node.elifs.length > 0 || node.otherwise.length > 0) return false;
  let text = '';
  for (const statement of node.body) {
    if (statement.type === 'data') text += statement.text;
    else if (statement.type === 'output' && statement.value.type === 'constant') {
      text += pyStr(statement.value.value);
    } else return false;
  }
  return !isFalse(text);
}

/** The number of records of a page may also be read from the response: whatever has an upper limit may be it. */
function limitsSomething({ left, operator, right, decides }: Comparison): boolean {
  if (operator === '<' || operator === '<=') return !decides || left.type !== 'constant';
  if (operator === '>' || operator === '>=') return !decides || right.type !== 'constant';
  return false;
}

function answerOf({ left, operator, right }: Comparison, minimum: number): Answer {
  const isRight = mentions(right, 'last_page_size');
  if (isRight && mentions(left, 'last_page_size')) return 'maybe';
  return isRight
    ? answerFor(right, mirrored[operator] ?? operator, left, minimum)
    : answerFor(left, operator, right, minimum);
}

function answerFor(size: Expression, operator: CompareOperator, limit: Expression, minimum: number): Answer {
  const isBare = size.type === 'name';
  switch (operator) {
    case '==':
    case '!=':
      return isBare && limit.type === 'constant' && limit.value === 0 ? 'no' : 'maybe';
    case '>':
    case '>=':
      return isBare ? 'no' : 'maybe';
    case '<':
    case '<=':
      return answerForLimit(size, limit, operator === '<' ? minimum : minimum - 1);
    default:
      return 'maybe';
  }
}

/** Of a page whose size has to be smaller than the limit. A limit up to `harmless` is that of an empty page. */
function answerForLimit(size: Expression, limit: Expression, harmless: number): Answer {
  if (size.type === 'binary' || size.type === 'and' || size.type === 'or') return 'maybe';
  if (mentions(limit, 'page_size')) return isRequestedSize(limit) ? 'no' : 'maybe';
  const isWhole = limit.type === 'constant' && Number.isInteger(limit.value);
  return isWhole && Number(limit.value) <= harmless ? 'no' : 'yes';
}

function isRequestedSize(node: Expression): boolean {
  if (node.type === 'filter' && node.target !== undefined) return isRequestedSize(node.target);
  return node.type === 'name' && node.name === 'page_size';
}

function mentions(node: Node, name: string): boolean {
  if (node.type === 'name') return node.name === name;
  return childrenOf(node).some((child) => mentions(child, name));
}

/** Everything directly below a node that is a node itself. */
function childrenOf(node: Node): readonly Node[] {
  const found: Node[] = [];
  eachNode(Object.values(node), (child) => {
    found.push(child);
    return [];
  });
  return found;
}
