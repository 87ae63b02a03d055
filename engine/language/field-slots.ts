import type * as z from 'zod';
import type { Family } from '../contract/families.ts';
import { fieldMeta } from './field-meta.ts';

export interface FieldSlot {
  readonly slot?: Family | undefined;
  readonly defaultType?: string | undefined;
}

/** The types that a zod type is made of: what optional, default, list, record and union have inside. */
function innerTypes(type: z.ZodType): readonly z.ZodType[] {
  const def = type.def as {
    innerType?: z.ZodType;
    element?: z.ZodType;
    valueType?: z.ZodType;
    options?: z.ZodType[];
  };
  return [def.innerType, def.element, def.valueType, ...(def.options ?? [])].filter(
    (inner) => inner !== undefined,
  );
}

/** The slot somewhere inside of a field; one with a default type is preferred. */
export function slotIn(type: z.ZodType): FieldSlot | undefined {
  const meta = fieldMeta.get(type);
  if (meta !== undefined) return meta;
  const found = innerTypes(type).flatMap((inner) => slotIn(inner) ?? []);
  return found.find((slot) => slot.defaultType !== undefined) ?? found[0];
}

/** The values that a field may have, where it is one of a few. */
export function choicesIn(type: z.ZodType): readonly (string | boolean)[] {
  const def = type.def as {
    type: string;
    entries?: Readonly<Record<string, string>>;
    values?: readonly unknown[];
  };
  if (def.type === 'enum') return Object.values(def.entries ?? {});
  if (def.type === 'literal') return (def.values ?? []).filter((value) => typeof value === 'string');
  if (def.type === 'boolean') return [true, false];
  return [...new Set(innerTypes(type).flatMap(choicesIn))];
}

/** What a field means, in a sentence. */
export function describedBy(type: z.ZodType): string | undefined {
  return (
    type.description ??
    innerTypes(type)
      .map(describedBy)
      .find((text) => text !== undefined)
  );
}

/** Whether a field may be left out. */
export function isOptional(type: z.ZodType): boolean {
  return type.safeParse(undefined).success;
}
