import { ConnectorError } from '../../error/connector-error.ts';
import type { Evaluate } from '../../language/fields.ts';
import type { Scope } from '../../language/scope.ts';

/** The page size a manifest declares, known as soon as the config is. */
export function pageSizeOf(
  field: ((scope: Scope) => Evaluate) | undefined,
  scope: Scope,
): number | undefined {
  if (field === undefined) return undefined;
  return toPageSize(field(scope)(), scope);
}

/** Page sizes are counts: `100` and `"100"` are, `"many"` is a mistake of the manifest or of the config it reads. */
export function toPageSize(value: unknown, scope: Scope): number {
  if (typeof value === 'number' && Number.isInteger(value)) return value;
  if (typeof value === 'boolean') return Number(value);
  throw new ConnectorError(`The page size must be an integer, not ${JSON.stringify(value)}.`, {
    kind: 'config_error',
    nodes: [scope.place],
  });
}
