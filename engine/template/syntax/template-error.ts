import { PythonError } from '../../time/python-error.ts';

/** Most are Jinja's own; what Jinja leaves to Python's compiler is a SyntaxError, what it leaves to `int` a ValueError. */
type TemplateErrorClass = 'TemplateSyntaxError' | 'TemplateAssertionError' | 'SyntaxError' | 'ValueError';

/** A template that cannot be compiled; `offset` counts UTF-16 units from the start of the template text. */
export class TemplateError extends PythonError {
  readonly offset: number;
  /** A sentence that helps whoever wrote the template; no part of Python's message. */
  readonly hint: string;
  constructor(
    message: string,
    offset: number,
    pythonClass: TemplateErrorClass = 'TemplateSyntaxError',
    hint = '',
  ) {
    super(message, pythonClass);
    this.offset = offset;
    this.hint = hint;
  }
}

/** Jinja's TemplateRuntimeError. */
export class TemplateRuntimeError extends PythonError {
  constructor(message: string) {
    super(message, 'TemplateRuntimeError');
  }
}
