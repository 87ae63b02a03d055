import type * as z from 'zod';
import type { Family } from '../../contract/families.ts';
import type { Component } from '../../language/component.ts';
import { slotIn } from '../../language/field-slots.ts';
import type { Registry } from '../../language/registry.ts';
import { isMap, type Node, nodeAtPath, type Path, referencePath, textAt } from './syntax.ts';

/** The component around a place of a document that is being typed. */
export interface ComponentHere {
  /** Undefined where nothing says what stands there: a definition without a type. */
  readonly family: Family | undefined;
  readonly component: Component | undefined;
  readonly node: Node | undefined;
  readonly path: Path;
}

/** A field of a component, and what may stand in it. */
export interface FieldHere {
  readonly owner: ComponentHere;
  readonly name: string;
  /** Undefined for a field that the component does not have. */
  readonly type: z.ZodType | undefined;
  /** The family of the components that fit. */
  readonly family: Family | undefined;
}

/** The component that a path leads into, and the field of it that the path goes through. */
export interface PlaceAt {
  readonly component: ComponentHere;
  readonly field: FieldHere | undefined;
}

/** Follows a path from the root of a manifest down, component by component. */
export function placeAt(root: Node | null, path: Path, registry: Registry): PlaceAt {
  let component = here(root ?? undefined, 'Source', 'DeclarativeSource', [], root, registry);
  let field: FieldHere | undefined;
  for (const [depth, step] of path.entries()) {
    const until = path.slice(0, depth + 1);
    const node = nodeAtPath(root, until);
    const isLast = depth === path.length - 1;
    if (component.path.length === 0 && path[0] === 'definitions') {
      const type = isMap(node) ? typeOf(node, root) : undefined;
      const family = type === undefined ? undefined : registry.familiesOf(type)[0];
      if (family !== undefined) component = here(node, family, undefined, until, root, registry);
      continue;
    }
    if (component.path.length === depth && typeof step === 'string')
      field = fieldOf(component, step, registry);
    if (field?.family === undefined || !isMap(node)) continue;
    const defaultType = field.type && slotIn(field.type)?.defaultType;
    component = here(node, field.family, defaultType, until, root, registry);
    // What follows is a field of this component.
    if (!isLast) field = undefined;
  }
  return { component, field };
}

function fieldOf(owner: ComponentHere, name: string, registry: Registry): FieldHere {
  const type = fieldTypeOf(owner, name, registry);
  return { owner, name, type, family: type && slotIn(type)?.slot };
}

/** Of a component whose type is not written yet, a field says enough: another type of its family has it. */
function fieldTypeOf(
  { component, family, node }: ComponentHere,
  name: string,
  registry: Registry,
): z.ZodType | undefined {
  const own = component?.fields()[name] as z.ZodType | undefined;
  if (own !== undefined || family === undefined || textAt(node, 'type') !== undefined) return own;
  for (const type of registry.typesOf(family)) {
    const other = registry.find(family, type)?.fields()[name] as z.ZodType | undefined;
    if (other !== undefined) return other;
  }
  return undefined;
}

function here(
  node: Node | undefined,
  family: Family,
  defaultType: string | undefined,
  path: Path,
  root: Node | null,
  registry: Registry,
): ComponentHere {
  const type = (isMap(node) ? typeOf(node, root) : undefined) ?? defaultType;
  const className = textAt(node, 'class_name');
  const found = type === undefined ? undefined : registry.find(family, type);
  const own = type === undefined || found !== undefined ? family : (registry.familiesOf(type)[0] ?? family);
  const component =
    found ??
    (type === undefined ? undefined : registry.find(own, type)) ??
    (className === undefined ? undefined : registry.findHook(family, className));
  return { family: own, component, node, path };
}

/** The type that a mapping names, or one that it refers to. */
export function typeOf(node: Node, root: Node | null, depth = 0): string | undefined {
  const own = textAt(node, 'type');
  const target = textAt(node, '$ref');
  if (own !== undefined || target === undefined || depth > 20) return own;
  const path = referencePath(target);
  const next = path && nodeAtPath(root, path);
  return isMap(next) ? typeOf(next, root, depth + 1) : undefined;
}
