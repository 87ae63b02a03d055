import { PyTypeError } from '../../time/python-error.ts';
import { restOf } from '../methods/method-parts.ts';
import { bind } from '../values/bind.ts';
import { costs, limits, tooDeep } from '../values/budget.ts';
import { dictOf } from '../values/dict.ts';
import { PyFunction } from '../values/function.ts';
import type { Keywords } from '../values/python.ts';
import { PyTuple } from '../values/tuple.ts';
import { Undefined } from '../values/undefined.ts';
import type { Evaluate } from './compile-expression.ts';
import { type Frame, innerFrame } from './frame.ts';

interface Macro {
  readonly name: string;
  readonly parameters: readonly { readonly name: string; readonly fallback: Evaluate | undefined }[];
  readonly content: (frame: Frame) => string;
  /** The body reads `varargs`, so more arguments than parameters are allowed. */
  readonly takesMoreArguments: boolean;
  /** The body reads `kwargs`. */
  readonly takesMoreKeywords: boolean;
  /** The body reads `caller`; only then may a `call` block call the macro. */
  readonly takesCaller: boolean;
}

/** The function that a `macro` or `call` block defines in its frame. */
export function macroFunction(macro: Macro): (frame: Frame) => PyFunction {
  const names = macro.parameters.map((parameter) => parameter.name);

  function call(frame: Frame, args: readonly unknown[], keywords: Keywords): string {
    const { run } = frame;
    run.depth += 1;
    run.py.spend(costs.macro);
    if (run.depth > limits.depth) tooDeep();
    const inner = innerFrame(frame);
    for (const [name, value] of bindArguments(inner, args, keywords)) inner.variables.set(name, value);
    const text = macro.content(inner);
    run.depth -= 1;
    return text;
  }

  /** Yields each parameter as soon as its value is known: the default of a later one may use it. */
  function* bindArguments(
    frame: Frame,
    args: readonly unknown[],
    keywords: Keywords,
  ): Generator<readonly [string, unknown]> {
    const own = Object.entries(keywords).filter(([key]) => names.includes(key));
    const more = Object.entries(keywords).filter(
      ([key]) => !names.includes(key) && !(macro.takesCaller && key === 'caller'),
    );
    if (args.length > names.length && !macro.takesMoreArguments) {
      throw new PyTypeError(`macro '${macro.name}' takes not more than ${names.length} argument(s)`);
    }
    if (more[0] !== undefined && !macro.takesMoreKeywords) {
      throw new PyTypeError(`macro '${macro.name}' takes no keyword argument '${more[0][0]}'`);
    }
    const signature = [...names.map((name) => `${name}?`), '*varargs'];
    const bound = bind(macro.name, signature, args, Object.fromEntries(own));
    for (const [index, { name, fallback }] of macro.parameters.entries()) {
      if (bound[index] !== undefined) yield [name, bound[index]];
      else if (fallback !== undefined) yield [name, fallback(frame)];
      else yield [name, new Undefined(`parameter '${name}' was not provided`)];
    }
    yield ['varargs', new PyTuple(restOf(bound.at(-1)))];
    yield ['kwargs', dictOf(more, frame.run.py)];
    yield ['caller', keywords.caller ?? new Undefined('No caller defined')];
  }

  return (frame) =>
    new PyFunction(macro.name, (args, keywords) => call(frame, args, keywords), `<Macro '${macro.name}'>`, {
      name: macro.name,
      arguments: new PyTuple(names),
    });
}
