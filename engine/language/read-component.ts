import * as z from 'zod';
import type { Family } from '../contract/families.ts';
import type { Diagnostic } from '../error/diagnostic.ts';
import { fieldOf, type MappingNode } from '../manifest/node.ts';
import { nodeAt } from '../manifest/node-at.ts';
import { errorAt } from '../manifest/node-diagnostic.ts';
import { remembered } from '../util/flow/remembered.ts';
import type { Component } from './component.ts';
import { fieldProblems, inPlainWords } from './field-problems.ts';
import { fieldValues } from './field-values.ts';
import { withUnreadableTemplates } from './fields.ts';
import { findComponent } from './find-component.ts';
import type { Registry } from './registry.ts';
import { withResolvedValues } from './resolved-values.ts';

// A schema reads a few components of one manifest: the parser zod would generate for it never earns what making it costs.
z.config({ jitless: true });

/** A component of the manifest after its fields have been parsed; children are still to be read. */
export interface ReadComponent {
  /** Undefined when the type is unknown, or when the hook it names is not loaded. */
  readonly component: Component | undefined;
  /** What `make` takes; with errors only those that could be read. */
  readonly fields: Readonly<Record<string, unknown>>;
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
  const before = known.get(registry)?.get(node)?.get(family);
  if (before !== undefined) return before;
  const read = readFresh(node, family, registry);
  const byNode = remembered(known, registry, () => new WeakMap<MappingNode, Map<Family, ReadComponent>>());
  remembered(byNode, node, () => new Map<Family, ReadComponent>()).set(family, read);
  return read;
}

function readFresh(node: MappingNode, family: Family, registry: Registry): ReadComponent {
  if (fieldOf(node, '$ref') !== undefined)
    return { component: undefined, fields: {}, isComplete: false, diagnostics: [] };
  const found = findComponent(node, family, registry);
  if ('message' in found)
    return { component: undefined, fields: {}, isComplete: false, diagnostics: [found] };
  const diagnostics: Diagnostic[] = [];
  const schema = schemaOf(found.component);
  const values = fieldValues(node, found.component);
  const strict = registry.hasReadTemplates
    ? withUnreadableTemplates(() => schema.safeParse(values, { error: inPlainWords }))
    : schema.safeParse(values, { error: inPlainWords });
  const resolved = strict.success ? undefined : withResolvedValues(node, strict.error.issues);
  if (resolved !== undefined) return readFresh(resolved, family, registry);
  const result = strict.success ? strict : withUnreadableTemplates(() => schema.safeParse(values));
  if (!strict.success) diagnostics.push(...fieldProblems(strict.error.issues, node, found.component.type));
  const { component } = found;
  if (!result.success)
    return { component, fields: readableFields(schema, values), isComplete: false, diagnostics };
  const findings = [...(component.check?.(result.data) ?? [])].map(({ message, at = [], offset }) =>
    errorAt(nodeAt(node, at), message, offset),
  );
  diagnostics.push(...findings);
  return { component, fields: result.data, isComplete: findings.length === 0, diagnostics };
}

/** The fields that are right, when others are wrong: what is in them is checked as well. */
function readableFields(schema: z.ZodObject, values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(schema.shape).flatMap(([name, type]) => {
      const read = z.safeParse(type, values[name]);
      return read.success ? [[name, read.data]] : [];
    }),
  );
}
