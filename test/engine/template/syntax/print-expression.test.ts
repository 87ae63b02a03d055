import { parseTemplate } from '../../../../engine/template/syntax/parser.ts';
import { printExpression } from '../../../../engine/template/syntax/print-expression.ts';

function printedAgain(text: string): string {
  const [output] = parseTemplate(`{{ ${text} }}`).flatMap((node) => (node.type === 'output' ? [node] : []));
  return output === undefined ? '' : printExpression(output.value);
}

describe('an expression as people write it', () => {
  it.each([
    'record.id',
    "record['id']",
    "config['a b'].c[0]",
    "'it\\'s'",
    'true',
    'none',
    '1.5',
    '[1, 2]',
    '(1,)',
    '(1, 2)',
    "{'a': 1, 'b': [2]}",
    'items[1:2]',
    'items[:2]',
    'items[1:]',
    'items[1:9:2]',
    'f(1, a=2, *b, **c)',
    "record.at | default('x')",
    '(record.at | int) + 1',
    'record.at is defined',
    'record.n is divisibleby(3)',
    'not record.done',
    '-record.n',
    '+record.n',
    'a and (b or c)',
    '(a * b) - c',
    "a ~ 'b' ~ c",
    'a < b <= c',
    'a not in b',
    "'x' if a else 'y'",
    "'x' if (a == 1)",
  ])('%s', (text) => {
    expect(printedAgain(text)).toBe(text.replace("'it\\'s'", `"it's"`));
  });

  it.each([
    ['a * b - c', '(a * b) - c'],
    ['record.at|int + 1', '(record.at | int) + 1'],
    ['(a)', 'a'],
    ['not (a == 1)', 'not (a == 1)'],
    ['"double"', "'double'"],
  ])('%s becomes %s', (text, printed) => {
    expect(printedAgain(text)).toBe(printed);
  });
});
