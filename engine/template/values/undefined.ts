import { PythonError } from '../../time/python-error.ts';
import type { PyType } from './python.ts';

export class UndefinedError extends PythonError {
  constructor(message: string, pythonClass: 'UndefinedError' | 'SecurityError' = 'UndefinedError') {
    super(message, pythonClass);
  }
}

class SecurityError extends UndefinedError {
  constructor(message: string) {
    super(message, 'SecurityError');
  }
}

/** Jinja's Undefined: prints as nothing, is empty and false, and complains when it is used. */
export class Undefined {
  readonly message: string;
  readonly isUnsafe: boolean;
  constructor(message: string, isUnsafe = false) {
    this.message = message;
    this.isUnsafe = isUnsafe;
  }
  fail(): never {
    throw this.isUnsafe ? new SecurityError(this.message) : new UndefinedError(this.message);
  }
}

export function isUndefined(value: unknown): value is Undefined {
  return value instanceof Undefined;
}

export const undefinedType: PyType<Undefined> = {
  name: 'Undefined',
  truth: () => false,
  length: () => 0,
  iterate: () => [],
  equals: (self, other) => isUndefined(other) && self.isUnsafe === other.isUnsafe,
  str: () => '',
  repr: () => 'Undefined',
  attribute: (self) => self.fail(),
  item: (self) => self.fail(),
  call: (self) => () => self.fail(),
  json: () => null,
};
