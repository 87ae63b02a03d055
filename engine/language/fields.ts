import * as z from 'zod';
import type { Scope } from '../contract/scope.ts';
import { ConnectorError } from '../error/connector-error.ts';
import type { ManifestNode } from '../manifest/node.ts';
import type { ValueType } from '../template/read-back.ts';
import { TemplateError } from '../template/syntax/template-error.ts';
import { inspectTemplate, type TemplateContext, type TemplateInspection } from '../template/template.ts';
import { PythonError } from '../time/python-error.ts';

/** Known once there is a config: bound when the component is made. */
export type Deferred<T> = (scope: Scope) => T;

/** Evaluates a template; config and parameters are bound, the caller adds what the place sees (record, response, …). */
export type Evaluate<T = unknown> = (context?: TemplateContext) => T;

function checkedText() {
  return z.string().superRefine((text, context) => checkTemplate(text, context));
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

/** Binds config and parameters. An error at run time names the template and its place. */
function bind<T>(scope: Scope, evaluate: (context: TemplateContext) => T, text?: string): Evaluate<T> {
  const { config, parameters } = scope;
  return (context) => {
    try {
      return evaluate({ config: config(), parameters, ...context });
    } catch (error) {
      throw templateFailure(error, scope, text);
    }
  };
}

function templateFailure(error: unknown, { node }: Scope, text: string | undefined): unknown {
  if (!(error instanceof PythonError)) return error;
  const at = text === undefined ? undefined : findScalar(node, text);
  const subject = text === undefined ? 'A template' : `The template ${JSON.stringify(text)}`;
  return new ConnectorError(`${subject} cannot be evaluated: ${error.name}: ${error.message}`, {
    nodes: [(at ?? node).place],
    offset: at !== undefined && error instanceof TemplateError ? error.offset : undefined,
    cause: error,
  });
}

/** The scalar of a component that holds a text, its own fields before those of its children. */
function findScalar(node: ManifestNode, text: string): ManifestNode | undefined {
  if (node.kind === 'scalar') return node.value === text ? node : undefined;
  const children =
    node.kind === 'sequence' ? node.items : [...node.entries.values()].map(({ value }) => value);
  const own = children.find((child) => child.kind === 'scalar' && child.value === text);
  if (own !== undefined) return own;
  for (const child of children) {
    const found = findScalar(child, text);
    if (found !== undefined) return found;
  }
  return undefined;
}

interface TemplateOptions {
  readonly default?: string;
  readonly valueType?: ValueType | 'request_params';
}

/** A string that may be a template; evaluates as the CDK's InterpolatedString: the text is read back as a Python literal. */
export function template(options: TemplateOptions = {}) {
  return checkedText().transform(
    (text): Deferred<Evaluate> =>
      (scope) =>
        bind(scope, scope.sync.templates.string(text, options), text),
  );
}

/** A template whose value type another field names. */
export function typedTemplate() {
  return checkedText().transform(
    (text) =>
      (scope: Scope, valueType?: ValueType): Evaluate =>
        bind(scope, scope.sync.templates.string(text, valueType === undefined ? {} : { valueType }), text),
  );
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

function compileCondition(text: string): Deferred<Evaluate<boolean>> {
  return (scope) => bind(scope, scope.sync.templates.boolean(text), text);
}

/** A mapping whose keys and string values are templates. */
export function templateMapping(options: { readonly valueType?: 'request_params' } = {}) {
  return z
    .record(z.string(), z.unknown())
    .superRefine(checkNested)
    .transform(
      (object): Deferred<Evaluate<Record<string, unknown>>> =>
        (scope) =>
          bind(scope, scope.sync.templates.mapping(object, options)),
    );
}

/** Any JSON value in which every string may be a template, at any depth. */
export function nestedTemplate() {
  return z
    .unknown()
    .superRefine(checkNested)
    .transform(
      (value): Deferred<Evaluate> =>
        (scope) =>
          bind(scope, scope.sync.templates.nestedMapping(value)),
    );
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
    z.number().transform(
      (value): Deferred<Evaluate> =>
        () =>
        () =>
          value,
    ),
    template(),
  ]);
}
