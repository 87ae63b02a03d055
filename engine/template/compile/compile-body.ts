import { PyLookupError, PyTypeError, PythonError } from '../../time/python-error.ts';
import { pyStr } from '../methods/outside.ts';
import type { Body, Parameter, Statement } from '../syntax/ast.ts';
import { undeclaredNames } from '../syntax/names.ts';
import { TemplateError, TemplateRuntimeError } from '../syntax/template-error.ts';
import type { PyFunction } from '../values/function.ts';
import { PyObject } from '../values/helper-object.ts';
import type { Python } from '../values/python.ts';
import { textOf } from '../values/text.ts';
import { Undefined } from '../values/undefined.ts';
import { blockKey, compileExpression, type Evaluate } from './compile-expression.ts';
import { isFoldable } from './foldable.ts';
import { forLoop } from './for-loop.ts';
import { type Frame, innerFrame, type Render } from './frame.ts';
import { foldOrRun, hasInfinity } from './infinity.ts';
import { macroFunction } from './macro-function.ts';
import { collectTargets, compileAssign, targetsIn } from './targets.ts';

/** Compiles a parsed template to one closure; throws TemplateError for unknown filters and tests. */
export function compileBody(body: Body): Render {
  const assigned = new Set<string>();
  collectTargets(body, assigned);
  const needsRoot = assigned.size > 0;
  assigned.add('self');
  const render = renderBody(body, false);
  const self = new PyObject({
    shown: () => '<TemplateReference None>',
    attribute: () => undefined,
    iterate: noBlock,
  });
  const rootVariables = new Map<string, unknown>([['self', self]]);
  return (frame, out) => {
    // Most templates assign nothing, so they share one root.
    const variables = needsRoot ? new Map(rootVariables) : rootVariables;
    render({ run: frame.run, parent: undefined, variables }, out);
  };

  function expression(node: Parameters<typeof compileExpression>[0], soft: boolean): Evaluate {
    return compileExpression(node, { assigned, soft });
  }

  function renderBody(statements: Body, soft: boolean): Render {
    const parts = statements.map((statement) => renderStatement(statement, soft));
    const [only] = parts;
    if (parts.length === 1 && only !== undefined) return only;
    return (frame, out) => {
      for (const part of parts) part(frame, out);
    };
  }

  function text(statements: Body, soft: boolean): (frame: Frame) => string {
    const render = renderBody(statements, soft);
    return (frame) => {
      const out: string[] = [];
      render(frame, out);
      const made = out.join('');
      frame.run.py.spend(made.length);
      return made;
    };
  }

  function renderStatement(statement: Statement, soft: boolean): Render {
    switch (statement.type) {
      case 'data':
        return ({ run }, out) => {
          run.py.spend(statement.text.length);
          out.push(statement.text);
        };
      case 'output': {
        const { value: node } = statement;
        if (node.type === 'constant') {
          const constant = pyStr(node.value);
          return ({ run }, out) => {
            run.py.spend(constant.length);
            out.push(constant);
          };
        }
        const value = expression(node, soft);
        if (isFoldable(node) && hasInfinity(node))
          return (frame, out) => void out.push(frame.run.py.str(foldOrRun(value, frame)));
        return (frame, out) => {
          const made = frame.run.py.str(value(frame));
          frame.run.py.spend(made.length);
          out.push(made);
        };
      }
      case 'if': {
        const branches = [{ test: statement.test, body: statement.body }, ...statement.elifs].map(
          (branch) => ({
            test: expression(branch.test, true),
            body: renderBody(branch.body, true),
          }),
        );
        const otherwise = renderBody(statement.otherwise, true);
        return (frame, out) => {
          const index = branches.findIndex((each) => frame.run.py.truth(each.test(frame)));
          frame.run.onBranch?.(statement.offset, 'if', index < 0 ? 'else' : index);
          (branches[index]?.body ?? otherwise)(frame, out);
        };
      }
      case 'for':
        return renderFor(statement, soft);
      case 'set': {
        const value = expression(statement.value, soft);
        const set = compileAssign(statement.target);
        return (frame) => set(frame, value(frame));
      }
      case 'set_block': {
        const content = text(statement.body, false);
        const filter = statement.filter && expression(statement.filter, false);
        const set = compileAssign(statement.target);
        return (frame) => {
          const made = content(innerFrame(frame));
          set(frame, filter === undefined ? made : filter(withBlock(frame, made)));
        };
      }
      case 'with': {
        const bindings = statement.bindings.map(
          ([target, value]) => [compileAssign(target), expression(value, soft)] as const,
        );
        const render = renderBody(statement.body, false);
        return (frame, out) => {
          const inner = innerFrame(frame);
          for (const [set, value] of bindings) set(inner, value(frame));
          render(inner, out);
        };
      }
      case 'macro': {
        const make = macro(statement.name, statement.parameters, statement.body);
        return (frame) => void frame.variables?.set(statement.name, make(frame));
      }
      case 'call_block': {
        const make = macro(undefined, statement.parameters, statement.body);
        const { call } = statement;
        if (call.type !== 'call') return () => {};
        const keyword = {
          name: 'caller',
          offset: call.offset,
          value: { type: 'name' as const, name: ' caller', offset: call.offset },
        };
        assigned.add(' caller');
        const value = expression({ ...call, keywords: [...call.keywords, keyword] }, soft);
        return (frame, out) => {
          const inner = innerFrame(frame);
          inner.variables.set(' caller', make(frame));
          out.push(frame.run.py.str(value(inner)));
        };
      }
      case 'filter_block': {
        const content = text(statement.body, false);
        const filter = expression(statement.filter, false);
        // Jinja writes what the filter gives as it is, and joins texts only.
        return (frame, out) =>
          void out.push(frame.run.py.text(filter(withBlock(frame, content(innerFrame(frame))))));
      }
      case 'block': {
        const { name, isRequired } = statement;
        assigned.add('super');
        const render = renderBody(statement.body, false);
        return (frame, out) => {
          if (isRequired) throw new TemplateRuntimeError(`Required block '${name}' not found`);
          const inner = innerFrame(frame);
          inner.variables.set('super', new Undefined(`there is no parent block called '${name}'.`));
          render(inner, out);
        };
      }
      case 'load': {
        const values = statement.values.map((value) => expression(value, soft));
        return (frame) => {
          const made = values.map((value) => value(frame));
          if (statement.isInclude && isNothingToLoad(made[0], statement.ignoresMissing, frame.run.py)) return;
          throw new PyTypeError('no loader for this environment specified');
        };
      }
    }
  }

  function renderFor(statement: Extract<Statement, { type: 'for' }>, soft: boolean): Render {
    for (const { name, offset } of targetsIn([statement]))
      if (name === 'loop')
        throw new TemplateError(
          "can't assign to the special variable 'loop'",
          offset,
          'TemplateAssertionError',
        );
    return forLoop({
      iterable: expression(statement.iterable, soft),
      test: statement.test && expression(statement.test, false),
      assign: compileAssign(statement.target),
      body: renderBody(statement.body, false),
      otherwise: renderBody(statement.otherwise, false),
      isRecursive: statement.recursive,
    });
  }

  function macro(
    name: string | undefined,
    parameters: readonly Parameter[],
    statements: Body,
  ): (frame: Frame) => PyFunction {
    const used = new Set(undeclaredNames(statements).map((use) => use.name));
    const own = new Map(parameters.map((parameter) => [parameter.name, parameter]));
    const caller = own.get('caller');
    if (used.has('caller') && caller !== undefined && caller.fallback === undefined) {
      throw new TemplateError(
        "the parameter 'caller' must be omitted or have a default",
        caller.offset,
        'TemplateAssertionError',
      );
    }
    return macroFunction({
      name,
      parameters: parameters.map((parameter) => ({
        name: parameter.name,
        fallback: parameter.fallback && expression(parameter.fallback, false),
      })),
      content: text(statements, false),
      takesMoreArguments: used.has('varargs') && !own.has('varargs'),
      takesMoreKeywords: used.has('kwargs') && !own.has('kwargs'),
      takesCaller: used.has('caller'),
    });
  }
}

function withBlock(frame: Frame, text: string): Frame {
  const inner = innerFrame(frame);
  inner.variables.set(blockKey, text);
  return inner;
}

/** `self` has the blocks of a template by their names, and is asked for number 0 when it is iterated over. */
// biome-ignore lint/correctness/useYield: it fails before there is anything to yield
function* noBlock(): Generator<never> {
  throw new PyLookupError('0', 'KeyError');
}

/** An empty list of templates is one that is missing; any other asks for a loader. */
function isNothingToLoad(names: unknown, ignoresMissing: boolean, py: Python): boolean {
  if (textOf(names) !== undefined || names instanceof Undefined || py.truth(names)) return false;
  if (ignoresMissing) return true;
  throw new PythonError('Tried to select from an empty list of templates', 'TemplatesNotFound');
}
