import type { Scope } from '../../contract/scope.ts';
import { ConnectorError } from '../../error/connector-error.ts';
import type { Evaluate } from '../../language/fields.ts';

/** The page size that a manifest declares; the config is enough to know it. */
export function pageSizeOf(
  field: ((scope: Scope) => Evaluate) | undefined,
  scope: Scope,
): number | undefined {
  if (field === undefined) return undefined;
  return toPageSize(field(scope)(), scope);
}

/** Page sizes are whole numbers; anything else is a mistake in the manifest or in the config it reads. */
export function toPageSize(value: unknown, scope: Scope): number {
  if (typeof value === 'number' && Number.isInteger(value)) return value;
  if (typeof value === 'boolean') return Number(value);
  throw new ConnectorError(`The page size must be an integer, not ${JSON.stringify(value)}.`, {
    kind: 'config_error',
    nodes: [scope.place],
  });
}
