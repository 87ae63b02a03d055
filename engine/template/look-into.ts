import { PythonError } from '../time/python-error.ts';
import { runFilter } from './builtins/filters.ts';
import { globals } from './builtins/globals.ts';
import { runTest } from './builtins/tests.ts';
import { compileExpression } from './compile/compile-expression.ts';
import type { Frame } from './compile/frame.ts';
import { pyRepr } from './methods/outside.ts';
import { createPython } from './methods/python.ts';
import type { Body, Expression, Statement } from './syntax/ast.ts';
import { memberOf } from './syntax/member-of.ts';
import { childrenOf } from './syntax/names.ts';
import { parseTemplate } from './syntax/parser.ts';
import { printExpression } from './syntax/print-expression.ts';
import type { TemplateContext } from './template.ts';
import { limits } from './values/budget.ts';
import { isUndefined } from './values/undefined.ts';

/** A part of a template with what it comes to. */
export interface LookedAt {
  readonly text: string;
  readonly offset: number;
  /** How deep it is in the expressions of the template: 0 is a whole one. */
  readonly depth: number;
  /** Its Python type; `Undefined` where there is nothing, and the error's class where it cannot be evaluated. */
  readonly type: string;
  /** Its value as Python shows it, or what is wrong. */
  readonly shown: string;
  readonly isUndefined: boolean;
  readonly isLookup: boolean;
  /** A lookup of a name that the context has, or that the template has set. */
  readonly isKnown: boolean;
}

/**
 * The expressions of a template, each followed by those inside it, with what they come to in a context. Parts of loops
 * and macros are left out, since they have many values. None when the template cannot be read.
 */
export function lookInto(text: string, context: TemplateContext, now: () => number): readonly LookedAt[] {
  const py = createPython({ now, random: () => 0.5, filter: runFilter, test: runTest, work: limits.work });
  const found: LookedAt[] = [];
  const assigned = new Set<string>();
  const variables = new Map<string, unknown>();
  const frame: Frame = {
    run: { context, globals, py, depth: 0 },
    parent: undefined,
    variables,
  };

  function look(node: Expression, depth: number): void {
    if (node.type === 'constant' || node.type === 'slice') return;
    found.push({
      text: shownLookup(node) ?? printExpression(node),
      offset: node.offset,
      depth,
      isLookup: isLookup(node),
      isKnown: isLookup(node) && isKnown(rootOf(node)),
      ...evaluated(node),
    });
    if (isLookup(node)) return;
    for (const part of partsOf(node)) look(part, depth + 1);
  }

  const isKnown = (name: string | undefined) =>
    name !== undefined && (Object.hasOwn(context, name) || assigned.has(name));

  function evaluated(node: Expression): Pick<LookedAt, 'type' | 'shown' | 'isUndefined'> {
    try {
      const value = compileExpression(node, { assigned, soft: true })(frame);
      return { type: py.typeName(value), shown: py.repr(value), isUndefined: isUndefined(value) };
    } catch (error) {
      if (!(error instanceof PythonError)) throw error;
      return { type: error.pythonClass, shown: error.message, isUndefined: false };
    }
  }

  function assign(name: string, node: Expression): void {
    try {
      variables.set(name, compileExpression(node, { assigned, soft: true })(frame));
      assigned.add(name);
    } catch (error) {
      if (!(error instanceof PythonError)) throw error;
    }
  }

  let body: Body;
  try {
    body = parseTemplate(text);
  } catch (error) {
    if (error instanceof PythonError) return [];
    throw error;
  }
  for (const statement of body) {
    for (const expression of expressionsOf(statement)) look(expression, 0);
    // What is set at the top of a template is known from there on.
    if (statement.type === 'set' && statement.target.type === 'name')
      assign(statement.target.name, statement.value);
  }
  return found;
}

function expressionsOf(statement: Statement): readonly Expression[] {
  switch (statement.type) {
    case 'output':
    case 'set':
      return [statement.value];
    case 'if':
      return [
        statement.test,
        ...statement.body.flatMap(expressionsOf),
        ...statement.elifs.flatMap(({ test, body }) => [test, ...body.flatMap(expressionsOf)]),
        ...statement.otherwise.flatMap(expressionsOf),
      ];
    default:
      return [];
  }
}

/** `response.pages.next`, `record['id']`, `(response.get('pages') or {}).next`: what is taken from the context as it is. */
function isLookup(node: Expression): boolean {
  return shownLookup(node) !== undefined;
}

/** A lookup as a path, whatever it falls back to on the way; undefined for other expressions. */
function shownLookup(node: Expression): string | undefined {
  if (node.type === 'name') return node.name;
  const taken = memberOf(node);
  return taken && step(taken.target, taken.member);
}

function step(target: Expression, key: unknown): string | undefined {
  const isFallback = target.type === 'or' && target.right.type === 'dict' && target.right.items.length === 0;
  const start = shownLookup(isFallback ? target.left : target);
  if (start === undefined) return undefined;
  return typeof key === 'string' && /^[A-Za-z_]\w*$/.test(key)
    ? `${start}.${key}`
    : `${start}[${pyRepr(key)}]`;
}

function rootOf(node: Expression): string | undefined {
  if (node.type === 'name') return node.name;
  if (node.type === 'or') return rootOf(node.left);
  return 'target' in node && node.target !== undefined ? rootOf(node.target) : undefined;
}

/** What is directly inside. The name of a function is no value to look at. */
function partsOf(node: Expression): readonly Expression[] {
  const parts = childrenOf(node);
  if (node.type !== 'call') return parts;
  const given = parts.slice(1);
  return node.target.type === 'attribute' ? [node.target.target, ...given] : given;
}
