import * as z from 'zod';
import { ConnectorError } from '../error/connector-error.ts';
import type { Source } from '../error/place.ts';
import { type ManifestNode, type MappingNode, nodeFromValue } from '../manifest/node.ts';
import type { ValueType } from '../template/read-back.ts';
import { inspectTemplate, type TemplateContext, type TemplateInspection } from '../template/template.ts';
import { TemplateError } from '../template/template-error.ts';
import { PythonError } from '../time/python-error.ts';
import type { JsonObject } from '../util/json.ts';
import { withArticle } from '../util/with-article.ts';
import type { Families, Family } from './families.ts';
import { nodeOf } from './plain.ts';
import type { Scope } from './scope.ts';

/** Known once there is a config: bound when the component is made. */
export type Deferred<T> = (scope: Scope) => T;

/** Evaluates a template; config and parameters are bound, the caller adds what the place sees (record, response, …). */
export type Evaluate<T = unknown> = (context?: TemplateContext) => T;

/** A child component: call it with the scope the child may see. */
export interface Slot<F extends Family> extends Deferred<Families[F]> {
  readonly node: MappingNode;
  readonly family: F;
}

interface FieldMeta {
  /** Family of the components that fit, for the editor's schema and for default types. */
  readonly slot?: Family;
  readonly defaultType?: string;
}

/** What the zod types made here mean beyond their shape. */
export const fieldMeta = z.registry<FieldMeta>();

/** Fields that new manifests should not have, each with the name of the one to use instead. */
export const deprecatedFields = z.registry<{ readonly successor: string }>();

/** Marks a field as deprecated. To be called last: other calls on a zod type make a new one. */
export function deprecated<T extends z.ZodType>(type: T, successor: string): T {
  deprecatedFields.add(type, { successor });
  return type;
}

/** A component of a family. Without a `type` the child is of the `defaultType`. */
export function slot<F extends Family>(family: F, defaultType?: string) {
  const type = z
    .custom<object>((value) => nodeOf(value)?.kind === 'mapping', {
      error: `${withArticle(family)} component is expected here`,
    })
    .transform((value): Slot<F> => {
      const node = nodeOf(value) as MappingNode;
      const make = (scope: Scope) => scope.sync.build(node, family, scope);
      return Object.assign(make, { node, family });
    });
  fieldMeta.add(type, defaultType === undefined ? { slot: family } : { slot: family, defaultType });
  return type;
}

const defaultSource: Source = { name: '<default>' };

/** The component of a slot that was left out: one of the given type without any field. */
export function makeDefault<F extends Family>(
  family: F,
  type: string,
  scope: Scope,
  parameters: JsonObject = {},
): Families[F] {
  const node = nodeFromValue({ type, $parameters: parameters }, defaultSource) as MappingNode;
  return scope.sync.build(node, family, scope);
}

export function isSlot(value: unknown): value is Slot<Family> {
  return typeof value === 'function' && 'node' in value && 'family' in value;
}

/**
 * A part of the manifest taken as it is, with its places: streams and stream templates. A component without a `type`
 * there is of the `defaultType`.
 */
export function rawNode(family: Family, defaultType: string) {
  const type = z
    .custom<object>((value) => nodeOf(value)?.kind === 'mapping', { error: 'a mapping is expected here' })
    .transform((value): MappingNode => nodeOf(value) as MappingNode);
  fieldMeta.add(type, { slot: family, defaultType });
  return type;
}

/**
 * A part of a component that has a type of its own but no family. `$parameters` reach it even when it names no `type`.
 */
export function typedPart<T extends z.ZodType>(type: T, defaultType: string): T {
  fieldMeta.add(type, { defaultType });
  return type;
}

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
      return evaluate({ config, parameters, ...context });
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
