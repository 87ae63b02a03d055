import type { Arguments, Body, Expression, Parameter, Statement, Target } from './ast.ts';

export interface NameUse {
  readonly name: string;
  readonly offset: number;
}

/** One frame of Jinja's scoping: the names stored in it, and those that had to be looked up in the context. */
interface Scope {
  readonly parent: Scope | undefined;
  readonly stored: Set<string>;
  readonly resolved: Map<string, number>;
}

const scopeOf = (parent?: Scope): Scope => ({ parent, stored: new Set(), resolved: new Map() });

function knows(scope: Scope | undefined, name: string): boolean {
  for (let each = scope; each !== undefined; each = each.parent) {
    if (each.stored.has(name) || each.resolved.has(name)) return true;
  }
  return false;
}

/**
 * The names that a template takes from its context, by Jinja's rules: a name that is set in only some branches of an
 * `if` counts; one that is set inside a `for` is unknown outside of it.
 */
export function undeclaredNames(body: Body): NameUse[] {
  const found = new Map<string, number>();
  const root = scopeOf();
  root.stored.add('self');
  frame(body, root, found);
  return [...found].map(([name, offset]) => ({ name, offset }));
}

function frame(body: Body, scope: Scope, found: Map<string, number>): void {
  const later: (() => void)[] = [];
  walk(body, scope, later, found);
  collect(scope, found);
  for (const each of later) each();
}

function collect(scope: Scope, found: Map<string, number>): void {
  for (const [name, offset] of scope.resolved) if (!found.has(name)) found.set(name, offset);
}

function inner(body: Body, parent: Scope, found: Map<string, number>, prepare: (scope: Scope) => void): void {
  const scope = scopeOf(parent);
  prepare(scope);
  frame(body, scope, found);
}

function walk(body: Body, scope: Scope, later: (() => void)[], found: Map<string, number>): void {
  for (const statement of body) visit(statement, scope, later, found);
}

function visit(statement: Statement, scope: Scope, later: (() => void)[], found: Map<string, number>): void {
  switch (statement.type) {
    case 'data':
      return;
    case 'output':
      load(statement.value, scope);
      return;
    case 'if':
      visitIf(statement, scope, later, found);
      return;
    case 'for':
      load(statement.iterable, scope);
      later.push(() => {
        inner(statement.body, scope, found, (each) => {
          store(statement.target, each);
          each.stored.add('loop');
        });
        const { test } = statement;
        if (test !== undefined) {
          inner([], scope, found, (each) => {
            store(statement.target, each);
            load(test, each);
          });
        }
        inner(statement.otherwise, scope, found, () => {});
      });
      return;
    case 'set':
      load(statement.value, scope);
      store(statement.target, scope);
      return;
    case 'set_block':
      store(statement.target, scope);
      later.push(() =>
        inner(statement.body, scope, found, (each) => {
          if (statement.filter !== undefined) load(statement.filter, each);
        }),
      );
      return;
    case 'with':
      for (const [, value] of statement.bindings) load(value, scope);
      later.push(() =>
        inner(statement.body, scope, found, (each) => {
          for (const [target] of statement.bindings) store(target, each);
        }),
      );
      return;
    case 'macro':
      scope.stored.add(statement.name);
      later.push(() => macroBody(statement.parameters, statement.body, scope, found));
      return;
    case 'call_block':
      load(statement.call, scope);
      later.push(() => macroBody(statement.parameters, statement.body, scope, found));
      return;
    case 'filter_block':
      load(statement.filter, scope);
      later.push(() => inner(statement.body, scope, found, () => {}));
      return;
    case 'block':
      // A block is a function of its own: it sees the context and nothing of what is around it.
      later.push(() =>
        inner(statement.body, scopeOf(), found, (each) => {
          for (const name of ['self', 'super']) each.stored.add(name);
        }),
      );
      return;
    case 'load':
      for (const value of statement.values) load(value, scope);
      for (const name of statement.names) store(name, scope);
  }
}

function macroBody(
  parameters: readonly Parameter[],
  body: Body,
  scope: Scope,
  found: Map<string, number>,
): void {
  inner(body, scope, found, (each) => {
    for (const name of ['caller', 'kwargs', 'varargs']) each.stored.add(name);
    for (const parameter of parameters) each.stored.add(parameter.name);
    for (const { fallback } of parameters) if (fallback !== undefined) load(fallback, each);
  });
}

/** A name that is not stored in every branch is looked up in the context after all. */
function visitIf(
  statement: Extract<Statement, { type: 'if' }>,
  scope: Scope,
  later: (() => void)[],
  found: Map<string, number>,
): void {
  load(statement.test, scope);
  const copy = (): Scope => ({
    parent: scope.parent,
    stored: new Set(scope.stored),
    resolved: new Map(scope.resolved),
  });
  const branches = [copy(), copy(), copy()];
  const [then, elif, otherwise] = branches as [Scope, Scope, Scope];
  walk(statement.body, then, later, found);
  for (const each of statement.elifs) {
    visit(
      { type: 'if', offset: each.offset, test: each.test, body: each.body, elifs: [], otherwise: [] },
      elif,
      later,
      found,
    );
  }
  walk(statement.otherwise, otherwise, later, found);
  const counts = new Map<string, number>();
  for (const branch of branches) {
    for (const [name, offset] of branch.resolved)
      if (!scope.resolved.has(name)) scope.resolved.set(name, offset);
    for (const name of branch.stored)
      if (!scope.stored.has(name)) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  for (const [name, count] of counts) {
    const outer = knows(scope.parent, name);
    scope.stored.add(name);
    if (count < branches.length && !outer && !scope.resolved.has(name))
      scope.resolved.set(name, statement.offset);
  }
}

function store(target: Target, scope: Scope): void {
  if (target.type === 'tuple') for (const item of target.items) store(item, scope);
  else if (target.type === 'namespace') use(target.name, target.offset, scope);
  else scope.stored.add(target.name);
}

function use(name: string, offset: number, scope: Scope): void {
  if (!knows(scope, name)) scope.resolved.set(name, offset);
}

function load(node: Expression, scope: Scope): void {
  if (node.type === 'name') use(node.name, node.offset, scope);
  else for (const child of childrenOf(node)) load(child, scope);
}

function argumentsOf(node: Arguments): Expression[] {
  const dynamic = [node.dynamicArgs, node.dynamicKeywords].filter((each) => each !== undefined);
  return [...node.args, ...node.keywords.map((keyword) => keyword.value), ...dynamic];
}

export function childrenOf(node: Expression): readonly Expression[] {
  switch (node.type) {
    case 'constant':
    case 'name':
      return [];
    case 'list':
    case 'tuple':
    case 'concat':
      return node.items;
    case 'dict':
      return node.items.flat();
    case 'attribute':
      return [node.target];
    case 'item':
      return [node.target, node.index];
    case 'slice':
      return [node.from, node.to, node.step].filter((each) => each !== undefined);
    case 'call':
    case 'test':
      return [node.target, ...argumentsOf(node)];
    case 'filter':
      return [...(node.target === undefined ? [] : [node.target]), ...argumentsOf(node)];
    case 'not':
    case 'negative':
    case 'positive':
      return [node.operand];
    case 'and':
    case 'or':
    case 'binary':
      return [node.left, node.right];
    case 'compare':
      return [node.first, ...node.rest.map((each) => each.value)];
    case 'condition':
      return [node.test, node.value, ...(node.otherwise === undefined ? [] : [node.otherwise])];
  }
}
