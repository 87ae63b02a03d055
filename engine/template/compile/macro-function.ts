import { PyTypeError } from '../../time/python-error.ts';
import { costs, limits, tooDeep } from '../values/budget.ts';
import { dictOf } from '../values/dict.ts';
import { PyFunction } from '../values/function.ts';
import type { Keywords } from '../values/python.ts';
import { PyTuple } from '../values/tuple.ts';
import { Undefined } from '../values/undefined.ts';
import type { Evaluate } from './compile-expression.ts';
import { type Frame, innerFrame } from './frame.ts';

interface Macro {
  /** Undefined: the body of a `call` block. */
  readonly name: string | undefined;
  readonly parameters: readonly { readonly name: string; readonly fallback: Evaluate | undefined }[];
  readonly content: (frame: Frame) => string;
  /** The body reads `varargs`, so more arguments than parameters are allowed. */
  readonly takesMoreArguments: boolean;
  /** The body reads `kwargs`. */
  readonly takesMoreKeywords: boolean;
  /** The body reads `caller`; only then may a `call` block call the macro. */
  readonly takesCaller: boolean;
}

const missing = (name: string) => new Undefined(`parameter '${name}' was not provided`);

/** The function that a `macro` or `call` block defines in its frame. */
export function macroFunction(macro: Macro): (frame: Frame) => PyFunction {
  const names = macro.parameters.map((parameter) => parameter.name);
  const shownName = macro.name === undefined ? 'None' : `'${macro.name}'`;

  function call(frame: Frame, args: readonly unknown[], keywords: Keywords): string {
    const { run } = frame;
    run.depth += 1;
    run.py.spend(costs.macro);
    if (run.depth > limits.depth) tooDeep();
    const inner = innerFrame(frame);
    for (const name of names) inner.variables.set(name, missing(name));
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
    const rest = new Map(Object.entries(keywords));
    const take = (name: string): unknown => {
      const value = rest.get(name);
      rest.delete(name);
      return value;
    };
    const given = names.map((name, index) => (index < args.length ? args[index] : take(name)));
    const caller = macro.takesCaller && !names.includes('caller') ? take('caller') : undefined;
    const [unknown] = rest.keys();
    if (unknown !== undefined && !macro.takesMoreKeywords)
      throw new PyTypeError(`macro ${shownName} takes no keyword argument '${unknown}'`);
    if (args.length > names.length && !macro.takesMoreArguments)
      throw new PyTypeError(`macro ${shownName} takes not more than ${names.length} argument(s)`);
    for (const [index, { name, fallback }] of macro.parameters.entries()) {
      if (given[index] !== undefined) yield [name, given[index]];
      else if (fallback !== undefined) yield [name, fallback(frame)];
    }
    // A parameter may be called like one of these, and is then none of them.
    const special = [
      ['varargs', new PyTuple(args.slice(names.length))],
      ['kwargs', dictOf([...rest], frame.run.py)],
      ['caller', caller ?? new Undefined('No caller defined')],
    ] as const;
    yield* special.filter(([name]) => !names.includes(name));
  }

  return (frame) =>
    new PyFunction(
      macro.name ?? 'caller',
      (args, keywords) => call(frame, args, keywords),
      `<Macro ${macro.name === undefined ? 'anonymous' : shownName}>`,
      { name: macro.name ?? null, arguments: new PyTuple(names) },
    );
}
