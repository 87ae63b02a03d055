import { PythonError } from '../../time/python-error.ts';
import { bind } from './bind.ts';
import { functionNames } from './hidden-names.ts';
import type { Call, Method, PyType } from './python.ts';

/** Anything a template can call: macros, methods, Jinja's own callables. */
export class PyFunction {
  readonly name: string;
  readonly call: Call;
  /** How it prints, without Python's addresses. */
  readonly shown: string;
  /** Attributes beyond a function's own, such as a macro's or dict.fromkeys. */
  readonly attributes: Readonly<Record<string, unknown>>;
  constructor(
    name: string,
    call: Call,
    shown = `<function ${name}>`,
    attributes: Readonly<Record<string, unknown>> = {},
  ) {
    this.name = name;
    this.call = call;
    this.shown = shown;
    this.attributes = attributes;
  }
}

/** A method of one value. */
export class PyMethod extends PyFunction {}

export function boundMethod<T>(typeName: string, name: string, method: Method<T>, self: T): PyFunction {
  const [parameters, body] = method;
  return new PyMethod(
    name,
    (args, keywords, py) => {
      py.spendOn([self, ...args]);
      const made = body(self, bind(`${typeName}.${name}`, parameters, args, keywords), py);
      py.spendOn([made]);
      return made;
    },
    `<built-in method ${name} of ${typeName} object>`,
  );
}

export const functionType: PyType<PyFunction> = {
  name: 'function',
  repr: (self) => self.shown,
  attribute: (self, name) => (Object.hasOwn(self.attributes, name) ? self.attributes[name] : undefined),
  hidden: functionNames,
  call: (self) => self.call,
};

/** Parentheses that were forgotten: the text of a method is nobody's data, and as a condition it is always true. */
function refuse({ name }: PyMethod): never {
  throw new PythonError(`'${name}' is a method that is not called: write ${name}(…)`, 'TemplateRuntimeError');
}

export const methodType: PyType<PyMethod> = { ...functionType, truth: refuse, repr: refuse };
