import * as z from 'zod';
import type { Family } from '../contract/families.ts';

interface FieldMeta {
  /** Family of the components that fit, for the editor's schema and for default types. */
  readonly slot?: Family;
  /** Families that fit as well. */
  readonly alternatives?: readonly Family[];
  readonly defaultType?: string;
  /** What is written there is for others than the engine. */
  readonly isUnread?: true;
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

/** A field for others than the engine, or for `$ref` to point to. Its value is not looked at, however large it is. */
export function unread() {
  const type = z.unknown();
  fieldMeta.add(type, { isUnread: true });
  return type;
}
