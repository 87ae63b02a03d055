import * as z from 'zod';
import type { Family } from '../contract/families.ts';
import type { ManifestNode, MappingNode } from '../manifest/node.ts';
import { fieldMeta } from './field-meta.ts';
import { findComponent } from './find-component.ts';
import type { Registry } from './registry.ts';

export interface ChildNode {
  readonly node: MappingNode;
  readonly family: Family;
}

/** A component, and the field that it stands in. */
export interface SlotNode extends ChildNode {
  readonly field: string;
}

/**
 * The components in the slots of another one, as its type declares them. Nothing of them is read: for who looks for a
 * family in many streams. Of a component whose type or hook is unknown nothing is known.
 */
export function* childNodes({ node, family }: ChildNode, registry: Registry): Generator<SlotNode> {
  const found = findComponent(node, family, registry);
  if ('message' in found) return;
  for (const [name, type] of Object.entries(found.component.fields())) {
    const entry = node.entries.get(name);
    if (entry === undefined) continue;
    for (const child of childrenIn(entry.value, type)) yield { ...child, field: name };
  }
}

/**
 * The components below another one, parents before children, each with the one that it is in. What it does not
 * enter is given without what is below it.
 */
export function* componentsBelow(
  parent: ChildNode,
  registry: Registry,
  enters: (child: ChildNode, parent: ChildNode) => boolean = () => true,
): Generator<ChildNode & { readonly parent: ChildNode }> {
  for (const child of childNodes(parent, registry)) {
    yield { ...child, parent };
    if (enters(child, parent)) yield* componentsBelow(child, registry, enters);
  }
}

function* childrenIn(node: ManifestNode, type: z.core.$ZodType): Generator<ChildNode> {
  const slot = fieldMeta.get(type)?.slot;
  if (slot !== undefined) {
    if (node.kind === 'mapping') yield { node, family: slot };
  } else if (type instanceof z.ZodOptional || type instanceof z.ZodDefault) {
    yield* childrenIn(node, type.def.innerType);
  } else if (type instanceof z.ZodArray) {
    if (node.kind === 'sequence') for (const item of node.items) yield* childrenIn(item, type.element);
  } else if (type instanceof z.ZodRecord) {
    if (node.kind === 'mapping')
      for (const { value } of node.entries.values()) yield* childrenIn(value, type.valueType);
  } else if (type instanceof z.ZodObject) {
    if (node.kind === 'mapping')
      for (const [name, { value }] of node.entries) {
        const inner = type.shape[name];
        if (inner !== undefined) yield* childrenIn(value, inner);
      }
  } else if (type instanceof z.ZodUnion) {
    for (const option of type.options) yield* childrenIn(node, option);
  }
}
