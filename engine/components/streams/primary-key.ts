import * as z from 'zod';

/** Paths of one step: platforms know no key inside an object. */
const keyPath = () =>
  z.array(z.string()).refine((path) => path.length === 1, {
    error: ({ input }) => `a nested primary key such as ${JSON.stringify(input)} is not supported`,
  });

export const primaryKeyField = () =>
  z
    .union([z.string(), z.array(z.union([z.string(), keyPath()]))])
    .optional()
    .describe('A field, several fields, or paths of nested fields that identify a record.');

type PrimaryKeyField = z.output<ReturnType<typeof primaryKeyField>>;

/**
 * `id` and `[id]` are `[["id"]]`; an empty list is no key. An empty text is a field with an empty name, as in the CDK's
 * catalogs.
 */
export function toPrimaryKey(field: PrimaryKeyField): readonly (readonly string[])[] | undefined {
  if (typeof field === 'string') return [[field]];
  if (field === undefined || field.length === 0) return undefined;
  return field.map((part) => {
    return typeof part === 'string' ? [part] : part;
  });
}
