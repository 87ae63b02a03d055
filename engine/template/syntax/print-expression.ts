import { pyRepr } from '../methods/outside.ts';
import type { Arguments, Expression } from './ast.ts';

/** An expression as people write it: with the fewest brackets that keep its meaning. */
export function printExpression(node: Expression): string {
  switch (node.type) {
    case 'constant':
      return typeof node.value === 'string' ? pyRepr(node.value) : pyRepr(node.value).toLowerCase();
    case 'name':
      return node.name;
    case 'list':
      return `[${node.items.map(printExpression).join(', ')}]`;
    case 'tuple':
      return `(${node.items.map(printExpression).join(', ')}${node.items.length === 1 ? ',' : ''})`;
    case 'dict':
      return `{${node.items.map(([key, value]) => `${printExpression(key)}: ${printExpression(value)}`).join(', ')}}`;
    case 'attribute':
      return `${inner(node.target)}.${node.name}`;
    case 'item':
      return `${inner(node.target)}[${printExpression(node.index)}]`;
    case 'slice':
      return [node.from, node.to, ...(node.step ? [node.step] : [])]
        .map((part) => (part === undefined ? '' : printExpression(part)))
        .join(':');
    case 'call':
      return `${inner(node.target)}(${printArguments(node)})`;
    case 'filter': {
      const given = printArguments(node);
      const name = given === '' ? node.name : `${node.name}(${given})`;
      return node.target === undefined ? name : `${inner(node.target)} | ${name}`;
    }
    case 'test': {
      const given = printArguments(node);
      return `${inner(node.target)} is ${given === '' ? node.name : `${node.name}(${given})`}`;
    }
    case 'not':
      return `not ${inner(node.operand)}`;
    case 'negative':
      return `-${inner(node.operand)}`;
    case 'positive':
      return `+${inner(node.operand)}`;
    case 'and':
    case 'or':
      return `${inner(node.left)} ${node.type} ${inner(node.right)}`;
    case 'binary':
      return `${inner(node.left)} ${node.operator} ${inner(node.right)}`;
    case 'concat':
      return node.items.map(inner).join(' ~ ');
    case 'compare':
      return [
        inner(node.first),
        ...node.rest.map(({ operator, value }) => `${operator} ${inner(value)}`),
      ].join(' ');
    case 'condition': {
      const otherwise = node.otherwise === undefined ? '' : ` else ${inner(node.otherwise)}`;
      return `${inner(node.value)} if ${inner(node.test)}${otherwise}`;
    }
  }
}

const closed: ReadonlySet<Expression['type']> = new Set([
  'constant',
  'name',
  'list',
  'tuple',
  'dict',
  'attribute',
  'item',
  'call',
]);

function inner(node: Expression): string {
  const text = printExpression(node);
  return closed.has(node.type) ? text : `(${text})`;
}

function printArguments({ args, keywords, dynamicArgs, dynamicKeywords }: Arguments): string {
  return [
    ...args.map(printExpression),
    ...keywords.map(({ name, value }) => `${name}=${printExpression(value)}`),
    ...(dynamicArgs === undefined ? [] : [`*${printExpression(dynamicArgs)}`]),
    ...(dynamicKeywords === undefined ? [] : [`**${printExpression(dynamicKeywords)}`]),
  ].join(', ');
}
