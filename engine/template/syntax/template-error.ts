import { PythonError } from '../../time/python-error.ts';

type TemplateErrorClass = 'TemplateSyntaxError' | 'TemplateAssertionError';

/** A template that cannot be compiled; `offset` counts UTF-16 units from the start of the template text. */
export class TemplateError extends PythonError {
  readonly offset: number;
  constructor(message: string, offset: number, pythonClass: TemplateErrorClass = 'TemplateSyntaxError') {
    super(message, pythonClass);
    this.offset = offset;
  }
}

/** Jinja's TemplateRuntimeError. */
export class TemplateRuntimeError extends PythonError {
  constructor(message: string) {
    super(message, 'TemplateRuntimeError');
  }
}
