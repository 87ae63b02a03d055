import { PyTypeError, PythonError } from '../../time/python-error.ts';
import { didYouMean } from '../../util/text/did-you-mean.ts';
import { filters, hasFilter, runFilter } from '../builtins/filters.ts';
import { hasTest, runTest, tests } from '../builtins/tests.ts';
import { dictMethodNames } from '../methods/dict-methods.ts';
import { pyRepr } from '../methods/outside.ts';
import type { Arguments, CompareOperator, Expression } from '../syntax/ast.ts';
import { TemplateError, TemplateRuntimeError } from '../syntax/template-error.ts';
import { dictOf } from '../values/dict.ts';
import { isMapping, mappingEntries } from '../values/mapping.ts';
import { numberOf } from '../values/number.ts';
import { type Keywords, noKeywords, type Python } from '../values/python.ts';
import { PySlice } from '../values/slice.ts';
import { PyTuple } from '../values/tuple.ts';
import { Undefined } from '../values/undefined.ts';
import { isFoldable } from './foldable.ts';
import { type Frame, lookUp } from './frame.ts';
import { foldOrRun, hasInfinity, isUnwritable } from './infinity.ts';

export type Evaluate = (frame: Frame) => unknown;

export interface ExpressionScope {
  /** Names that some statement of the template assigns: their values may be in a frame. */
  readonly assigned: ReadonlySet<string>;
  /** Inside `if`, an unknown filter is an error only when it runs. */
  readonly soft: boolean;
}

/** Compiles an expression to a closure; throws TemplateError for unknown filters and tests. */
export function compileExpression(node: Expression, scope: ExpressionScope): Evaluate {
  // Hardly ever there, so it is looked for once.
  const mayBeInfinite = hasInfinity(node);
  return compile(node);

  function compile(each: Expression, soft = scope.soft): Evaluate {
    const evaluate = compiled(each, soft);
    if (!mayBeInfinite || each.type === 'constant' || !isFoldable(each) || !hasInfinity(each))
      return evaluate;
    return (frame) => {
      if (frame.run.folding) return evaluate(frame);
      const value = foldOrRun(evaluate, frame);
      return isUnwritable(value) ? refuseInfinity() : value;
    };
  }

  function compiled(each: Expression, soft: boolean): Evaluate {
    switch (each.type) {
      case 'constant':
        return constant(each.value);
      case 'name':
        return name(each.name);
      case 'list': {
        const items = each.items.map((item) => compile(item, soft));
        return (frame) => items.map((item) => item(frame));
      }
      case 'tuple': {
        const items = each.items.map((item) => compile(item, soft));
        return (frame) => new PyTuple(items.map((item) => item(frame)));
      }
      case 'dict': {
        const items = each.items.map(([key, value]) => [compile(key, soft), compile(value, soft)] as const);
        return (frame) => {
          const { py } = frame.run;
          const entries = items.map(([key, value]) => {
            const made = key(frame);
            py.hash(made);
            return [made, value(frame)] as const;
          });
          return dictOf(entries, py);
        };
      }
      case 'attribute': {
        const { name: attribute } = each;
        // Python's own names are asked of the method itself, and refused.
        const isPythons = attribute.startsWith('__');
        const target = isPythons ? callee(each.target, soft) : compile(each.target, soft);
        if (!dictMethodNames.has(attribute))
          return (frame) => frame.run.py.getAttribute(target(frame), attribute);
        const shown = written(each.target);
        return (frame) => {
          const field = frame.run.py.getField(target(frame), attribute);
          return field === undefined ? refuseMethod(attribute, shown) : field;
        };
      }
      case 'item': {
        const target = compile(each.target, soft);
        if (each.index.type === 'constant') {
          const key = each.index.value;
          return (frame) => frame.run.py.getItem(target(frame), key);
        }
        const index = compile(each.index, soft);
        // Jinja slices directly: for what has no items that is a TypeError, not undefined.
        if (each.index.type === 'slice') return (frame) => frame.run.py.getSlice(target(frame), index(frame));
        return (frame) => frame.run.py.getItem(target(frame), index(frame));
      }
      case 'slice': {
        const [from, to, step] = [each.from, each.to, each.step].map((part) =>
          part === undefined ? () => null : compile(part, soft),
        );
        return (frame) => new PySlice(from?.(frame), to?.(frame), step?.(frame));
      }
      case 'call': {
        const target = callee(each.target, soft);
        const given = compileArguments(each, soft);
        return (frame) => {
          const called = target(frame);
          return frame.run.py.call(called, given.args(frame), given.keywords(frame));
        };
      }
      case 'filter':
        return filter(each, soft);
      case 'test':
        return test(each, soft);
      case 'not': {
        const operand = compile(each.operand, soft);
        return (frame) => !frame.run.py.truth(operand(frame));
      }
      case 'negative':
      case 'positive': {
        const operand = compile(each.operand, soft);
        const sign = each.type === 'negative' ? '-' : '+';
        return (frame) => frame.run.py.signed(sign, operand(frame));
      }
      case 'and': {
        const [left, right] = [compile(each.left, soft), compile(each.right, soft)];
        return (frame) => {
          const value = left(frame);
          const isRight = frame.run.py.truth(value);
          frame.run.onBranch?.(each.offset, 'and', isRight ? 'right' : 'left');
          return isRight ? right(frame) : value;
        };
      }
      case 'or': {
        const [left, right] = [compile(each.left, soft), compile(each.right, soft)];
        return (frame) => {
          const value = left(frame);
          const isLeft = frame.run.py.truth(value);
          frame.run.onBranch?.(each.offset, 'or', isLeft ? 'left' : 'right');
          return isLeft ? value : right(frame);
        };
      }
      case 'binary': {
        const [left, right] = [compile(each.left, soft), compile(each.right, soft)];
        const { operator } = each;
        if (operator === '**' && isFoldable(each.left) && !isFoldable(each.right))
          return (frame) => powerOfConstant(left(frame), right(frame), frame.run.py);
        return (frame) => frame.run.py.binary(operator, left(frame), right(frame));
      }
      case 'concat': {
        const items = each.items.map((item) => compile(item, soft));
        return (frame) => {
          const made = items.map((item) => frame.run.py.str(item(frame))).join('');
          frame.run.py.spend(made.length);
          return made;
        };
      }
      case 'compare':
        return compare(each, soft);
      case 'condition': {
        const [condition, then] = [compile(each.test, true), compile(each.value, true)];
        const otherwise =
          each.otherwise === undefined
            ? () =>
                new Undefined('the inline if-expression evaluated to false and no else section was defined.')
            : compile(each.otherwise, true);
        return (frame) => {
          const holds = frame.run.py.truth(condition(frame));
          frame.run.onBranch?.(each.offset, 'inline if', holds ? 'then' : 'else');
          return holds ? then(frame) : otherwise(frame);
        };
      }
    }
  }

  /** What is called is looked up as Python does: a mapping's method wins over its field of that name. */
  function callee(each: Expression, soft: boolean): Evaluate {
    if (each.type !== 'attribute' && each.type !== 'item') return compile(each, soft);
    const target = compile(each.target, soft);
    if (each.type === 'attribute') return (frame) => frame.run.py.getAttribute(target(frame), each.name);
    const index = compile(each.index, soft);
    return (frame) => {
      const { py } = frame.run;
      const [value, key] = [target(frame), index(frame)];
      const item = py.getItem(value, key);
      return item instanceof Undefined && typeof key === 'string' ? py.getAttribute(value, key) : item;
    };
  }

  function constant(value: unknown): Evaluate {
    if (!isUnwritable(value)) return () => value;
    return ({ run }) => (run.folding ? value : refuseInfinity());
  }

  function name(of: string): Evaluate {
    const fromContext: Evaluate = ({ run }) => {
      const key = of === 'stream_interval' || of === 'stream_partition' ? 'stream_slice' : of;
      if (Object.hasOwn(run.context, key)) {
        const value = run.context[key];
        return value === undefined ? null : value;
      }
      if (of === 'parameters' || of === 'config') return {};
      const known = run.globals.get(of);
      return known === undefined ? new Undefined(`'${of}' is undefined`) : known;
    };
    if (!scope.assigned.has(of)) return fromContext;
    return (frame) => {
      const value = lookUp(frame, of);
      return value === undefined ? fromContext(frame) : value;
    };
  }

  function compileArguments(node: Arguments, soft: boolean) {
    const args = node.args.map((arg) => compile(arg, soft));
    const named = node.keywords.map((keyword) => [keyword.name, compile(keyword.value, soft)] as const);
    const dynamicArgs = node.dynamicArgs && compile(node.dynamicArgs, soft);
    const dynamicKeywords = node.dynamicKeywords && compile(node.dynamicKeywords, soft);
    return {
      args: (frame: Frame): unknown[] => {
        const given = args.map((arg) => arg(frame));
        // One by one: as arguments of JavaScript's own there may not be many.
        if (dynamicArgs !== undefined)
          for (const arg of frame.run.py.iterate(dynamicArgs(frame))) given.push(arg);
        return given;
      },
      keywords: (frame: Frame): Keywords => {
        if (named.length === 0 && dynamicKeywords === undefined) return noKeywords;
        const given: Record<string, unknown> = Object.create(null);
        for (const [key, value] of named) given[key] = value(frame);
        if (dynamicKeywords !== undefined) {
          for (const [key, value] of keywordEntries(dynamicKeywords(frame), frame.run.py)) {
            if (key in given) throw new PyTypeError(`got multiple values for keyword argument '${key}'`);
            given[key] = value;
          }
        }
        return given;
      },
    };
  }

  function filter(each: Extract<Expression, { type: 'filter' }>, soft: boolean): Evaluate {
    const target = each.target === undefined ? blockText : compile(each.target, soft);
    const given = compileArguments(each, soft);
    const { name: filterName } = each;
    if (!hasFilter(filterName)) return unknown('filter', filterName, each.offset, soft);
    return (frame) =>
      runFilter(filterName, [target(frame), ...given.args(frame)], given.keywords(frame), frame.run.py);
  }

  function test(each: Extract<Expression, { type: 'test' }>, soft: boolean): Evaluate {
    const target = compile(each.target, soft);
    const given = compileArguments(each, soft);
    const { name: testName } = each;
    if (!hasTest(testName)) return unknown('test', testName, each.offset, soft);
    return (frame) =>
      runTest(testName, [target(frame), ...given.args(frame)], given.keywords(frame), frame.run.py);
  }

  function unknown(kind: string, of: string, offset: number, soft: boolean): Evaluate {
    const message = `No ${kind} named '${of}'.`;
    if (!soft) {
      const hint = didYouMean(of, Object.keys(kind === 'filter' ? filters : tests));
      throw new TemplateError(message, offset, 'TemplateAssertionError', hint);
    }
    return () => {
      throw new TemplateRuntimeError(message);
    };
  }

  function compare(each: Extract<Expression, { type: 'compare' }>, soft: boolean): Evaluate {
    const first = compile(each.first, soft);
    const rest = each.rest.map(({ operator, value }) => ({ operator, value: compile(value, soft) }));
    const [only] = rest;
    if (rest.length === 1 && only !== undefined) {
      return (frame) => compareWith(only.operator, first(frame), only.value(frame), frame.run.py);
    }
    return (frame) => {
      let left = first(frame);
      for (const { operator, value } of rest) {
        const right = value(frame);
        if (!compareWith(operator, left, right, frame.run.py)) return false;
        left = right;
      }
      return true;
    };
  }
}

/**
 * Jinja computes a constant base ahead of time and writes it into Python code, where the sign of `-2 ** x` belongs to
 * the power and not to the base.
 */
function powerOfConstant(base: unknown, exponent: unknown, py: Python): unknown {
  const number = numberOf(base);
  if (number === undefined || typeof base === 'boolean' || (number >= 0 && !Object.is(number, -0)))
    return py.binary('**', base, exponent);
  return py.signed('-', py.binary('**', py.signed('-', base), exponent));
}

/** A lookup as its author wrote it, as far as errors show it. */
function written(node: Expression): string {
  if (node.type === 'name') return node.name;
  if (node.type === 'attribute') return `${written(node.target)}.${node.name}`;
  if (node.type === 'item' && node.index.type === 'constant')
    return `${written(node.target)}[${pyRepr(node.index.value)}]`;
  return '(…)';
}

function refuseInfinity(): never {
  throw new PythonError("name 'inf' is not defined", 'NameError');
}

/** The text of a method is nobody's data, and a condition on a method is always true. */
function refuseMethod(name: string, target: string): never {
  throw new TemplateRuntimeError(
    `there is no field '${name}', and ${target}.${name} is a method that is not called: write ${target}['${name}'] for a field that may be missing, ${target}.${name}() for the method`,
  );
}

/** Where a `filter` block or `set` block keeps the text that its filter works on. */
export const blockKey = ' block';
const blockText: Evaluate = (frame) => lookUp(frame, blockKey);

/** The entries of what follows `**` in a call. */
function keywordEntries(value: unknown, py: Python): readonly (readonly [string, unknown])[] {
  if (value instanceof Undefined) return value.fail();
  if (!isMapping(value))
    throw new PyTypeError(`argument after ** must be a mapping, not ${py.typeName(value)}`);
  return mappingEntries(value).map(([key, item]) => {
    if (typeof key !== 'string') throw new PyTypeError('keywords must be strings');
    return [key, item] as const;
  });
}

function compareWith(operator: CompareOperator, a: unknown, b: unknown, py: Python): boolean {
  switch (operator) {
    case '==':
      return py.equals(a, b);
    case '!=':
      return !py.equals(a, b);
    case 'in':
      return py.contains(b, a);
    case 'not in':
      return !py.contains(b, a);
    default:
      return py.compare(operator, a, b);
  }
}
