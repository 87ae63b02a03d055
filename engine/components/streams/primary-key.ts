import * as z from 'zod';
import { ConnectorError } from '../../error/connector-error.ts';

export const primaryKeyField = () =>
  z
    .union([z.string(), z.array(z.union([z.string(), z.array(z.string())]))])
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
    if (typeof part === 'string') return [part];
    const [name, ...deeper] = part;
    if (name === undefined || deeper.length > 0) {
      throw new ConnectorError(`Nested primary keys such as ${JSON.stringify(part)} are not supported.`, {
        kind: 'config_error',
      });
    }
    return [name];
  });
}
