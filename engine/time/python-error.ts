/** An error of the manifest language's Python semantics; `pythonClass` is the name authors know it by. */
export class PythonError extends Error {
  readonly pythonClass: string;
  constructor(message: string, pythonClass: string) {
    super(message);
    this.name = pythonClass;
    this.pythonClass = pythonClass;
  }
}

export class PyTypeError extends PythonError {
  constructor(message: string, pythonClass = 'TypeError') {
    super(message, pythonClass);
  }
}

/** ValueError and the classes Python derives from it (UnicodeDecodeError, JSONDecodeError, binascii's Error …). */
export class PyValueError extends PythonError {
  constructor(message: string, pythonClass = 'ValueError') {
    super(message, pythonClass);
  }
}

/** LookupError, and the classes Python derives from it. */
export class PyLookupError extends PythonError {
  constructor(
    message: string,
    pythonClass: 'LookupError' | 'KeyError' | 'IndexError' | 'UnknownTimeZoneError',
  ) {
    super(message, pythonClass);
  }
}

export class PyAttributeError extends PythonError {
  constructor(message: string) {
    super(message, 'AttributeError');
  }
}

/** OverflowError and ZeroDivisionError. */
export class PyArithmeticError extends PythonError {
  constructor(message: string, pythonClass: 'OverflowError' | 'ZeroDivisionError') {
    super(message, pythonClass);
  }
}
