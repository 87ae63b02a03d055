import * as z from 'zod';
import type { Scope } from '../contract/scope.ts';
import { ConnectorError } from '../error/connector-error.ts';
import type { ValueType } from '../template/read-back.ts';
import { TemplateError } from '../template/syntax/template-error.ts';
import {
  inspectTemplate,
  type TemplateContext,
  type TemplateInspection,
  type Templates,
} from '../template/template.ts';
import { PythonError } from '../time/python-error.ts';
import { compileWatched } from './watched-templates.ts';
import { writtenAt } from './written-at.ts';

/** Known once there is a config: bound when the component is made. */
export type Deferred<T> = (scope: Scope) => T;

/** Evaluates a template; config and parameters are bound, the caller adds what the place sees (record, response, …). */
export type Evaluate<T = unknown> = (context?: TemplateContext) => T;

function checkedText(expected?: string) {
  const error = expected && `${expected} is expected`;
  return z
    .string(error === undefined ? {} : { error })
    .superRefine((text, context) => checkTemplate(text, context));
}

let mayBeUnreadable = false;

/** Parses fields as if every template in them could be read: one that cannot throws wherever it is evaluated. */
export function withUnreadableTemplates<T>(parse: () => T): T {
  mayBeUnreadable = true;
  try {
    return parse();
  } finally {
    mayBeUnreadable = false;
  }
}

function templateError(text: string): TemplateInspection['error'] {
  return mayBeUnreadable ? undefined : inspectTemplate(text).error;
}

function checkTemplate(text: string, context: z.RefinementCtx): void {
  const error = templateError(text);
  if (error !== undefined) {
    context.addIssue({
      code: 'custom',
      message: `the template cannot be read: ${error.message}`,
      params: { offset: error.offset },
    });
  }
}

/** A template as it is written, and what evaluates it. */
export interface Template<T = unknown> extends Deferred<Evaluate<T>> {
  readonly text: string;
}

type Compile<T> = (templates: Templates) => (context: TemplateContext) => T;

/** A text with the function that compiles it for a scope. */
function written<T>(text: string, compile: Compile<T>, isCondition = false): Template<T> {
  const made: Template<T> = Object.assign((scope: Scope) => bind(scope, compile, made, isCondition), {
    text,
  });
  return made;
}

/** Binds config and parameters. An error at run time names the template and its place. */
function bind<T>(
  scope: Scope,
  compile: Compile<T>,
  field: Deferred<Evaluate<T>>,
  isCondition = false,
): Evaluate<T> {
  const { config, parameters } = scope;
  // Of all that a component could evaluate, one read needs little.
  let evaluate: ReturnType<Compile<T>> | undefined;
  return (context) => {
    try {
      evaluate ??= compileWatched(scope, field, compile, isCondition);
      return evaluate(Object.assign({ config: config(), parameters }, context));
    } catch (error) {
      throw templateFailure(error, scope, field);
    }
  };
}

function templateFailure(error: unknown, { node }: Scope, field: object): unknown {
  if (!(error instanceof PythonError)) return error;
  const at = writtenAt(node, field) ?? node;
  const text = 'text' in field && typeof field.text === 'string' ? field.text : undefined;
  const subject = text === undefined ? 'A template' : `The template ${JSON.stringify(text)}`;
  return new ConnectorError(`${subject} cannot be evaluated: ${error.name}: ${error.message}`, {
    nodes: [at.place],
    offset: at.kind === 'scalar' && error instanceof TemplateError ? error.offset : undefined,
    cause: error,
  });
}

interface TemplateOptions {
  readonly default?: string;
  readonly valueType?: ValueType | 'request_params';
  /** What is said of a value that is no text; by default that a string is expected. */
  readonly expected?: string;
}

/** A string that may be a template; evaluates as the CDK's InterpolatedString: the text is read back as a Python literal. */
export function template({ expected, ...options }: TemplateOptions = {}) {
  return checkedText(expected).transform((text) =>
    written(text, (templates) => templates.string(text, options)),
  );
}

export interface TypedTemplate extends Template {
  (scope: Scope, valueType?: ValueType): Evaluate;
}

/** A template whose value type another field names; without one, a text that it only looks up stays a text. */
export function typedTemplate() {
  return checkedText().transform((text): TypedTemplate => {
    const made: TypedTemplate = Object.assign(
      (scope: Scope, valueType?: ValueType) =>
        bind(
          scope,
          (templates) =>
            valueType === undefined ? templates.copy(text) : templates.string(text, { valueType }),
          made,
        ),
      { text },
    );
    return made;
  });
}

/** A template whose result is true or false by the CDK's rule of InterpolatedBoolean. */
export function condition() {
  return checkedText().transform(compileCondition);
}

/** A condition that may be left out: an empty text is none. */
export function optionalCondition() {
  return checkedText()
    .transform((text) => (text === '' ? undefined : compileCondition(text)))
    .optional();
}

function compileCondition(text: string): Template<boolean> {
  return written(text, (templates) => templates.boolean(text), true);
}

/** Evaluates a mapping. */
export interface TemplateMapping extends Deferred<Evaluate<Record<string, unknown>>> {
  /** Its keys as they are written, templates among them. */
  readonly names: readonly string[];
}

/** A mapping whose keys and string values are templates. */
export function templateMapping(options: { readonly valueType?: 'request_params' } = {}) {
  return z
    .record(z.string(), z.unknown())
    .superRefine(checkNested)
    .transform((object) => {
      const made: TemplateMapping = Object.assign(
        (scope: Scope) => bind(scope, (templates) => templates.mapping(object, options), made),
        { names: Object.keys(object) },
      );
      return made;
    });
}

/** Any JSON value in which every string may be a template, at any depth. */
export function nestedTemplate(options: { readonly keepsTexts?: boolean } = {}) {
  return z
    .unknown()
    .superRefine(checkNested)
    .transform((value) => {
      const made: Deferred<Evaluate> = (scope) =>
        bind(scope, (templates) => templates.nestedMapping(value, options), made);
      return made;
    });
}

function checkNested(value: unknown, context: z.RefinementCtx): void {
  visitStrings(value, [], (text, path) => {
    const error = templateError(text);
    if (error !== undefined) {
      const message = `the template cannot be read: ${error.message}`;
      context.addIssue({ code: 'custom', message, path, params: { offset: error.offset } });
    }
  });
}

function visitStrings(
  value: unknown,
  path: (string | number)[],
  visit: (text: string, path: (string | number)[]) => void,
): void {
  if (typeof value === 'string') visit(value, path);
  else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) visitStrings(item, [...path, index], visit);
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, item] of Object.entries(value)) visitStrings(item, [...path, name], visit);
  }
}

/** A number, or a template that gives one. */
export function numberOrTemplate() {
  return z.union([
    z.number().transform((value): Template => Object.assign(() => () => value, { text: String(value) })),
    template(),
  ]);
}
