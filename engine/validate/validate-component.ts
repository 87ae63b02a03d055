import type { Family } from '../contract/families.ts';
import type { Diagnostic } from '../error/diagnostic.ts';
import { readComponent } from '../language/read-component.ts';
import type { Registry } from '../language/registry.ts';
import { isSlot } from '../language/slots.ts';
import type { ManifestNode, MappingNode } from '../manifest/node.ts';

/** Every finding in the component at a node and in all components below it. Needs no config. */
export function validateComponent(node: MappingNode, family: Family, registry: Registry): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  const seen = new Set<ManifestNode>();
  const visit = (child: MappingNode, childFamily: Family): void => {
    if (seen.has(child)) return;
    seen.add(child);
    const read = readComponent(child, childFamily, registry);
    diagnostics.push(...read.diagnostics);
    visitSlots(read.fields, visit);
  };
  visit(node, family);
  return diagnostics;
}

/** Slots are in fields directly, in lists, and in mappings. */
function visitSlots(value: unknown, visit: (node: MappingNode, family: Family) => void): void {
  if (isSlot(value)) visit(value.node, value.family);
  else if (Array.isArray(value)) for (const item of value) visitSlots(item, visit);
  else if (typeof value === 'object' && value !== null) {
    for (const item of Object.values(value)) visitSlots(item, visit);
  }
}
