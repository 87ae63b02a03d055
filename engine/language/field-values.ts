import * as z from 'zod';
import type { MappingNode } from '../manifest/node.ts';
import type { Component } from './component.ts';
import { fieldMeta } from './field-meta.ts';
import { outline, plain } from './plain.ts';

/**
 * What the fields of a component are parsed from: the values that are written for them. An optional field that is null
 * counts as left out. Components below are only hinted at: each is read for itself, if anybody needs it.
 */
export function fieldValues(node: MappingNode, component: Component): Record<string, unknown> {
  const trees = treeFieldsOf(component);
  const values: Record<string, unknown> = {};
  for (const name of Object.keys(component.fields())) {
    const value = node.entries.get(name)?.value;
    if (value === undefined || (value.kind === 'scalar' && value.value === null)) continue;
    values[name] = trees.has(name) ? outline(value) : plain(value);
  }
  return values;
}

const treeFields = new WeakMap<Component, ReadonlySet<string>>();

function treeFieldsOf(component: Component): ReadonlySet<string> {
  const known = treeFields.get(component);
  if (known !== undefined) return known;
  const fields = Object.entries(component.fields()).filter(([, type]) => staysTree(type));
  const names = new Set(fields.map(([name]) => name));
  treeFields.set(component, names);
  return names;
}

/** Whether a mapping in the field, or in a list there, is a component or read by nobody. */
function staysTree(type: z.core.$ZodType): boolean {
  const meta = fieldMeta.get(type);
  if (meta !== undefined) return meta.slot !== undefined || meta.isUnread === true;
  if (type instanceof z.ZodOptional) return staysTree(type.def.innerType);
  if (type instanceof z.ZodArray) return staysTree(type.element);
  return type instanceof z.ZodUnion && type.options.every(staysTree);
}
