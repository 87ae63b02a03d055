import * as z from 'zod';
import type { Diagnostic } from '../error/diagnostic.ts';
import { fieldOf, type ManifestNode, type MappingNode, typeOf } from '../manifest/node.ts';
import { didYouMean } from '../util/did-you-mean.ts';
import { quotedList } from '../util/quoted-list.ts';
import { withArticle } from '../util/with-article.ts';
import type { Component } from './component.ts';
import type { Family } from './families.ts';
import { withUnreadableTemplates } from './fields.ts';
import { nodeOf, plain } from './plain.ts';
import { customTypes, type Registry } from './registry.ts';

// A schema reads a few components of one manifest: the parser zod would generate for it never earns what making it costs.
z.config({ jitless: true });

/** A component of the manifest after its fields have been parsed; children are still to be read. */
export interface ReadComponent {
  /** Undefined when the type is unknown, or when the hook it names is not loaded. */
  readonly component: Component | undefined;
  /** What `make` takes; with errors only those that could be read. */
  readonly fields: unknown;
  /** The component can be made: a template that cannot be read is an error, but it fails only where it is evaluated. */
  readonly isComplete: boolean;
  readonly diagnostics: readonly Diagnostic[];
}

const schemas = new WeakMap<Component, z.ZodObject>();
const known = new WeakMap<Registry, WeakMap<MappingNode, Map<Family, ReadComponent>>>();

function schemaOf(component: Component): z.ZodObject {
  const schema = schemas.get(component) ?? z.object(component.fields());
  schemas.set(component, schema);
  return schema;
}

/** Parses the fields of the component at a node. The same node is read once per registry, however often it is asked for. */
export function readComponent(node: MappingNode, family: Family, registry: Registry): ReadComponent {
  const byNode = known.get(registry) ?? new WeakMap<MappingNode, Map<Family, ReadComponent>>();
  known.set(registry, byNode);
  const byFamily = byNode.get(node) ?? new Map<Family, ReadComponent>();
  byNode.set(node, byFamily);
  const before = byFamily.get(family);
  if (before !== undefined) return before;
  const read = readFresh(node, family, registry);
  byFamily.set(family, read);
  return read;
}

function readFresh(node: MappingNode, family: Family, registry: Registry): ReadComponent {
  if (fieldOf(node, '$ref') !== undefined)
    return { component: undefined, fields: undefined, isComplete: false, diagnostics: [] };
  const found = findComponent(node, family, registry);
  if ('message' in found)
    return { component: undefined, fields: undefined, isComplete: false, diagnostics: [found] };
  const diagnostics: Diagnostic[] = [];
  const schema = schemaOf(found.component);
  const values = withoutNulls(plain(node) as Record<string, unknown>);
  const strict = schema.safeParse(values);
  const result = strict.success ? strict : withUnreadableTemplates(() => schema.safeParse(values));
  if (!strict.success) {
    for (const issue of strict.error.issues.flatMap(innermost)) {
      if (!isLostReference(follow(node, issue.path)))
        diagnostics.push(toDiagnostic(issue, node, found.component.type));
    }
  }
  if (found.component.family === family && !found.isHook)
    diagnostics.push(...unknownFields(node, found.component, schema));
  const fields = result.success ? result.data : readableFields(schema, values);
  return { component: found.component, fields, isComplete: result.success, diagnostics };
}

/** The fields that are right beside others that are wrong: what stands in them is to be looked at too. */
function readableFields(schema: z.ZodObject, values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(schema.shape).flatMap(([name, type]) => {
      const read = z.safeParse(type, values[name]);
      return read.success ? [[name, read.data]] : [];
    }),
  );
}

/** A reference that leads nowhere has been told of as such. */
function isLostReference(node: ManifestNode): boolean {
  return node.kind === 'scalar' && typeof node.value === 'string' && node.value.startsWith('#/');
}

type Found = { readonly component: Component; readonly isHook: boolean } | Diagnostic;

function findComponent(node: MappingNode, family: Family, registry: Registry): Found {
  const typeNode = fieldOf(node, 'type');
  const className = fieldOf(node, 'class_name');
  const type = typeOf(node);
  const custom = customTypes[family];
  if (className?.kind === 'scalar' && (type === undefined || type === custom || type.startsWith('Custom'))) {
    const hook = registry.findHook(family, String(className.value));
    if (hook !== undefined) return { component: hook, isHook: true };
    const name = String(className.value).split('.').at(-1);
    // The manifest is right; it is this installation that cannot run it.
    return warningAt(
      className,
      `The ${custom ?? `custom ${family}`} "${className.value}" needs a hook named "${name}", and none is loaded. Write one with defineHook('${family}', …) and load its module with --hooks.`,
    );
  }
  if (type === undefined) {
    return errorAt(
      node,
      `${capitalized(withArticle(family))} component needs a "type": one of ${quotedList(registry.typesOf(family))}.`,
    );
  }
  const component = registry.find(family, type);
  if (component !== undefined) return { component, isHook: false };
  const elsewhere = registry.familiesOf(type);
  const hint =
    elsewhere.length > 0
      ? ` It is a ${elsewhere.join(' or ')}; here one of ${quotedList(registry.typesOf(family))} is expected.`
      : didYouMean(type, registry.typesOf(family)) ||
        ` Expected one of ${quotedList(registry.typesOf(family))}.`;
  return errorAt(typeNode ?? node, `Unknown ${family} type "${type}".${hint}`);
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function warningAt(node: ManifestNode, message: string): Diagnostic {
  return { ...errorAt(node, message), severity: 'warning' };
}

function errorAt(node: ManifestNode, message: string, offset?: number): Diagnostic {
  const diagnostic = {
    severity: 'error' as const,
    message,
    places: [node.place],
    pointer: node.place.pointer,
  };
  return offset === undefined ? diagnostic : { ...diagnostic, offset };
}

/** A field that says null is a field that is left out, as far as optional fields go. */
function withoutNulls(values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
}

/** Where only one of several forms of a field fits in shape, what is wrong inside of it is what is wrong. */
function innermost(issue: z.core.$ZodIssue): z.core.$ZodIssue[] {
  if (issue.code !== 'invalid_union') return [issue];
  const isInside = (inner: z.core.$ZodIssue) => inner.path.length > 0 || offsetOf(inner) !== undefined;
  const [form, ...others] = issue.errors.filter((form) => form.every(isInside));
  if (form === undefined || others.length > 0) return [issue];
  return form.flatMap((inner) => innermost({ ...inner, path: [...issue.path, ...inner.path] }));
}

/** Where in a text a template breaks off. */
function offsetOf(issue: z.core.$ZodIssue): number | undefined {
  const offset = issue.code === 'custom' ? issue.params?.offset : undefined;
  return typeof offset === 'number' ? offset : undefined;
}

function toDiagnostic(issue: z.core.$ZodIssue, node: MappingNode, type: string): Diagnostic {
  const at = follow(node, issue.path);
  const [name] = issue.path;
  const where = name === undefined ? type : `"${issue.path.join('.')}" of ${type}`;
  const given = fieldOf(node, String(name));
  if (given === undefined || isNullScalar(given))
    return errorAt(node, `${type} needs the field "${String(name)}".`);
  return errorAt(at, `${where} is wrong: ${describe(issue).replace(/\.$/, '')}.`, offsetOf(issue));
}

function isNullScalar(node: ManifestNode): boolean {
  return node.kind === 'scalar' && node.value === null;
}

function describe(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_union') {
    const options = issue.errors.flat().filter((option) => option.path.length === 0);
    const messages = [...new Set((options.length > 0 ? options : issue.errors.flat()).map(describe))];
    return messages.join(', or ');
  }
  if (issue.code === 'invalid_type') return `${article(issue.expected)} is expected`;
  if (issue.code === 'invalid_value') return `one of ${quotedList(issue.values.map(String))} is expected`;
  return issue.message;
}

const nouns: Readonly<Record<string, string>> = {
  array: 'a list',
  object: 'a mapping',
  record: 'a mapping',
  int: 'an integer',
  boolean: 'true or false',
};

function article(expected: string): string {
  return nouns[expected] ?? withArticle(expected);
}

/** The deepest node along a path of field names and indexes. */
function follow(node: ManifestNode, path: readonly PropertyKey[]): ManifestNode {
  let at = node;
  for (const step of path) {
    const next = at.kind === 'sequence' ? at.items[Number(step)] : fieldOf(at, String(step));
    if (next === undefined) break;
    at = next;
  }
  return at;
}

const everywhere = new Set([
  'type',
  '$parameters',
  'class_name',
  '$ref',
  '$schema',
  'name',
  'description',
  'title',
  '$options',
]);

/** Fields nobody reads are likely misspelt; those that `$parameters` handed down were not written here. */
function unknownFields(node: MappingNode, component: Component, schema: z.ZodObject): Diagnostic[] {
  const parameters = fieldOf(node, '$parameters');
  const names = Object.keys(schema.shape);
  const diagnostics: Diagnostic[] = [];
  for (const [name, entry] of node.entries) {
    if (name in schema.shape || everywhere.has(name)) continue;
    if (parameters !== undefined && fieldOf(parameters, name) !== undefined) continue;
    diagnostics.push({
      severity: 'warning',
      message: `Unknown field "${name}" on ${component.type}.${didYouMean(name, names)}`,
      places: [entry.key.place],
      pointer: entry.value.place.pointer,
    });
  }
  return diagnostics;
}

/** The node of a plain value inside a component's fields, for errors that `make` finds. */
export function placeOf(value: unknown): ManifestNode['place'] | undefined {
  return nodeOf(value)?.place;
}
